import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { patientInvitations } from '../../../drizzle/schema/patient-invitations.ts'
import type { Mail } from '../../channels/mail.ts'
import { requireRight } from '../accounts/guard.ts'
import {
  codeSaltText,
  inTwoGroups,
  invitationCodeFrom,
  invitationCodeText,
  newCodeSalt,
} from '../accounts/invitation-code.ts'
import { acting, wantedInvitation } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { KeyReused, sendIdempotently } from '../idempotency.ts'
import { closed, email, fault } from '../shapes.ts'

export const relation = z.enum(patientInvitations.relation.enumValues, { error: fault('not_a_choice') })

export type Relation = z.infer<typeof relation>

export const inviteInput = closed({
  email,
  /** Whether the mailbox is the patient's own, or that of someone who looks after them. */
  relation,
})

export interface Invite extends z.infer<typeof inviteInput> {
  /**
   * In the patient's preferred language, if the record has one. It must not say whom the invitation is about: the address
   * may be mistyped.
   */
  writeMail: (language: string | null) => { subject: string; text: string }
}

interface Invitation {
  id: number
  email: string
  relation: Relation
  expiresAt: Date
}

export type Invited =
  /** `code`: eight digits in two groups, shown this once. */
  | { ok: true; invitation: Invitation; code: string }
  | { ok: false; refusal: (typeof invitationVerdicts)[number] }

/** What `judge_invitation` may answer; test/verdicts.test.ts compares them. */
export const invitationVerdicts = ['too_many_invitations'] as const

const invitationDays = 14

/**
 * Invites the owner of a mailbox to a patient's record, and mails them where to sign in. They get the record once they have
 * signed in with that address and named the birth date, or the code that the inviting person passes on. The front desk
 * invites to any record, patients to those that they act for; an earlier invitation of the mailbox to the record ends.
 * The answer never depends on whether the mailbox has an account. One trip, and one to note that the mail has left.
 *
 * @throws NotFound when there is no such patient or the account does not act for them; NotSignedIn, Forbidden; Error when
 * the mail was not accepted.
 */
export async function inviteToPatient(
  ctx: ClinicContext,
  patientId: number,
  { email, relation, writeMail }: Invite,
): Promise<Invited> {
  requireRight(ctx.actor, 'invite people')
  const [salt, attempt] = [newCodeSalt(), crypto.randomUUID()]
  const made = invitationCodeFrom(await ctx.secrets.sign(codeSaltText(salt)))
  const codeHash = await ctx.secrets.sign(invitationCodeText(made))
  const wanted = wantedInvitation({ patientId, email, relation, codeHash })
  const mailbox = await ctx.secrets.sign(`mailbox: ${email}`)
  const rows = sql`
    select
      invited.id, invited.refusal, ${salt}::text as salt, ${codeHash}::text as code_hash,
      ${attempt}::text as attempt,
      (select languages[1] from patients where patients.id = ${patientId}::bigint) as language,
      ${new Date(ctx.now.getTime() + invitationDays * 86_400_000).toISOString()}::text as expires_at
    from invite_to_patient(${wanted}, ${mailbox}, ${acting(ctx)}) invited`
  const [[row]] = await sendIdempotently<[InvitedRow]>(ctx, [{ rows }])
  if (!row) throw new NotFound('patient')
  if (row.refusal) return { ok: false, refusal: row.refusal }
  const [id, code, isFirst] = [Number(row.id), await codeOf(ctx, row), row.attempt === attempt]
  await mailOnce(ctx, id, isFirst, { to: email, ...writeMail(row.language) })
  if (isFirst) ctx.tell({ kind: 'patient.invited', patientId, ...deedOf(ctx) })
  const invitation = { id, email, relation, expiresAt: new Date(row.expires_at) }
  return { ok: true, invitation, code: inTwoGroups(code) }
}

type InvitedRow = {
  id: string | null
  refusal: (typeof invitationVerdicts)[number] | null
  salt: string
  code_hash: string
  /** The attempt that made the invitation, which tells it from the same request again. */
  attempt: string
  language: string | null
  expires_at: string
}

async function codeOf({ secrets }: ClinicContext, { salt, code_hash }: InvitedRow): Promise<string> {
  for (const signed of await secrets.signWithEach(codeSaltText(salt))) {
    const code = invitationCodeFrom(signed)
    if ((await secrets.signWithEach(invitationCodeText(code))).includes(code_hash)) return code
  }
  // Its secret has been taken away since, so the code cannot be shown again.
  throw new KeyReused()
}

/** Mails once. The same request again mails if the first one could not. */
async function mailOnce(ctx: ClinicContext, id: number, isFirst: boolean, mail: Mail): Promise<void> {
  const isThis = sql`id = ${id}::bigint`
  const { rows } = isFirst
    ? { rows: [] }
    : await ctx.db.execute(sql`select from patient_invitations where ${isThis} and mailed_at is not null`)
  if (rows.length > 0) return
  await ctx.mail.send(mail)
  await ctx.db.execute(sql`
    update patient_invitations set mailed_at = ${ctx.now.toISOString()}::timestamptz where ${isThis}`)
}
