import { beforeEach, describe, expect, it } from 'vitest'
import { type SendSignInCode, sendSignInCode } from '../../../src/clinic/accounts/send-sign-in-code.ts'
import { signInInput, signIn as signInWithCode } from '../../../src/clinic/accounts/sign-in.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce, countDeadlocks } from '../../support/concurrency.ts'
import { morning } from '../../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const hour = 3_600
const day = 24 * hour
const later = (seconds: number) => new Date(morning.getTime() + seconds * 1_000)

let mails: { to: string; text: string }[] = []
let requests = 0
beforeEach(async () => {
  mails = []
  clinic.takeHappenings()
  await sql.query('truncate sign_in_codes, security_counts, security_events')
})

interface From {
  network?: string
  wider?: string | null
  now?: Date
}

const context = ({ network = 'home', wider = null, now = morning }: From) =>
  clinic.context({
    now,
    requestId: `request ${++requests}`,
    source: { networkHash: network, widerHash: wider, place: null, device: null },
    mail: { send: async (mail) => void mails.unshift(mail) },
  })

const stranger = { isKnownBrowser: false, passedChallenge: false }
const writeMail = (code: string) => ({ subject: '', text: code })

/** Asks for a code: a new browser for every call, unless it is named. */
async function ask({ network, wider, now, ...wishes }: From & Partial<SendSignInCode> = {}) {
  const request = { email: 'nina@example.com', browser: `browser ${++requests}`, ...stranger, ...wishes }
  const from = context({ ...(network && { network }), wider: wider ?? null, ...(now && { now }) })
  const answer = await sendSignInCode(from, { ...request, writeMail, writeOpenMail: writeMail })
  return answer.ok ? (answer.isOpen ? 'open' : 'sent') : answer.refusal
}

async function attempt(
  code: string,
  { network = 'home', now = morning, ...wishes }: From & Partial<SendSignInCode> = {},
) {
  const request = { email: 'nina@example.com', browser: 'own', ...stranger, replaces: null, ...wishes }
  const answer = await signInWithCode(context({ network, now }), {
    ...request,
    code: signInInput.shape.code.parse(code),
  })
  return answer.ok ? 'signed in' : answer.refusal
}

const count = (answers: string[]) =>
  Object.fromEntries([...new Set(answers)].map((one) => [one, answers.filter((each) => each === one).length]))

/** As if this had happened so often in the hour that began with the morning. */
const pretend = (kind: string, subject: string, times: number, since = morning) =>
  sql.query(
    `insert into security_counts (kind, subject, since, times) values ($1, $2, date_bin('1 hour', $3, 'epoch'), $4)`,
    [kind, subject, since, times],
  )

const mailbox = (n: number) => `n${n}@example.com`

