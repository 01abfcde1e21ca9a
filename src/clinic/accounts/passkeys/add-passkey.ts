import { verifyRegistrationResponse } from '@simplewebauthn/server'
import { isoUint8Array } from '@simplewebauthn/server/helpers'
import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { acting } from '../../composite.ts'
import { NotSignedIn } from '../../errors.ts'
import type { PasskeyRefusal } from '../../refusals.ts'
import { closed } from '../../shapes.ts'
import { algorithms, base64Url, type Challenge, credentialOf, isUsable, type Site } from './ceremony.ts'
import { type InSession, lockOwnAccount, ownSession } from './own-session.ts'

const transports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const

export const addPasskeyInput = closed({
  credential: credentialOf(
    z.object({
      clientDataJSON: base64Url,
      attestationObject: base64Url,
      transports: z
        .array(z.string())
        .transform((named) => transports.filter((transport) => named.includes(transport)))
        .default([]),
    }),
  ),
})

export interface AddPasskey extends z.infer<typeof addPasskeyInput> {
  challenge: Challenge | null
  site: Site
  /** What the person's list calls it at first. */
  name: string
}

export type PasskeyAdded =
  | { ok: true; id: number }
  | {
      ok: false
      refusal: Extract<
        PasskeyRefusal,
        'passkey_expired' | 'passkey_failed' | 'already_added' | 'too_many_passkeys' | 'not_confirmed'
      >
    }

const mostPasskeys = 20

/**
 * Adds a passkey to the signed-in account. The session has then met its second factor, because the
 * device has just checked the person. One trip.
 *
 * @throws NotSignedIn when the session has ended.
 */
export async function addPasskey(ctx: InSession, input: AddPasskey): Promise<PasskeyAdded> {
  if (!isUsable(input.challenge, 'add', ctx.now)) return { ok: false, refusal: 'passkey_expired' }
  const made = await verify(input)
  if (!made) return { ok: false, refusal: 'passkey_failed' }
  const { id, publicKey, counter } = made.credential
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  const [, answer] = await ctx.db.batch([
    ctx.db.execute(lockOwnAccount(ctx)),
    ctx.db.execute<AddedRow>(sql`
      with
      session as (${ownSession(ctx)}),
      judged as (
        select
          id as session_id, account_id,
          case
            when not may_change then 'not_confirmed'
            when exists (select from passkeys where credential_id = ${id}) then 'already_added'
            when (
              select count(*) from passkeys where passkeys.account_id = session.account_id
            ) >= ${mostPasskeys} then 'too_many_passkeys'
          end as refusal
        from session
      ),
      added as (
        insert into passkeys (
          account_id, credential_id, public_key, counter, transports, is_backed_up, name, created_at, last_used_at
        )
        select
          account_id, ${id}, decode(${isoUint8Array.toHex(publicKey)}, 'hex'), ${counter},
          array(select jsonb_array_elements_text(${JSON.stringify(input.credential.response.transports)}::jsonb)),
          ${made.credentialBackedUp}, ${input.name}, ${at}, ${at}
        from judged where refusal is null
        on conflict (credential_id) do nothing
        returning id
      ),
      confirmed as (
        update sessions
        set signed_in_with = case signed_in_with
          when 'code' then 'code_and_passkey' when 'link' then 'passkey' else signed_in_with end
        where id = (select session_id from judged, added)
      )
      select
        case when added.id is null then coalesce(refusal, 'already_added') end as refusal, added.id,
        case
          when added.id is not null
            then record_security_event(
              'passkey.added', account_id, jsonb_build_object('passkey_id', added.id), ${acting(ctx)}
            )
        end as recorded
      from judged
      left join added on true`),
  ])
  const [row] = answer.rows
  if (!row) throw new NotSignedIn()
  return row.refusal === null ? { ok: true, id: Number(row.id) } : { ok: false, refusal: row.refusal }
}

interface AddedRow extends Record<string, unknown> {
  id: string | null
  refusal: Extract<PasskeyRefusal, 'already_added' | 'too_many_passkeys' | 'not_confirmed'> | null
}

/** What the authenticator made; null when it is not a passkey for this challenge and site that checked the person. */
async function verify({ credential, challenge, site }: AddPasskey) {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: credential,
      expectedChallenge: challenge?.value ?? '',
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    })
    return registrationInfo ?? null
  } catch {
    return null
  }
}
