import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { emailChanges } from '../../../drizzle/schema/email-changes.ts'
import { acting, wantedRow } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { sendIdempotently } from '../idempotency.ts'
import type { SignInRefusal } from '../refusals.ts'
import { closed, email, fault } from '../shapes.ts'
import { toBase64Url } from '../sign.ts'
import type { EndedSessions } from './end-sessions.ts'
import { requireRight } from './guard.ts'
import { hashKey } from './hash-key.ts'
import { newCode } from './sign-in-code.ts'

interface Letter {
  subject: string
  text: string
}

export const askEmailChangeInput = closed({ email })

export interface AskEmailChange extends z.infer<typeof askEmailChangeInput> {
  /** To the address of now, with a code and the token that stops the change. */
  writeOldMail: (code: string, stopToken: string) => Letter
  /** To the new address, with the other code. */
  writeNewMail: (code: string) => Letter
  /** To the new address when it has an account already. */
  writeTakenMail: () => Letter
}

export type EmailChangeAsked =
  | { ok: true }
  | { ok: false; refusal: 'not_confirmed' | 'too_many_codes' }
  | { ok: false; refusal: 'invalid'; faults: { email: 'already_there' } }

/**
 * Asks to change the address of the actor's account, in one trip: mails a code to both addresses. The answer says
 * nothing about the new address; only its mailbox learns that it has an account. An account with a passkey must have used
 * one in this session (`not_confirmed`).
 *
 * @throws Error when a mail was not accepted; NotSignedIn, Forbidden.
 */
export async function askEmailChange(ctx: ClinicContext, asked: AskEmailChange): Promise<EmailChangeAsked> {
  const { accountId } = requireRight(ctx.actor, 'manage own sessions')
  const { email: newEmail } = asked
  const [oldCode, newOne] = [newCode(), newCode()]
  const stopToken = toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
  const wanted = wantedRow(emailChanges, 'email_changes', {
    accountId,
    newEmail,
    codesHash: await ctx.secrets.sign(codesText(accountId, oldCode, newOne)),
    stopHash: hashKey(stopToken),
  })
  const rows = sql`
    select
      accounts.email,
      case when accounts.email = ${newEmail} then 'own' else ask_email_change(${wanted}, ${acting(ctx)}) end as verdict
    from ${ownSession(ctx, accountId)}
    where may_change_passkeys(sessions)`
  const [[row]] = await sendIdempotently<[{ email: string; verdict: Verdict }]>(ctx, [{ rows }])
  if (!row) return { ok: false, refusal: 'not_confirmed' }
  if (row.verdict === 'own') return { ok: false, refusal: 'invalid', faults: { email: 'already_there' } }
  if (row.verdict === 'too_many_codes') return { ok: false, refusal: row.verdict }
  const newMail = row.verdict === 'taken' ? asked.writeTakenMail() : asked.writeNewMail(newOne)
  await Promise.all([
    ctx.mail.send({ to: row.email, ...asked.writeOldMail(oldCode, stopToken) }),
    ctx.mail.send({ to: newEmail, ...newMail }),
  ])
  return { ok: true }
}

type Verdict = 'own' | 'sent' | 'taken' | 'too_many_codes'

const ownSession = ({ sessionHash }: ClinicContext, accountId: number): SQL => sql`(
    select sessions from sessions where token_hash = ${sessionHash ?? null} and account_id = ${accountId}::bigint
  ) own (sessions)
  join accounts on accounts.id = ${accountId}::bigint`

/** Keyed and different for each account: anyone who reads the table could guess twelve bare digits. */
const codesText = (accountId: number, oldCode: string, newOne: string) =>
  `email change of account ${accountId}: ${oldCode} ${newOne}`

/** The new address of the change that waits for its codes in this session, in one trip; null when there is none. */
export async function findEmailChange(ctx: ClinicContext): Promise<string | null> {
  const { accountId } = requireRight(ctx.actor, 'manage own sessions')
  const { rows } = await ctx.db.execute<{ new_email: string }>(sql`
    select new_email from email_changes
    where account_id = ${accountId}::bigint
    and session_hash = ${ctx.sessionHash ?? null}
    and ended_at is null
    and expires_at > ${ctx.now.toISOString()}::timestamptz`)
  return rows[0]?.new_email ?? null
}

const code = z.string({ error: fault('missing') }).overwrite((written) => written.replace(/[\s-]/g, ''))

export const confirmEmailChangeInput = closed({ oldCode: code, newCode: code })

export interface ConfirmEmailChange extends z.infer<typeof confirmEmailChangeInput> {
  /** To both addresses, once it is done. */
  writeDoneMail: () => Letter
}

export type EmailChanged =
  | { ok: true; ended: EndedSessions }
  | { ok: false; refusal: Extract<SignInRefusal, 'wrong_code' | 'code_expired' | 'too_many_tries'> }

/**
 * Changes the address with the codes of both mailboxes, in one trip. All other sessions end, and both addresses are told.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function confirmEmailChange(
  ctx: ClinicContext,
  { oldCode, newCode: newOne, writeDoneMail }: ConfirmEmailChange,
): Promise<EmailChanged> {
  const { accountId } = requireRight(ctx.actor, 'manage own sessions')
  const hashes = await ctx.secrets.signWithEach(codesText(accountId, oldCode, newOne))
  const rows = sql`
    select answer.*
    from jsonb_to_record(confirm_email_change(
      ${accountId}::bigint, array[${sql.join(hashes, sql`, `)}]::text[], ${acting(ctx)}
    )) as answer (verdict text, old_email text, new_email text, ended jsonb)`
  const [[row]] = await sendIdempotently<[ConfirmedRow]>(ctx, [{ rows }])
  if (!row || row.verdict !== null) return { ok: false, refusal: row?.verdict ?? 'code_expired' }
  ctx.tell({ kind: 'account.changed', accountId, ...deedOf(ctx) })
  const done = writeDoneMail()
  await Promise.all([row.old_email, row.new_email].map((to) => ctx.mail.send({ to, ...done })))
  return { ok: true, ended: row.ended }
}

type ConfirmedRow =
  | { verdict: 'wrong_code' | 'code_expired' | 'too_many_tries' }
  | { verdict: null; old_email: string; new_email: string; ended: EndedSessions }

export const stopEmailChangeInput = closed({ token: z.string().max(100) })

export type EmailChangeStopped = { ok: true; ended: EndedSessions } | { ok: false; refusal: 'link_expired' }

/** Stops a change with the link that the old mailbox got, and signs the account out everywhere. One trip. */
export async function stopEmailChange(
  ctx: ClinicContext,
  { token }: z.infer<typeof stopEmailChangeInput>,
): Promise<EmailChangeStopped> {
  const { rows } = await ctx.db.execute<{ ended: EndedSessions | null }>(
    sql`select to_json(stop_email_change(${hashKey(token)}, ${acting({ ...ctx, actor: { kind: 'anonymous' } })})) as ended`,
  )
  const ended = rows[0]?.ended
  return ended ? { ok: true, ended } : { ok: false, refusal: 'link_expired' }
}
