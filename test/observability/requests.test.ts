import { beforeAll, beforeEach, expect, it } from 'vitest'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import {
  defineVisitType,
  giveKey,
  hireDoctor,
  openAccount,
  openDesk,
  openSession,
  registerPatient,
} from '../support/people.ts'

const clinic = await openClinic({ vars: { RELEASE: 'abc123' } })
const { origin, sql } = clinic
let doctor: number
let visitType: number
let patient: number
let account: number
let key: string

beforeAll(async () => {
  visitType = await defineVisitType(sql)
  doctor = await hireDoctor(sql, { visitTypes: [visitType] })
  patient = await registerPatient(sql, 'Siti Rahayu')
  account = await openAccount(sql, { patientIds: [patient] })
  key = await giveKey(sql, account)
})
beforeEach(() => void clinic.takeLines())

const post = { method: 'POST', redirect: 'manual', headers: { Origin: origin } } as const
const halfAForm = { 'Content-Type': 'multipart/form-data; boundary=x' }
const requests = () => clinic.takeLines().filter(({ message }) => message === 'request')
const wish = (start_at: string) => ({
  appointment: { visit_type_id: visitType, doctor_id: doctor, start_at },
})

it('each request is one line: who, what, the result and the cost', async () => {
  const booked = await asking(origin, key)('POST', '/appointments', wish('2030-01-07T09:00:00Z'))
  expect(booked.status).toBe(201)
  const lines = requests()
  expect(lines).toEqual([
    {
      level: 'info',
      message: 'request',
      at: expect.stringMatching(/^20\d\d-.+Z$/),
      request_id: booked.headers.get('X-Request-Id'),
      door: 'api',
      method: 'POST',
      route: '/api/v1/appointments',
      path: '/api/v1/appointments',
      actor: { kind: 'api_client', role: 'patient', account_id: account, key_id: expect.any(Number) },
      doctor_id: doctor,
      status: 201,
      duration_ms: expect.any(Number),
      trips: 2,
      trip_ms: expect.any(Number),
      release: 'abc123',
      environment: 'local',
    },
  ])
})

it('the API and the pages name their refusals', async () => {
  const ask = asking(origin, key)
  await ask('POST', '/appointments', wish('2030-01-07T10:00:00Z'))
  const again = { ...wish('2030-01-07T10:00:00Z'), visit: 1 }
  await ask('POST', '/appointments', wish('2030-01-07T10:00:00Z'))
  await ask('POST', '/appointments', again)
  await asking(origin, 'unknown-key')('GET', '/appointments/7')
  const form = { visit_type_id: String(visitType), slot: `${doctor}/2030-01-07T10:00:00Z` }
  await fetch(`${origin}/booking/holds`, { ...post, body: new URLSearchParams(form) })
  await fetch(`${origin}/appointments/7`, { headers: { Cookie: await openSession(sql, account) } })
  expect(requests().map(({ door, route, status, refusal }) => [door, route, status, refusal])).toEqual([
    ['api', '/api/v1/appointments', 201, undefined],
    ['api', '/api/v1/appointments', 409, expect.stringMatching(/slot_taken|patient_busy/)],
    ['api', '/api/v1/appointments', 422, 'invalid'],
    ['api', '/api/v1/appointments/:id', 401, 'unknown_key'],
    ['web', '/booking/holds', 409, 'slot_taken'],
    ['web', '/appointments/:id', 404, 'not_found'],
  ])
})

it('the appointment and the doctor are named by their ids', async () => {
  const session = await openSession(sql, account)
  await fetch(`${origin}/booking?visit_type_id=${visitType}&doctor_id=${doctor}&from=2030-01-07`)
  await fetch(`${origin}/booking/confirmation/7`, { headers: { Cookie: session } })
  await fetch(`${origin}/booking/holds`, {
    ...post,
    body: new URLSearchParams({ visit_type_id: String(visitType), slot: `${doctor}/2030-01-07T15:00:00Z` }),
  })
  await asking(origin, key)('POST', '/appointments', { appointment: { hold_id: 4711 } })
  const about = requests().map(({ door, path, appointment_id, doctor_id }) => ({
    [`${door} ${path}`]: [appointment_id, doctor_id],
  }))
  const query = `visit_type_id=${visitType}&doctor_id=${doctor}&from=2030-01-07`
  expect(about).toEqual([
    { [`public /booking?${query}&lang=en`]: [undefined, doctor] },
    { [`web /booking?${query}`]: [undefined, doctor] },
    { 'web /booking/confirmation/7': [7, undefined] },
    { 'web /booking/holds': [undefined, doctor] },
    { 'api /api/v1/appointments': [4711, undefined] },
  ])
})

it('the public entrypoint logs its own cost with the same request id', async () => {
  const page = await fetch(`${origin}/booking?lang=en`)
  const id = page.headers.get('X-Request-Id')
  expect(requests()).toMatchObject([
    { door: 'public', request_id: id, trips: 1 },
    { door: 'web', request_id: id, trips: 0 },
  ])
})

