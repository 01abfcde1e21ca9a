import { generateAuthenticationOptions, generateRegistrationOptions } from '@simplewebauthn/server'
import { isoBase64URL, isoUint8Array } from '@simplewebauthn/server/helpers'
import { sql } from 'drizzle-orm'
import { NotSignedIn } from '../../errors.ts'
import type { PasskeyRefusal } from '../../refusals.ts'
import {
  algorithms,
  type Challenge,
  challengeMinutes,
  newChallenge,
  type Site,
  userHandleOf,
} from './ceremony.ts'
import { type InSession, ownSession } from './own-session.ts'

const timeout = challengeMinutes * 60_000
const bytesOf = (challenge: Challenge) => isoBase64URL.toBuffer(challenge.value)

/** What a browser needs to sign in with any passkey of this site, and the challenge to keep for its answer. No trip. */
export async function beginPasskeySignIn(site: Site, now: Date) {
  const challenge = newChallenge('sign_in', now)
  const options = await generateAuthenticationOptions({
    rpID: site.host,
    challenge: bytesOf(challenge),
    userVerification: 'required',
    timeout,
  })
  return { challenge, options }
}

export type AddingPasskey =
  | { ok: true; challenge: Challenge; options: Awaited<ReturnType<typeof generateRegistrationOptions>> }
  | { ok: false; refusal: Extract<PasskeyRefusal, 'not_confirmed'> }

/**
 * What a browser needs to make a passkey for the signed-in account: one that signs in without an
 * address, and only after the device has checked the person. Authenticators that have one for the account make no second.
 * One trip.
 *
 * @throws NotSignedIn when the session has ended.
 */
export async function beginAddingPasskey(ctx: InSession, site: Site, brand: string): Promise<AddingPasskey> {
  const { rows } = await ctx.db.execute<OwnerRow>(sql`
    select
      account_id, email, name, may_change,
      (select json_agg(json_build_object('id', credential_id, 'transports', transports))
       from passkeys where passkeys.account_id = session.account_id) as known
    from (${ownSession(ctx)}) session`)
  const [owner] = rows
  if (!owner) throw new NotSignedIn()
  if (!owner.may_change) return { ok: false, refusal: 'not_confirmed' }
  const challenge = newChallenge('add', ctx.now)
  const options = await generateRegistrationOptions({
    rpName: brand,
    rpID: site.host,
    userID: isoUint8Array.fromHex(userHandleOf(Number(owner.account_id))),
    userName: owner.email,
    userDisplayName: owner.name,
    challenge: bytesOf(challenge),
    excludeCredentials: owner.known ?? [],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
    timeout,
  })
  return { ok: true, challenge, options }
}

interface OwnerRow extends Record<string, unknown> {
  account_id: string
  email: string
  name: string
  may_change: boolean
  known: { id: string; transports: string[] }[] | null
}
