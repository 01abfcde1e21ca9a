import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { signOut } from '../../../src/clinic/accounts/end-sessions.ts'
import { findVisitor } from '../../../src/clinic/accounts/find-actor.ts'
import { hashKey } from '../../../src/clinic/accounts/hash-key.ts'
import { type SendSignInCode, sendSignInCode } from '../../../src/clinic/accounts/send-sign-in-code.ts'
import { signIn as signInWithCode } from '../../../src/clinic/accounts/sign-in.ts'
import type { ClinicContext } from '../../../src/clinic/context.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce, untilBlocked } from '../../support/concurrency.ts'
import { openAccount, registerPatient } from '../../support/people.ts'
import { morning } from '../../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const later = (seconds: number) => new Date(morning.getTime() + seconds * 1_000)

/** A mailbox for each test, and the codes that it was sent, newest first. */
let email = ''
let codes: string[] = []
let mailboxes = 0
beforeEach(() => {
  email = `nina-${++mailboxes}@example.com`
  codes = []
})

const context = (now: Date, mail?: ClinicContext['mail'], network = `home of ${email}`) =>
  clinic.context({
    actor: { kind: 'anonymous' },
    now,
    source: {
      networkHash: createHash('sha256').update(network).digest('hex'),
      widerHash: null,
      place: null,
      device: null,
    },
    mail: mail ?? { send: async ({ text }) => void codes.unshift(text) },
  })

interface Wishes extends Partial<SendSignInCode> {
  network?: string
}

function askForCode({ network, ...wishes }: Wishes = {}, now = morning) {
  const writeMail = (code: string) => ({ subject: 'Your code', text: code })
  const request = { email, browser: 'own', isKnownBrowser: false, passedChallenge: false }
  const mails = { writeMail, writeOpenMail: writeMail }
  return sendSignInCode(context(now, undefined, network), { ...request, ...mails, ...wishes })
}

async function newCode(wishes: Wishes = {}, now = morning): Promise<string> {
  expect(await askForCode(wishes, now)).toEqual(sent)
  return codes[0] as string
}

const signIn = (code: string, { browser = 'own', now = morning, replaces = null as string | null } = {}) =>
  signInWithCode(context(now), {
    email,
    browser,
    isKnownBrowser: false,
    passedChallenge: false,
    code,
    replaces,
  })

async function newSession(replaces: string | null = null): Promise<string> {
  const signedIn = await signIn(await newCode(), { replaces })
  if (!signedIn.ok) throw new Error(signedIn.refusal)
  return signedIn.token
}

const wrong = (code: string, n = 1) => String((Number(code) + n) % 1e6).padStart(6, '0')
/** Lets the calls go on only when all of them wait in the database. */
async function whileLocked<T>(many: number, call: (n: number) => Promise<T>): Promise<T[]> {
  const lock = await sql.connect()
  await lock.query('begin; lock sign_in_codes in exclusive mode')
  const calls = atOnce(many, call)
  await untilBlocked(sql, many)
  await lock.query('commit')
  lock.release()
  return calls
}

const sent = { ok: true, isOpen: false }
const tooMany = { ok: false, refusal: 'too_many_codes' }
const refused = (refusal: string) => ({ ok: false, refusal })
const whoHas = (token: string, now = morning) => findVisitor(clinic.context().db, hashKey(token), now)

