import { beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '../../../../drizzle/schema/accounts.ts'
import { newAuthenticator } from '../../../../scripts/local/authenticator.ts'
import { findVisitor } from '../../../../src/clinic/accounts/find-actor.ts'
import { hashKey } from '../../../../src/clinic/accounts/hash-key.ts'
import { addPasskey } from '../../../../src/clinic/accounts/passkeys/add-passkey.ts'
import {
  beginAddingPasskey,
  beginPasskeySignIn,
} from '../../../../src/clinic/accounts/passkeys/begin-passkey.ts'
import { type Challenge, newChallenge } from '../../../../src/clinic/accounts/passkeys/ceremony.ts'
import { findPasskeys } from '../../../../src/clinic/accounts/passkeys/find-passkeys.ts'
import { removePasskey } from '../../../../src/clinic/accounts/passkeys/remove-passkey.ts'
import { renamePasskey } from '../../../../src/clinic/accounts/passkeys/rename-passkey.ts'
import { signInWithPasskey } from '../../../../src/clinic/accounts/passkeys/sign-in-with-passkey.ts'
import { NotFound, NotSignedIn } from '../../../../src/clinic/errors.ts'
import { openClinic } from '../../../support/clinic.ts'
import { atOnce } from '../../../support/concurrency.ts'
import { openAccount } from '../../../support/people.ts'
import { morning } from '../../../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const site = { origin: 'https://booking.example.com', host: 'booking.example.com' }
const at = (seconds: number) => new Date(morning.getTime() + seconds * 1_000)
const handleOf = (account: number) => Buffer.from(hashKey(`alobooking account ${account}`), 'hex')

/** A context in the session of this token; of nobody without one. */
const inSession = (token: string | null, now: Date = at(60)) =>
  clinic.context({
    actor: { kind: 'anonymous' },
    now,
    ...(token && { sessionHash: hashKey(token) }),
    source: {
      networkHash: 'a network',
      widerHash: 'a wider one',
      place: 'Bandung, ID',
      device: 'Firefox on Windows',
    },
  })

let sessions = 0
async function openSession(account: number, method = 'code'): Promise<string> {
  const token = `session ${++sessions}`
  await sql.query(
    `insert into sessions (account_id, token_hash, created_at, last_seen_at, expires_at, signed_in_with)
     values ($1, $2, $3, $3, $3::timestamptz + interval '30 days', $4)`,
    [account, hashKey(token), morning, method],
  )
  return token
}

const methodOf = async (token: string) => {
  const { rows } = await sql.query('select signed_in_with from sessions where token_hash = $1', [
    hashKey(token),
  ])
  return rows[0]?.signed_in_with ?? 'ended'
}

/** The security log since the last call. */
async function takeEvents(): Promise<string[]> {
  const { rows } = await sql.query(
    'with taken as (delete from security_events returning *) select * from taken order by id',
  )
  return rows.map(({ kind, details }) => `${kind} ${Object.values(details).join(' ')}`)
}

const add = (token: string | null, authenticator = newAuthenticator(site), now = at(60)) => {
  const challenge = newChallenge('add', now)
  const credential = authenticator.create(challenge)
  return addPasskey(inSession(token, now), { credential, challenge, site, name: 'Firefox on Windows' })
}

/** An account with a passkey, and the session in which it was added. */
async function openWithPasskey(role: Role = 'patient') {
  const account = await openAccount(sql, { role })
  const token = await openSession(account)
  const authenticator = newAuthenticator(site)
  expect(await add(token, authenticator)).toMatchObject({ ok: true })
  return { account, token, authenticator }
}

type Owner = Awaited<ReturnType<typeof openWithPasskey>>
type Wishes = Partial<Parameters<typeof signInWithPasskey>[1]> & { now?: Date }

function signIn({ account, authenticator }: Pick<Owner, 'account' | 'authenticator'>, wishes: Wishes = {}) {
  const { now = at(120), ...rest } = wishes
  const challenge = rest.challenge ?? newChallenge('sign_in', now)
  const credential = authenticator.get(challenge, handleOf(account))
  return signInWithPasskey(inSession(null, now), {
    ...{ credential, challenge, site, replaces: null, confirms: null },
    ...rest,
  })
}

const requirePasskeys = (required: boolean) =>
  sql.query('update clinic_settings set staff_need_passkeys = $1', [required])

beforeEach(async () => {
  await requirePasskeys(false)
  await takeEvents()
})

describe('adding', () => {
  it('stores a passkey with the name of the device, confirms the session and is recorded', async () => {
    const { token, authenticator, account } = await openWithPasskey()
    expect(await takeEvents()).toEqual([expect.stringMatching(/^passkey.added \d+$/)])
    expect(await methodOf(token)).toBe('code_and_passkey')
    expect(await findPasskeys(inSession(token))).toEqual({
      mayChange: true,
      mustHaveOne: false,
      passkeys: [
        {
          id: expect.any(Number),
          name: 'Firefox on Windows',
          isSynced: true,
          createdAt: at(60),
          lastUsedAt: at(60),
        },
      ],
    })
    expect(await signIn({ account, authenticator })).toMatchObject({ ok: true })
  })

  it('asks for one that works without an address, and not on a device that has one', async () => {
    const { token, authenticator } = await openWithPasskey()
    const begun = await beginAddingPasskey(inSession(token), site, 'AloBooking')
    const { id } = authenticator.create(newChallenge('add', morning))
    expect(begun).toMatchObject({
      ok: true,
      options: {
        rp: { id: site.host },
        attestation: 'none',
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        excludeCredentials: [{ id, transports: ['internal'] }],
      },
    })
  })

  it('needs a session that has used a passkey, once there is one', async () => {
    const { account, token } = await openWithPasskey()
    const thief = await openSession(account)
    expect(await add(thief)).toEqual({ ok: false, refusal: 'not_confirmed' })
    expect(await beginAddingPasskey(inSession(thief), site, '')).toEqual({
      ok: false,
      refusal: 'not_confirmed',
    })
    expect(await add(token)).toMatchObject({ ok: true })
    expect(await add(await openSession(account, 'link'))).toMatchObject({ ok: true })
  })

  it('lets only one of two sessions that a code opened add the first', async () => {
    const account = await openAccount(sql)
    const tokens = await Promise.all([openSession(account), openSession(account)])
    const added = await atOnce(2, (n) => add(tokens[n] ?? null))
    expect(added.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('stores a credential once, whoever sends it', async () => {
    const { token, authenticator } = await openWithPasskey()
    const other = await openSession(await openAccount(sql))
    for (const session of [token, other])
      expect(await add(session, authenticator)).toEqual({ ok: false, refusal: 'already_added' })
  })

  it.each([
    ['another origin', { origin: 'https://booking.example.com.evil.test' }],
    ['another host', { host: 'example.com' }],
    ['a device that did not check the person', { isVerified: false }],
    ['a sign-in', { type: 'webauthn.get' }],
  ])('refuses what was made for %s', async (_, quirks) => {
    const token = await openSession(await openAccount(sql))
    const challenge = newChallenge('add', at(60))
    const credential = newAuthenticator(site).create(challenge, quirks)
    const refused = { ok: false, refusal: 'passkey_failed' }
    expect(await addPasskey(inSession(token), { credential, challenge, site, name: 'x' })).toEqual(refused)
  })

  it.each([
    ['another challenge', newChallenge('add', at(60)), 'passkey_failed'],
    ['no challenge', null, 'passkey_expired'],
    ['the challenge of a sign-in', newChallenge('sign_in', at(60)), 'passkey_expired'],
    ['a challenge of five minutes ago', newChallenge('add', at(-240)), 'passkey_expired'],
  ])('refuses %s', async (_, challenge, refusal) => {
    const token = await openSession(await openAccount(sql))
    const signed = challenge === null ? newChallenge('add', at(60)) : { ...challenge }
    if (refusal === 'passkey_failed') signed.value = newChallenge('add', at(60)).value
    const credential = newAuthenticator(site).create(signed)
    const input = { credential, challenge, site, name: 'x' }
    expect(await addPasskey(inSession(token), input)).toEqual({ ok: false, refusal })
  })

  it('takes twenty at most', async () => {
    const { token } = await openWithPasskey()
    for (let n = 1; n < 20; n++) expect(await add(token)).toMatchObject({ ok: true })
    expect(await add(token)).toEqual({ ok: false, refusal: 'too_many_passkeys' })
  })

  it('is for a live session only', async () => {
    await expect(add('no session')).rejects.toThrow(NotSignedIn)
    await expect(add(null)).rejects.toThrow(NotSignedIn)
  })
})

describe('signing in', () => {
  it('opens a session in two trips, ends the one before and is recorded', async () => {
    const owner = await openWithPasskey()
    await takeEvents()
    clinic.takeTrips()
    const replaces = await openSession(await openAccount(sql))
    const signedIn = await signIn(owner, { replaces })
    expect(clinic.takeTrips()).toHaveLength(2)
    if (!signedIn.ok) throw new Error(signedIn.refusal)
    expect(signedIn.visitor).toMatchObject({ accountId: owner.account, secondFactor: 'met' })
    expect(await findVisitor(clinic.context().db, hashKey(signedIn.token), at(120))).toMatchObject(
      signedIn.visitor,
    )
    const { rows } = await sql.query(
      'select device, place, signed_in_with from sessions where token_hash = $1',
      [hashKey(signedIn.token)],
    )
    expect(rows).toEqual([{ device: 'Firefox on Windows', place: 'Bandung, ID', signed_in_with: 'passkey' }])
    expect(await methodOf(replaces)).toBe('ended')
    expect(await takeEvents()).toEqual([
      expect.stringMatching(/^session.ended replaced /),
      'sign_in.succeeded passkey',
    ])
  })

  it('asks any passkey of this site to check the person', async () => {
    const { options } = await beginPasskeySignIn(site, morning)
    expect(options).toMatchObject({ rpId: site.host, userVerification: 'required' })
    expect(options.allowCredentials ?? []).toEqual([])
  })

  it.each([
    ['another origin', { origin: 'https://booking.example.com.evil.test' }],
    ['another host', { host: 'example.com' }],
    ['a device that did not check the person', { isVerified: false }],
    ['the making of a passkey', { type: 'webauthn.create' }],
    ['another account', { userHandle: handleOf(1_000_000) }],
  ])('refuses what was signed for %s', async (_, quirks) => {
    const { authenticator, account } = await openWithPasskey()
    await takeEvents()
    const challenge = newChallenge('sign_in', at(120))
    const credential = authenticator.get(challenge, handleOf(account), quirks)
    expect(await signIn({ authenticator, account }, { challenge, credential })).toEqual({
      ok: false,
      refusal: 'passkey_failed',
    })
    expect(await takeEvents()).toEqual(['sign_in.refused passkey_failed'])
  })

  it('refuses a signature of another key', async () => {
    const owner = await openWithPasskey()
    const challenge = newChallenge('sign_in', at(120))
    const own = owner.authenticator.get(challenge, handleOf(owner.account))
    const { response } = newAuthenticator(site).get(challenge, handleOf(owner.account))
    const credential = { ...own, response: { ...own.response, signature: response.signature } }
    expect(await signIn(owner, { challenge, credential })).toMatchObject({ refusal: 'passkey_failed' })
  })

  it.each<[string, Challenge | null]>([
    ['no challenge', null],
    ['the challenge of a new passkey', newChallenge('add', at(120))],
    ['a challenge of five minutes ago', newChallenge('sign_in', at(-180))],
  ])('refuses %s without a trip', async (_, challenge) => {
    const owner = await openWithPasskey()
    const credential = owner.authenticator.get(
      challenge ?? newChallenge('sign_in', at(120)),
      handleOf(owner.account),
    )
    clinic.takeTrips()
    const input = { credential, challenge, site, replaces: null, confirms: null }
    expect(await signInWithPasskey(inSession(null, at(120)), input)).toMatchObject({
      refusal: 'passkey_expired',
    })
    expect(clinic.takeTrips()).toEqual([])
  })

  it('refuses another challenge than the one that was signed', async () => {
    const owner = await openWithPasskey()
    const credential = owner.authenticator.get(newChallenge('sign_in', at(120)), handleOf(owner.account))
    expect(await signIn(owner, { credential })).toMatchObject({ refusal: 'passkey_failed' })
  })

  it('takes an answer once, also when it is sent four times at once', async () => {
    const owner = await openWithPasskey()
    const challenge = newChallenge('sign_in', at(120))
    const credential = owner.authenticator.get(challenge, handleOf(owner.account))
    const answers = await atOnce(4, () => signIn(owner, { challenge, credential, now: at(121) }))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    await takeEvents()
    expect(await signIn(owner, { challenge, credential, now: at(122) })).toMatchObject({
      refusal: 'passkey_failed',
    })
    expect(await takeEvents()).toEqual(['sign_in.refused replayed'])
  })

  it('refuses a challenge that is signed again after it was used', async () => {
    const owner = await openWithPasskey()
    const challenge = newChallenge('sign_in', at(120))
    expect(await signIn(owner, { challenge })).toMatchObject({ ok: true })
    expect(await signIn(owner, { challenge })).toMatchObject({ refusal: 'passkey_failed' })
  })

  it('refuses a counter that does not grow, and records it', async () => {
    const owner = await openWithPasskey()
    expect(await signIn(owner)).toMatchObject({ ok: true })
    await takeEvents()
    const challenge = newChallenge('sign_in', at(180))
    const credential = owner.authenticator.get(challenge, handleOf(owner.account), { counter: 1 })
    expect(await signIn(owner, { challenge, credential, now: at(180) })).toMatchObject({
      refusal: 'passkey_failed',
    })
    expect(await takeEvents()).toEqual(['sign_in.refused counter'])
  })

  it('takes passkeys that do not count', async () => {
    const owner = await openWithPasskey()
    for (const now of [at(120), at(180)]) {
      const challenge = newChallenge('sign_in', now)
      const credential = owner.authenticator.get(challenge, handleOf(owner.account), { counter: 0 })
      expect(await signIn(owner, { challenge, credential, now })).toMatchObject({ ok: true })
    }
  })

  it('refuses a passkey that was removed', async () => {
    const owner = await openWithPasskey()
    const { passkeys } = await findPasskeys(inSession(owner.token))
    expect(await removePasskey(inSession(owner.token), passkeys[0]?.id ?? 0)).toEqual({ ok: true })
    expect(await takeEvents()).toEqual([
      expect.stringMatching('passkey.added'),
      expect.stringMatching('passkey.removed'),
    ])
    expect(await signIn(owner)).toEqual({ ok: false, refusal: 'passkey_unknown' })
    expect(await takeEvents()).toEqual(['sign_in.refused passkey_unknown'])
  })
})

it('counts each refusal for the network, as a wrong code is counted', async () => {
  const owner = await openWithPasskey()
  const counted = async () => {
    const { rows } = await sql.query(
      "select subject, times from security_counts where kind = 'sign_in.refused' and subject <> 'logged' order by 1",
    )
    return rows
  }
  await sql.query('delete from security_counts')
  const challenge = newChallenge('sign_in', at(120))
  const credential = owner.authenticator.get(challenge, handleOf(owner.account), { isVerified: false })
  await signIn(owner, { challenge, credential })
  await signIn(owner, { challenge })
  await signIn(owner, { challenge })
  expect(await counted()).toEqual([
    { subject: 'everyone', times: 2 },
    { subject: 'network:a network', times: 2 },
    { subject: 'wider:a wider one', times: 2 },
  ])
})

describe('as the second factor', () => {
  const visitorOf = (token: string) => findVisitor(clinic.context().db, hashKey(token), at(60))
  const nobody = { actor: { kind: 'anonymous' } }

  it('an admin with a passkey may do nothing by code until it is used', async () => {
    const { account, authenticator } = await openWithPasskey('admin')
    const byCode = await openSession(account)
    expect(await visitorOf(byCode)).toMatchObject({ ...nobody, secondFactor: 'confirm' })
    const confirmed = await signIn({ account, authenticator }, { replaces: byCode, confirms: account })
    expect(confirmed).toMatchObject({ ok: true, visitor: { actor: { kind: 'admin' }, secondFactor: 'met' } })
    expect(await methodOf(byCode)).toBe('ended')
    expect(await methodOf(confirmed.ok ? confirmed.token : '')).toBe('code_and_passkey')
    expect(await takeEvents()).toContain('sign_in.succeeded code_and_passkey')
  })

  it('is asked for again in the transaction of every write', async () => {
    const { account } = await openWithPasskey('admin')
    const write = (token: string) => {
      const session = { actor_kind: 'admin', account_id: account, session_hash: hashKey(token) }
      const acting = JSON.stringify({ as_of: at(60), can_be_checked: true, ...session })
      return sql.query('select require_authority(jsonb_populate_record(null::acting, $1))', [acting])
    }
    await expect(write(await openSession(account))).rejects.toMatchObject({ code: 'AL401' })
    await expect(write(await openSession(account, 'passkey'))).resolves.toBeDefined()
  })

  it('is not met by the passkey of another account', async () => {
    const { account } = await openWithPasskey('admin')
    const stranger = await openWithPasskey()
    const byCode = await openSession(account)
    expect(await signIn(stranger, { replaces: byCode, confirms: account })).toMatchObject({
      refusal: 'passkey_of_another',
    })
    expect(await methodOf(byCode)).toBe('code')
  })

  it('an admin without one gets in by code, until the clinic requires it of staff', async () => {
    const account = await openAccount(sql, { role: 'admin' })
    const byCode = await openSession(account)
    expect(await visitorOf(byCode)).toMatchObject({ actor: { kind: 'admin' }, secondFactor: 'met' })
    await requirePasskeys(true)
    expect(await visitorOf(byCode)).toMatchObject({ ...nobody, secondFactor: 'set_up' })
    expect(await add(byCode)).toMatchObject({ ok: true })
    expect(await visitorOf(byCode)).toMatchObject({ actor: { kind: 'admin' }, secondFactor: 'met' })
  })

  it.each<[Role, boolean, string]>([
    ['front_desk', false, 'met'],
    ['front_desk', true, 'confirm'],
    ['admin', false, 'confirm'],
    ['patient', true, 'met'],
  ])('%s with a passkey, required of staff: %s, by code: %s', async (role, required, secondFactor) => {
    const { account } = await openWithPasskey(role)
    await requirePasskeys(required)
    expect(await visitorOf(await openSession(account))).toMatchObject({ secondFactor })
  })

  it('a link of the clinic leads an admin who lost theirs to a new one', async () => {
    const { account } = await openWithPasskey('admin')
    const byLink = await openSession(account, 'link')
    expect(await visitorOf(byLink)).toMatchObject({ ...nobody, secondFactor: 'set_up' })
    expect(await add(byLink)).toMatchObject({ ok: true })
    expect(await methodOf(byLink)).toBe('passkey')
    expect(await visitorOf(byLink)).toMatchObject({ actor: { kind: 'admin' } })
  })
})

describe('removing and renaming', () => {
  const firstOf = async (token: string) => (await findPasskeys(inSession(token))).passkeys[0]?.id ?? 0

  it('need a session that has used a passkey', async () => {
    const { account, token } = await openWithPasskey()
    const id = await firstOf(token)
    const thief = inSession(await openSession(account))
    expect(await removePasskey(thief, id)).toEqual({ ok: false, refusal: 'not_confirmed' })
    expect(await renamePasskey(thief, id, { name: 'Mine' })).toEqual({ ok: false, refusal: 'not_confirmed' })
    expect(await findPasskeys(thief)).toMatchObject({
      mayChange: false,
      passkeys: [{ name: 'Firefox on Windows' }],
    })
  })

  it('know only the account’s own', async () => {
    const [mine, other] = [await openWithPasskey(), await openWithPasskey()]
    const id = await firstOf(other.token)
    await expect(removePasskey(inSession(mine.token), id)).rejects.toThrow(NotFound)
    await expect(renamePasskey(inSession(mine.token), id, { name: 'x' })).rejects.toThrow(NotFound)
    await expect(removePasskey(inSession(null), id)).rejects.toThrow(NotSignedIn)
    await expect(renamePasskey(inSession(null), id, { name: 'x' })).rejects.toThrow(NotSignedIn)
  })

  it('gives a passkey the name that its owner chose', async () => {
    const { token } = await openWithPasskey()
    expect(await renamePasskey(inSession(token), await firstOf(token), { name: 'Work phone' })).toEqual({
      ok: true,
    })
    expect(await findPasskeys(inSession(token))).toMatchObject({ passkeys: [{ name: 'Work phone' }] })
  })

  it('staff keep their last one while the clinic requires it, also when two go at once', async () => {
    const { token } = await openWithPasskey('front_desk')
    await add(token)
    await requirePasskeys(true)
    const { passkeys } = await findPasskeys(inSession(token))
    const answers = await atOnce(2, (n) => removePasskey(inSession(token), passkeys[n]?.id ?? 0))
    expect(answers).toContainEqual({ ok: true })
    expect(answers).toContainEqual({ ok: false, refusal: 'last_passkey' })
    await requirePasskeys(false)
    expect(await removePasskey(inSession(token), await firstOf(token))).toEqual({ ok: true })
  })
})
