import { beforeAll, describe, expect, it, vi } from 'vitest'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  openAccount,
  openDesk,
  openSession,
  registerPatient,
} from '../support/people.ts'
import { openSentry } from '../support/sentry.ts'

const sentry = await openSentry()
const clinic = await openClinic({
  vars: { SENTRY_DSN: sentry.dsn, RELEASE: 'abc123' },
})
const { origin, sql } = clinic
let doctor: number
let patient: number
let desk: string

beforeAll(async () => {
  const visitType = await defineVisitType(sql)
  doctor = await hireDoctor(sql, { visitTypes: [visitType] })
  patient = await registerPatient(sql, 'Wulan Sari')
  desk = await openDesk(sql)
  // A fault of ours: the function the code calls is missing.
  await sql.query('alter table appointments rename to appointments_elsewhere')
})

const secret = {
  name: 'Wulan Sari',
  email: 'wulan@example.com',
  phone: '+62 812 5550 1234',
  reason: 'a lump behind the ear',
  address: '203.0.113.77',
}

const book = () =>
  asking(origin, desk)('POST', '/appointments', {
    appointment: {
      doctor_id: doctor,
      patient_id: patient,
      start_at: '2030-01-07T09:00:00Z',
      end_at: '2030-01-07T09:30:00Z',
      override_reason: `${secret.name} ${secret.email} ${secret.phone}`,
      reason_for_visit: secret.reason,
    },
  })
const failures = () => clinic.takeLines().filter(({ message }) => message === 'failure')
const itemsSent = (many: number) =>
  vi.waitUntil(
    () => {
      const items = sentry.takeItems()
      if (items.length > 0) arrived.push(...items)
      return arrived.length >= many && arrived.splice(0)
    },
    { timeout: 10_000 },
  )
const arrived: ReturnType<typeof sentry.takeItems> = []

describe('while Sentry is up', () => {
  it('a failure is sent with its causes, who, what and the release', async () => {
    const answer = await book()
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } })
    const [item] = await itemsSent(1)
    expect(item).toMatchObject({
      type: 'event',
      payload: {
        level: 'error',
        release: 'abc123',
        environment: 'local',
        transaction: 'POST /api/v1/appointments',
        tags: {
          request_id: answer.headers.get('X-Request-Id'),
          door: 'api',
          'actor.kind': 'api_client',
          'actor.role': 'front_desk',
          'actor.account_id': expect.stringMatching(/^\d+$/),
          doctor_id: String(doctor),
          // The row type of the table that is missing.
          sqlstate: '42704',
        },
      },
    })
    const [inner, outer] = item?.payload.exception.values ?? []
    expect(inner).toMatchObject({ type: 'NeonDbError', value: expect.stringContaining('does not exist') })
    expect(
      (outer ?? inner).stacktrace.frames.map(({ function: name }: { function: string }) => name),
    ).toContain('beginAppointment')
    expect(failures()).toMatchObject([{ request_id: answer.headers.get('X-Request-Id'), door: 'api' }])
  })

  it('failures of the public page and of jobs are sent', async () => {
    const [away, back] = ['rename to elsewhere', 'elsewhere rename to']
    await sql.query(`alter table visit_types ${away}`)
    await fetch(`${origin}/booking`)
    await sql.query(`alter table ${back} visit_types; alter table sign_in_codes ${away}`)
    await fetch(`${origin}/cdn-cgi/handler/scheduled?cron=17+19+*+*+*`)
    await sql.query(`alter table ${back} sign_in_codes`)
    const items = await itemsSent(2)
    expect(items.map(({ payload }) => [payload.tags.door, payload.transaction])).toEqual([
      ['public', 'GET /booking'],
      ['job', 'cron 17 19 * * *'],
    ])
    expect(failures().map(({ door }) => door)).toEqual(['public', 'job'])
  })

  it('a failure of a page is sent with the account and the appointment', async () => {
    const account = await openAccount(sql, { patientIds: [patient], name: secret.name, email: secret.email })
    const Cookie = await openSession(sql, account)
    const headers = { Cookie, 'CF-Connecting-IP': secret.address, 'User-Agent': 'the telephone of Wulan' }
    const query = new URLSearchParams({ patient: secret.name, phone: secret.phone })
    expect((await fetch(`${origin}/appointments/77?${query}`, { headers })).status).toBe(500)
    const [item] = await itemsSent(1)
    expect(item?.payload.tags).toMatchObject({ 'actor.account_id': String(account), appointment_id: '77' })
    expect(sentry.written()).not.toContain(decodeURIComponent(Cookie.split('=')[1] ?? '').slice(0, 20))
    failures()
  })

  it('nothing sent identifies a person or repeats what they wrote', () => {
    const written = sentry.written()
    expect(written).toContain('"type":"event"')
    for (const hidden of [...Object.values(secret), desk, 'Wulan', 'telephone', 'Bearer', 'insert into'])
      expect([hidden, written.includes(hidden)]).toEqual([hidden, false])
  })

  it('refusals are not sent', async () => {
    await asking(origin, 'unknown-key')('GET', '/appointments/7')
    await fetch(`${origin}/nowhere`)
    await book()
    expect(await itemsSent(1)).toHaveLength(1)
    expect(failures()).toHaveLength(1)
  })
})

describe('while Sentry is down', () => {
  it('the answer does not wait for Sentry', async () => {
    sentry.become('silent')
    clinic.takeLines()
    expect((await book()).status).toBe(500)
    // Sentry has not been given up yet: that would add a line.
    expect(clinic.takeLines().map(({ message }) => message)).toEqual(['failure', 'request'])
    await vi.waitUntil(() => sentry.unanswered() === 1, { timeout: 10_000 })
    expect(await asking(origin, desk)('GET', '/doctors')).toMatchObject({ status: 200 })
    expect(sentry.unanswered()).toBe(1)
  })

  it.each(['ill', 'gone'] as const)(
    'the answer is the same while it is %s, and the log says so',
    async (how) => {
      if (how === 'ill') sentry.become('ill')
      else sentry.stop()
      clinic.takeLines()
      const answer = await book()
      expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } })
      const id = answer.headers.get('X-Request-Id')
      const lines: ReturnType<typeof clinic.takeLines> = []
      const mine = () => lines.filter(({ request_id }) => request_id === id).map(({ message }) => message)
      await vi.waitUntil(() => lines.push(...clinic.takeLines()) && mine().includes('Sentry not notified'))
      // The failure comes before any other line about it.
      expect(mine()).toEqual(['failure', 'request', 'Sentry not notified'])
    },
  )
})