describe('a sign-in', () => {
  it('takes one trip to request a code and one to sign in with it', async () => {
    clinic.takeTrips()
    const code = await newCode()
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(await signIn(wrong(code))).toEqual(refused('wrong_code'))
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(await signIn(code)).toMatchObject({ ok: true })
    expect(clinic.takeTrips()).toHaveLength(1)
  })

  it('returns the same visitor as looking up the session', async () => {
    const patient = await registerPatient(sql)
    const child = await registerPatient(sql, 'Child')
    const account = await openAccount(sql, { email, name: 'Nina', patientIds: [patient, child] })
    const signedIn = await signIn(await newCode())
    if (!signedIn.ok) throw new Error(signedIn.refusal)
    const actor = { kind: 'patient', accountId: account, patientIds: [patient, child] }
    expect(signedIn.visitor).toMatchObject({ actor, accountId: account, name: 'Nina', isComplete: true })
    const endsAt = later(30 * 86_400).getTime()
    expect(await whoHas(signedIn.token)).toEqual({ ...signedIn.visitor, endsAt })
  })

  it('opens an account for a new address, without rights until it is completed', async () => {
    const signedIn = await signIn(await newCode())
    expect(signedIn).toMatchObject({ ok: true, visitor: { actor: { kind: 'anonymous' }, isComplete: false } })
    const { rows } = await sql.query('select role, created_at from accounts where email = $1', [email])
    expect(rows).toEqual([{ role: 'patient', created_at: morning }])
  })

  it('opens one account when two browsers sign in to a new address at once', async () => {
    const [one, other] = [await newCode({ browser: 'one' }), await newCode({ browser: 'other' })]
    const both = await Promise.all([signIn(one, { browser: 'one' }), signIn(other, { browser: 'other' })])
    const accounts = both.map((signedIn) => (signedIn.ok ? signedIn.visitor.accountId : null))
    expect(accounts[0]).toEqual(expect.any(Number))
    expect(accounts[1]).toBe(accounts[0])
  })

  it('ends the session that the browser had, and no other', async () => {
    const [elsewhere, before] = [await newSession(), await newSession()]
    const after = await newSession(before)
    expect(await whoHas(before)).toBeNull()
    expect(await whoHas(after)).not.toBeNull()
    expect(await whoHas(elsewhere)).not.toBeNull()
  })

  it('ends no session when it is refused', async () => {
    const before = await newSession()
    expect(await signIn(wrong(await newCode()), { replaces: before })).toEqual(refused('wrong_code'))
    expect(await whoHas(before)).not.toBeNull()
  })

  it('lasts thirty days, or until signing out', async () => {
    const token = await newSession()
    expect(await whoHas(token, later(30 * 86_400 - 1))).not.toBeNull()
    expect(await whoHas(token, later(30 * 86_400))).toBeNull()
    await signOut(clinic.context(), token)
    expect(await whoHas(token)).toBeNull()
  })

  it('records when the session was last used, at most every five minutes', async () => {
    const token = await newSession()
    const lastSeen = async (now: Date) => {
      await whoHas(token, now)
      const { rows } = await sql.query(
        'select last_seen_at as at from sessions join accounts on accounts.id = account_id where email = $1',
        [email],
      )
      return rows[0].at
    }
    expect(await lastSeen(later(299))).toEqual(morning)
    expect(await lastSeen(later(300))).toEqual(later(300))
    expect(await lastSeen(later(599))).toEqual(later(300))
  })

  it('stores no code, no token and no name of a browser or network', async () => {
    const browser = 'the-name-of-a-browser'
    const [code, network] = [await newCode({ browser, network: '198.51.100.7' }), '198.51.100.7']
    const stored = async () => {
      const tables = ['sign_in_codes', 'sessions', 'accounts'].map((table) =>
        sql.query(`select to_jsonb(${table}) - '{id,account_id}'::text[] as row from ${table}`),
      )
      return JSON.stringify((await Promise.all(tables)).map(({ rows }) => rows))
    }
    expect(await stored()).toContain(email)
    for (const secret of [`"${code}"`, browser, network]) expect(await stored()).not.toContain(secret)
    const signedIn = await signIn(code, { browser })
    expect(await stored()).not.toContain(signedIn.ok ? signedIn.token : 'a token')
    expect(signedIn.ok && Buffer.from(signedIn.token, 'base64url')).toHaveLength(32)
  })
})