it('no line contains anything a person wrote or that identifies them', async () => {
  const secret = {
    name: 'Ketut Dharma',
    email: 'ketut@example.com',
    phone: '0812 5550 1234',
    reason: 'a lump behind the ear',
    address: '203.0.113.77',
  }
  const desk = await openDesk(sql)
  const front = await openSession(sql, await openAccount(sql, { role: 'front_desk' }))
  const searches = { '/patients': 'q', '/desk/book/patient-search': 'q' }
  const session = await openSession(sql, await openAccount(sql, { patientIds: [patient], name: secret.name }))
  const headers = { Cookie: session, 'CF-Connecting-IP': secret.address, Origin: origin }
  const ask = asking(origin, desk)
  await ask('POST', '/patients', { patient: { name: secret.name } })
  await ask('POST', '/appointments', {
    appointment: {
      ...wish('2030-01-07T11:00:00Z').appointment,
      patient_id: patient,
      reason_for_visit: secret.reason,
    },
  })
  for (const value of [secret.name, secret.email, secret.phone]) {
    const written = encodeURIComponent(value)
    await fetch(`${origin}/booking?patient=${written}&doctor_id=${written}&from=${written}`, { headers })
    await ask('GET', `/patients?name=${written}`)
    await ask('GET', `/patients?q=${written}`)
    await ask('POST', '/patients/search', { search: { q: value } })
    for (const [path, field] of Object.entries(searches)) {
      const body = new URLSearchParams({ [field]: value })
      await fetch(origin + path, { method: 'POST', headers: { ...headers, Cookie: front }, body })
    }
    await fetch(`${origin}/${written}`, { headers })
    await fetch(`${origin}/appointments/${written}`, { headers })
    await fetch(`${origin}/sign-in`, { method: 'POST', headers, body: new URLSearchParams({ email: value }) })
  }
  const lines = JSON.stringify(clinic.takeLines())
  expect(lines.match(/"message":"request"/g)?.length).toBeGreaterThan(10)
  const cookie = session.split('=')[1] ?? ''
  for (const hidden of [...Object.values(secret), ...Object.values(secret).map(encodeURIComponent)])
    expect(lines).not.toContain(hidden)
  for (const hidden of [desk, cookie, decodeURIComponent(cookie)]) expect(lines).not.toContain(hidden)
})

it('Server-Timing shows the total time and the database’s', async () => {
  const page = await fetch(`${origin}/healthz`)
  expect(page.headers.get('Server-Timing')).toMatch(/^total;dur=\d+, db;dur=\d+;desc="trips: 1"$/)
})

it.each([
  ['an unknown page', '/nowhere', {}, 404],
  ['a form of another site', '/booking', { ...post, headers: { Origin: 'https://elsewhere.example' } }, 403],
  ['too large a form', '/sign-in', { ...post, body: 'x'.repeat(17_000) }, 413],
  ['a malformed form', '/sign-in', { ...post, headers: { Origin: origin, ...halfAForm }, body: 'x' }, 400],
])('the page that refuses %s shows the request id', async (_, path, request, status) => {
  const answer = await fetch(origin + path, request)
  expect(answer.status).toBe(status)
  const id = answer.headers.get('X-Request-Id') ?? 'none'
  expect(await answer.text()).toContain(`<code>${id}</code>`)
})

it('the client’s own request id is in the log only, beside ours', async () => {
  clinic.takeLines()
  const answer = await fetch(`${origin}/nowhere`, { headers: { 'X-Request-Id': 'call-4711' } })
  const ours = answer.headers.get('X-Request-Id')
  expect(ours).toMatch(/^[\da-f-]{36}$/)
  expect(clinic.takeLines()).toMatchObject([{ request_id: ours, client_request_id: 'call-4711' }])
  for (const sent of ['siti@example.com', '<b>', 'x'.repeat(101), 'a b'])
    await fetch(`${origin}/nowhere`, { headers: { 'X-Request-Id': sent } })
  const others = clinic.takeLines()
  expect(others).toHaveLength(4)
  expect(others.filter((line) => 'client_request_id' in line)).toEqual([])
})

it('an event and the cached page’s line have our request id', async () => {
  const sent = { 'X-Request-Id': 'call-4712' }
  clinic.takeLines()
  await fetch(`${origin}/booking?lang=id`, { headers: sent })
  const [inner, outer] = clinic.takeLines()
  expect([inner?.door, outer?.door]).toEqual(['public', 'web'])
  expect(inner?.request_id).toBe(outer?.request_id)
  const written = JSON.stringify(wish('2030-01-08T09:00:00Z'))
  const headers = { ...sent, Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
  const booked = await fetch(`${origin}/api/v1/appointments`, { method: 'POST', headers, body: written })
  expect(booked.status).toBe(201)
  const { rows } = await sql.query('select request_id from events order by id desc limit 1')
  expect(rows).toEqual([{ request_id: booked.headers.get('X-Request-Id') }])
})
