import { verifyAuthenticationResponse } from '@simplewebauthn/server'
import { isoBase64URL, isoUint8Array } from '@simplewebauthn/server/helpers'
import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Database } from '../../../database/connect.ts'
import { acting } from '../../composite.ts'
import type { ClinicContext } from '../../context.ts'
import type { PasskeyRefusal } from '../../refusals.ts'
import { closed } from '../../shapes.ts'
import { toBase64Url } from '../../sign.ts'
import { type RaisedAlarm, raisedAlarms, tellAlarms } from '../alarms.ts'
import { type AccountRow, reachOf, toVisitor, type Visitor } from '../find-actor.ts'
import { hashKey } from '../hash-key.ts'
import { sessionDays } from '../sign-in.ts'
import { base64Url, type Challenge, credentialOf, isUsable, type Site, userHandleOf } from './ceremony.ts'

export const signInWithPasskeyInput = closed({
  credential: credentialOf(
    z.object({
      clientDataJSON: base64Url,
      authenticatorData: base64Url,
      signature: base64Url,
      userHandle: base64Url.nullish().transform((handle) => handle ?? undefined),
    }),
  ),
})

export interface SignInWithPasskey extends z.infer<typeof signInWithPasskeyInput> {
  challenge: Challenge | null
  site: Site
  /** The token of the session that this browser has now; it ends. */
  replaces: string | null
  /** The account whose session is to be confirmed; null before signing in. */
  confirms: number | null
}

type Refused = Extract<
  PasskeyRefusal,
  'passkey_expired' | 'passkey_unknown' | 'passkey_failed' | 'passkey_of_another'
>

export type SignedInWithPasskey =
  | { ok: true; token: string; visitor: Visitor }
  | { ok: false; refusal: Refused }

/**
 * Signs in with a passkey alone, or confirms a session that a code opened; either way a new session begins. Two trips: one
 * for the public key, one to sign in. A refusal is recorded.
 */
export async function signInWithPasskey(
  ctx: ClinicContext,
  input: SignInWithPasskey,
): Promise<SignedInWithPasskey> {
  if (!isUsable(input.challenge, 'sign_in', ctx.now)) return { ok: false, refusal: 'passkey_expired' }
  const passkey = await findPublicKey(ctx.db, input.credential.id)
  if (!passkey) return recordRefusal(ctx, null, 'passkey_unknown')
  const { accountId } = passkey
  if (input.confirms !== null && input.confirms !== accountId)
    return recordRefusal(ctx, accountId, 'passkey_of_another')
  const used = await verify(input, passkey)
  if (!used) return recordRefusal(ctx, accountId, 'passkey_failed')
  return openSession(ctx, input, { id: passkey.id, ...used })
}

interface PublicKey {
  id: number
  accountId: number
  /** COSE, in hexadecimal. */
  publicKey: string
}

async function findPublicKey(db: Database, credentialId: string): Promise<PublicKey | null> {
  const { rows } = await db.execute<{ id: string; account_id: string; public_key: string }>(sql`
    select id, account_id, encode(public_key, 'hex') as public_key
    from passkeys where credential_id = ${credentialId}`)
  const [row] = rows
  return row ? { id: Number(row.id), accountId: Number(row.account_id), publicKey: row.public_key } : null
}

/** Null unless the passkey signed this challenge on this site, after the device had checked the person. */
async function verify({ credential, challenge, site }: SignInWithPasskey, passkey: PublicKey) {
  const handle = isoBase64URL.fromBuffer(isoUint8Array.fromHex(userHandleOf(passkey.accountId)))
  if (credential.response.userHandle !== handle) return null
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...credential, response: { ...credential.response, userHandle: handle } },
      expectedChallenge: challenge?.value ?? '',
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      requireUserVerification: true,
      // The database compares counters, once the signature is known to be right.
      credential: {
        id: credential.id,
        publicKey: isoUint8Array.fromHex(passkey.publicKey),
        counter: 0,
      },
    })
    const { newCounter: counter, credentialBackedUp: isSynced } = authenticationInfo
    return verified ? { counter, isSynced } : null
  } catch {
    return null
  }
}

interface UsedPasskey {
  id: number
  counter: number
  isSynced: boolean
}

async function openSession(
  ctx: ClinicContext,
  { challenge, replaces }: SignInWithPasskey,
  { id, counter, isSynced }: UsedPasskey,
): Promise<SignedInWithPasskey> {
  const token = toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  const replaced = replaces === null ? null : hashKey(replaces)
  const issuedAt = new Date(challenge?.issuedAt ?? 0).toISOString()
  const [{ rows }, { rows: alarms }] = await ctx.db.batch([
    ctx.db.execute<AttemptRow>(sql`
    with
    used as (
      update passkeys set counter = ${counter}, is_backed_up = ${isSynced}, last_used_at = ${at}
      where id = ${id}
      and last_used_at < ${issuedAt}::timestamptz
      and (counter < ${counter} or (counter = 0 and ${counter} = 0))
      returning id
    ),
    judged as (
      select
        account_id,
        case
          when used.id is not null then null
          when last_used_at < ${issuedAt}::timestamptz then 'counter'
          else 'replayed'
        end as why,
        case
          when exists (
            select from sessions
            where token_hash = ${replaced} and sessions.account_id = passkeys.account_id and signed_in_with like 'code%'
          ) then 'code_and_passkey'
          else 'passkey'
        end as method
      from passkeys
      left join used on true
      where passkeys.id = ${id}
    )
    select
      why, account_id, role, doctor_id, name, terms_accepted_at is not null as is_complete, 'met' as second_factor,
      ${reachOf(sql`accounts.id`, at)},
      case
        when why is null then open_session(
          account_id, ${hashKey(token)}, ${replaced}, method, ${at} + make_interval(days => ${sessionDays}),
          ${ctx.source?.device ?? null}, ${acting(ctx)}
        )
        else refuse_sign_in(why, account_id, ${ctx.source?.widerHash ?? null}, ${acting(ctx)})
      end as recorded
    from judged
    join accounts on accounts.id = account_id`),
    ctx.db.execute<RaisedAlarm>(raisedAlarms(ctx)),
  ])
  tellAlarms(ctx, alarms)
  const [row] = rows
  if (!row) return { ok: false, refusal: 'passkey_unknown' }
  return row.why === null
    ? { ok: true, token, visitor: toVisitor(row) }
    : { ok: false, refusal: 'passkey_failed' }
}

interface AttemptRow extends AccountRow {
  why: 'counter' | 'replayed' | null
}

async function recordRefusal(
  ctx: ClinicContext,
  accountId: number | null,
  refusal: Refused,
): Promise<SignedInWithPasskey> {
  const [, { rows: alarms }] = await ctx.db.batch([
    ctx.db.execute(
      sql`select refuse_sign_in(${refusal}, ${accountId}::bigint, ${ctx.source?.widerHash ?? null}, ${acting(ctx)})`,
    ),
    ctx.db.execute<RaisedAlarm>(raisedAlarms(ctx)),
  ])
  tellAlarms(ctx, alarms)
  return { ok: false, refusal }
}