describe('a code', () => {
  it('has six digits, and works for ten minutes', async () => {
    const code = await newCode()
    expect(code).toMatch(/^\d{6}$/)
    expect(await signIn(code, { now: later(600) })).toEqual(refused('code_expired'))
    expect(await signIn(code, { now: later(599) })).toMatchObject({ ok: true })
  })

  it('works once, even when it is sent several times together', async () => {
    const code = await newCode()
    const answers = await whileLocked(8, () => signIn(code))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await signIn(code)).toEqual(refused('code_expired'))
  })

  it('works only in the browser that asked, and only for its address', async () => {
    const code = await newCode({ browser: 'own' })
    expect(await signIn(code, { browser: 'another' })).toEqual(refused('code_expired'))
    const own = email
    email = `not-${own}`
    expect(await signIn(code)).toEqual(refused('code_expired'))
    email = own
    expect(await signIn(code)).toMatchObject({ ok: true })
  })

  it('is not used up by what other browsers try', async () => {
    const code = await newCode({ browser: 'own' })
    const theirs = await newCode({ browser: 'another' })
    for (let n = 1; n <= 6; n++) await signIn(wrong(theirs, n), { browser: 'another' })
    expect(await signIn(theirs, { browser: 'another' })).toEqual(refused('too_many_tries'))
    expect(await signIn(code, { browser: 'own' })).toMatchObject({ ok: true })
  })

  it('takes five attempts', async () => {
    const code = await newCode()
    for (let n = 1; n <= 5; n++) expect(await signIn(wrong(code, n))).toEqual(refused('wrong_code'))
    expect(await signIn(code)).toEqual(refused('too_many_tries'))
  })

  it('is compared five times, however many attempts arrive together', async () => {
    const code = await newCode()
    const answers = await whileLocked(16, (n) => signIn(wrong(code, n + 1)))
    const told = answers.map((answer) => (answer.ok ? 'signed in' : answer.refusal))
    expect(told.filter((refusal) => refusal === 'wrong_code')).toHaveLength(5)
    expect(told.filter((refusal) => refusal === 'too_many_tries')).toHaveLength(11)
    expect(await signIn(code)).toEqual(refused('too_many_tries'))
  })

  it('has five attempts of its own after those of an earlier code are used up', async () => {
    const first = await newCode()
    for (let n = 1; n <= 6; n++) await signIn(wrong(first, n))
    const second = await newCode()
    for (let n = 1; n <= 4; n++) expect(await signIn(wrong(second, n))).toEqual(refused('wrong_code'))
    expect(await signIn(second)).toMatchObject({ ok: true })
  })

  it('stays valid when the browser asks for another; of four, the last three do', async () => {
    const [first, second] = [await newCode(), await newCode()]
    await newCode()
    await newCode()
    expect(await signIn(first)).toEqual(refused('wrong_code'))
    expect(await signIn(second)).toMatchObject({ ok: true })
  })

  it('throws when the mail provider refuses it', async () => {
    const ctx = context(morning, { send: () => Promise.reject(new Error('The provider answered 500.')) })
    const writeMail = () => ({ subject: '', text: '' })
    const by = { browser: 'own', isKnownBrowser: false, passedChallenge: false }
    const request = { email, ...by, writeMail, writeOpenMail: writeMail }
    await expect(sendSignInCode(ctx, request)).rejects.toThrow('The provider answered 500.')
  })
})

describe('codes are counted', () => {
  const isSent = async (wishes: Wishes, now?: Date) => (await askForCode(wishes, now)).ok

  it('five an hour for a browser, wherever it is', async () => {
    const ask = (n: number) => isSent({ network: `192.0.2.${n}` })
    expect((await atOnce(12, ask)).filter(Boolean)).toHaveLength(5)
    expect(codes).toHaveLength(5)
    expect(await askForCode({ network: '192.0.2.99' }, later(3_599))).toEqual(tooMany)
    expect(await askForCode({ network: '192.0.2.99' }, later(3_600))).toEqual(sent)
  })

  it('five an hour for a network, however many browsers it has', async () => {
    const ask = (n: number) => isSent({ browser: `browser ${n}` })
    expect((await atOnce(12, ask)).filter(Boolean)).toHaveLength(5)
    expect(await askForCode({ browser: 'another', network: '192.0.2.2' })).toEqual(sent)
  })

  it('for each mailbox by itself', async () => {
    for (let n = 1; n <= 5; n++) await askForCode()
    expect(await askForCode()).toEqual(tooMany)
    expect(await askForCode({ email: `other-${email}` })).toEqual(sent)
  })
})
