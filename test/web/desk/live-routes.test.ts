import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { listenTo } from '../../support/live.ts'
import {
  hireDoctor,
  locationOf,
  openAccount,
  openDesk,
  openLocation,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
let doctor: number
let location: number
let patient: number
let key: string
let hour = 0

beforeAll(async () => {
  doctor = await hireDoctor(sql)
  location = await locationOf(sql, doctor)
  patient = await registerPatient(sql)
  key = await openDesk(sql)
})

const feed = (id: number | string = location) => `${origin}/desk/live?location=${id}`

async function signIn(wishes: Parameters<typeof openAccount>[1]) {
  const account = await openAccount(sql, wishes)
  return { account, headers: { Cookie: await openSession(sql, account), Origin: origin } }
}

function ask(method: string, path: string, body?: object): Promise<Response> {
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
  return fetch(`${origin}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
}

function book(): Promise<Response> {
  const start = Date.parse('2030-01-07T01:00:00Z') + hour++ * 3_600_000
  const times = {
    start_at: new Date(start).toISOString(),
    end_at: new Date(start + 1_800_000).toISOString(),
  }
  return ask('POST', '/appointments', { appointment: { doctor_id: doctor, patient_id: patient, ...times } })
}

it('two front desks hear within two seconds of what an API client booked', async () => {
  const pages = [
    await listenTo(feed(), (await signIn({ role: 'front_desk' })).headers),
    await listenTo(feed(), (await signIn({ role: 'admin' })).headers),
  ]
  const booked = await book()
  expect(booked.status).toBe(201)
  const days = [{ from: '2030-01-07', to: '2030-01-07' }]
  await expect.poll(() => pages.map(({ heard }) => heard), { timeout: 2_000 }).toEqual([[days], [days]])
})

describe('each of these reaches the day', () => {
  let today = 0
  beforeAll(async () => {
    const { rows } = await sql.query(
      `insert into appointments (doctor_id, patient_id, start_at, end_at)
       select $1, $2, noon, noon + interval '30 minutes'
       from (select date_trunc('day', now(), 'Asia/Jakarta') + interval '12 hours' as noon) today returning id`,
      [doctor, patient],
    )
    today = rows[0].id
  })
  const reason = { cancellation: { reason: 'Ill' } }
  const at = (date: string) => ({ start_local: `${date}T09:00`, end_local: `${date}T10:00` })
  // biome-ignore format: one line each
  const changes: Record<string, () => Promise<Response>> = {
    'a check-in': () => ask('POST', `/appointments/${today}/arrival`),
    'its undoing': () => ask('DELETE', `/appointments/${today}/arrival`),
    'a cancellation': () => ask('POST', `/appointments/${today}/cancellation`, reason),
    'a flag of a patient': () => ask('PUT', `/patients/${patient}/flags/interpreter`),
    'time off': () => ask('POST', `/doctors/${doctor}/time-off`, { time_off: at('2031-01-06') }),
    'a closure': () => ask('POST', `/locations/${location}/closures`, { closure: at('2031-02-06') }),
  }
  it.each(Object.entries(changes))('%s', async (_, change) => {
    const page = await listenTo(feed(), (await signIn({ role: 'front_desk' })).headers)
    const { status } = await change()
    expect([200, 201, 204]).toContain(status)
    await expect.poll(() => page.heard.length).toBeGreaterThan(0)
  })
})

it('takes one trip to connect', async () => {
  const { headers } = await signIn({ role: 'front_desk' })
  await fetch(feed(), { headers })
  clinic.takeTrips()
  await listenTo(feed(), headers)
  // Who it is, and whether they may.
  expect(clinic.takeTrips().length).toBeLessThanOrEqual(2)
})

it('a front desk that is bound to a location hears of no other', async () => {
  const { account, headers } = await signIn({ role: 'front_desk' })
  await sql.query('insert into account_locations values ($1, $2)', [account, location])
  expect((await fetch(feed(), { headers })).status).toBe(426)
  expect((await fetch(feed(await openLocation(sql)), { headers })).status).toBe(404)
})

describe('is not there', () => {
  it.each(['patient', 'nobody'])('for %s', async (who) => {
    const headers = who === 'patient' ? (await signIn({ patientIds: [patient] })).headers : {}
    expect((await fetch(feed(), { headers })).status).toBe(404)
    await expect(listenTo(feed(), headers)).rejects.toThrow()
  })

  it('for a location that does not exist', async () => {
    const { headers } = await signIn({ role: 'front_desk' })
    for (const unknown of [999_999, 'x', ''])
      expect((await fetch(feed(unknown), { headers })).status).toBe(404)
  })

  it('for the script of another site', async () => {
    const { headers } = await signIn({ role: 'front_desk' })
    await expect(listenTo(feed(), { ...headers, Origin: 'https://elsewhere.example' })).rejects.toThrow()
  })

  it('for a session that has ended', async () => {
    const { account, headers } = await signIn({ role: 'front_desk' })
    await sql.query('delete from sessions where account_id = $1', [account])
    await expect(listenTo(feed(), headers)).rejects.toThrow()
  })
})