describe('codes for one mailbox', () => {
  it('from one network: five an hour and ten a day', async () => {
    const askAt = async (seconds: number) => ask({ now: later(seconds) })
    const answers: string[] = []
    for (const hours of [0, 1, 2]) for (let n = 0; n < 6; n++) answers.push(await askAt(hours * hour))
    expect(count(answers)).toEqual({ sent: 10, too_many_codes: 8 })
    expect(await askAt(day)).toBe('sent')
  })

  it('from one IPv6 /48: ten an hour and twenty a day, however many networks it has', async () => {
    const askFrom = (n: number, seconds = 0) =>
      ask({ network: `/56 number ${n}`, wider: 'a /48', now: later(seconds) })
    expect(count(await atOnce(14, (n) => askFrom(n)))).toEqual({ sent: 10, too_many_codes: 4 })
    expect(count(await atOnce(14, (n) => askFrom(n, hour)))).toEqual({ sent: 10, too_many_codes: 4 })
    expect(await askFrom(99, 2 * hour)).toBe('too_many_codes')
    expect(await ask({ network: 'elsewhere', now: later(2 * hour) })).toBe('sent')
  })

  it('in all: eighty a day, then one long code that works in any browser and waits until it is used', async () => {
    const answers = await atOnce(84, (n) => ask({ network: `network ${n}` }))
    expect(count(answers)).toEqual({ sent: 80, open: 4 })
    expect(mails).toHaveLength(81)
    const code = mails.find(({ text }) => text.length > 6)?.text ?? ''
    expect(code).toMatch(/^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/)
    expect(await attempt('AAAA-AAAA-AAAA-AAAA', { network: 'new' })).toBe('code_expired')
    expect(await attempt(code.toLowerCase(), { network: 'new' })).toBe('signed in')
    expect(await attempt(code, { network: 'new' })).toBe('code_expired')
    expect(await ask({ network: 'new' })).toBe('open')
    expect(mails).toHaveLength(82)
  })

  it('in all: a hundred and sixty a week, so that nobody is bombed day after day', async () => {
    for (const days of [0, 1])
      await atOnce(80, (n) => ask({ network: `network ${n}`, now: later(days * day) }))
    expect(mails).toHaveLength(160)
    for (const days of [2, 3, 4]) expect(await ask({ network: 'new', now: later(days * day) })).toBe('open')
    expect(mails).toHaveLength(163)
    expect(await ask({ network: 'new', now: later(9 * day) })).toBe('sent')
  })

  it('a browser that has signed in before has five an hour of its own', async () => {
    await atOnce(80, (n) => ask({ network: `network ${n}` }))
    await pretend('sign_in.code_sent', 'network:home', 500)
    const own = () => ask({ browser: 'own', isKnownBrowser: true })
    const answers = [await own(), await own(), await own(), await own(), await own(), await own()]
    expect(count(answers)).toEqual({ sent: 5, too_many_codes: 1 })
  })
})

describe('codes for any mailbox', () => {
  it('from one network: thirty an hour, and 120 for people who pass a challenge', async () => {
    expect(count(await atOnce(33, (n) => ask({ email: mailbox(n) })))).toEqual({
      sent: 30,
      challenge_needed: 3,
    })
    expect(count(await atOnce(93, (n) => ask({ email: mailbox(n + 100), passedChallenge: true })))).toEqual({
      sent: 90,
      too_many_codes: 3,
    })
    expect(await ask({ network: 'elsewhere' })).toBe('sent')
    expect(await ask({ now: later(hour) })).toBe('sent')
  })

  it('from one IPv6 /48: four times as many', async () => {
    await pretend('sign_in.code_sent', 'wider:a /48', 119)
    expect(await ask({ network: 'one', wider: 'a /48' })).toBe('sent')
    expect(await ask({ network: 'two', wider: 'a /48' })).toBe('challenge_needed')
    await sql.query("update security_counts set times = 480 where subject = 'wider:a /48'")
    expect(await ask({ network: 'two', wider: 'a /48', passedChallenge: true })).toBe('too_many_codes')
  })

  it('in all: beyond a thousand an hour, a network gets two without a challenge', async () => {
    await pretend('sign_in.code_sent', 'everyone', 1_000)
    expect(await ask({ email: mailbox(1) })).toBe('sent')
    expect(await ask({ email: mailbox(2) })).toBe('sent')
    expect(await ask({ email: mailbox(3) })).toBe('challenge_needed')
    expect(await ask({ email: mailbox(3), passedChallenge: true })).toBe('sent')
    expect(await ask({ email: mailbox(4), network: 'elsewhere' })).toBe('sent')
  })

  it('in all: five thousand an hour exactly, then only for browsers that have signed in before', async () => {
    await pretend('sign_in.code_sent', 'everyone', 4_997)
    const answers = await atOnce(8, (n) => ask({ email: mailbox(n), network: `network ${n}` }))
    expect(count(answers)).toEqual({ sent: 3, too_many_codes: 5 })
    expect(mails).toHaveLength(3)
    expect(await ask({ isKnownBrowser: true })).toBe('sent')
    expect(await ask({ now: later(hour) })).toBe('sent')
  })
})

describe('failed attempts', () => {
  const wrong = (n: number) => (mails[0]?.text === String(n) ? '999999' : String(n).padStart(6, '0'))

  it.each([
    ['of one network', 'network:home', 20],
    ['in all', 'everyone', 1_000],
  ])(
    '%s: when there are many, a new browser tries each code once, or passes a challenge',
    async (_, subject, many) => {
      await pretend('sign_in.refused', subject, many)
      await ask({ browser: 'own' })
      expect(await attempt(wrong(1))).toBe('wrong_code')
      expect(await attempt(wrong(2))).toBe('challenge_needed')
      expect(await attempt(wrong(2), { passedChallenge: true })).toBe('wrong_code')
      expect(await attempt(wrong(3), { isKnownBrowser: true })).toBe('wrong_code')
      expect(await attempt(mails[0]?.text ?? '', { passedChallenge: true })).toBe('signed in')
    },
  )

  it('for one mailbox: thirty a day, counted over browsers and networks; the owner still signs in', async () => {
    for (let n = 0; n < 6; n++) {
      const from = { network: `network ${n}`, browser: `browser ${n}` }
      await ask(from)
      await atOnce(5, (each) => attempt(wrong(each), from))
    }
    await ask({ browser: 'own' })
    const code = mails[0]?.text ?? ''
    expect(await attempt(wrong(1))).toBe('wrong_code')
    expect(await attempt(code)).toBe('challenge_needed')
    await ask({ browser: 'own', now: later(1) })
    expect(await attempt(mails[0]?.text ?? '', { now: later(1) })).toBe('signed in')
  })
})

describe('the security log', () => {
  const logged = async () =>
    (await sql.query('select kind, account_id::int, details, network_hash from security_events order by id'))
      .rows

  it('has every code, refusal and sign-in, and no address', async () => {
    const email = 'logged@example.com'
    await ask({ browser: 'own', email })
    const code = mails[0]?.text ?? ''
    await attempt(code === '000000' ? '000001' : '000000', { email })
    await attempt(code, { email })
    const { rows } = await sql.query('select id::int from accounts where email = $1', [email])
    const account = rows[0].id
    expect(await logged()).toEqual([
      { kind: 'sign_in.code_sent', account_id: null, details: {}, network_hash: 'home' },
      { kind: 'sign_in.refused', account_id: null, details: { why: 'wrong_code' }, network_hash: 'home' },
      { kind: 'sign_in.succeeded', account_id: account, details: { with: 'code' }, network_hash: 'home' },
    ])
    for (let n = 0; n < 5; n++) await ask({ email, now: later(1) })
    expect(
      (await logged()).slice(3).map(({ kind, account_id, details }) => [kind, account_id, details.why]),
    ).toEqual([
      ...Array(4).fill(['sign_in.code_sent', account, undefined]),
      ['sign_in.refused', account, 'too_many_codes'],
    ])
  })

  it('keeps the first two thousand refusals of an hour, and counts the rest', async () => {
    await pretend('sign_in.refused', 'logged', 1_999)
    await attempt('000000')
    await attempt('000000')
    expect(await logged()).toHaveLength(1)
    const { rows } = await sql.query("select times from security_counts where subject = 'everyone'")
    expect(rows).toEqual([{ times: 2 }])
  })
})

describe('alarms', () => {
  const alarms = () => clinic.takeHappenings().filter(({ kind }) => kind === 'alarm.raised')

  it('are raised once by whichever request reaches the threshold', async () => {
    await atOnce(25, () => attempt('000000'))
    expect(alarms()).toMatchObject([
      { what: 'sign_in.refused', by: 'network', times: 20 },
      { what: 'sign_in.refused', by: 'mailbox', times: 20 },
    ])
    await attempt('000000')
    expect(alarms()).toEqual([])
  })

  it('are raised again in the next hour', async () => {
    for (const seconds of [0, hour]) await atOnce(20, () => attempt('000000', { now: later(seconds) }))
    expect(alarms()).toHaveLength(4)
  })

  it('tell of codes sent in all', async () => {
    await pretend('sign_in.code_sent', 'everyone', 999)
    await ask()
    expect(alarms()).toMatchObject([{ what: 'sign_in.code_sent', by: 'everyone', times: 1_000 }])
  })
})

it('there were no deadlocks', async () => {
  expect(await countDeadlocks(sql)).toBe(0)
})
