import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../support/clinic.ts'
import { hireDoctor, openDesk, registerPatient } from '../support/people.ts'

const clinic = await openClinic()
let key: string
let doctor: number
let patient: number

beforeAll(async () => {
  key = await openDesk(clinic.sql)
  const hours = [{ weekdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00' }]
  doctor = await hireDoctor(clinic.sql, { hours })
  patient = await registerPatient(clinic.sql)
})

const signedIn = () => ({ headers: { Authorization: `Bearer ${key}` } })

const address = () => `${clinic.origin}/api/v1/appointments`

function send(body: unknown, headers: Record<string, string> = { 'Content-Type': 'application/json' }) {
  const written = typeof body === 'string' ? body : JSON.stringify(body)
  return fetch(address(), {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, ...headers },
    body: written,
  })
}

const wish = (particulars: Record<string, unknown> = {}) => ({
  appointment: {
    doctor_id: doctor,
    patient_id: patient,
    start_at: '2030-01-07T09:00:00+07:00',
    end_at: '2030-01-07T09:30:00+07:00',
    ...particulars,
  },
})

async function problemOf(response: Response) {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  const body = (await response.json()) as Record<string, unknown>
  expect(body).toMatchObject({
    status: response.status,
    title: expect.any(String),
    detail: expect.any(String),
  })
  const explanation = await fetch(new URL(String(body.type), clinic.origin))
  expect(await explanation.json()).toMatchObject({ problem: { code: body.code } })
  return body
}

describe('POST /api/v1/appointments', () => {
  it('books and returns the address of the appointment', async () => {
    const response = await send(wish())
    expect(response.status).toBe(201)
    const { appointment } = (await response.json()) as { appointment: { id: number } }
    expect(appointment).toEqual({
      id: expect.any(Number),
      doctor_id: doctor,
      patient_id: patient,
      visit_type_id: null,
      location_id: expect.any(Number),
      status: 'booked',
      start_at: '2030-01-07T02:00:00.000Z',
      end_at: '2030-01-07T02:30:00.000Z',
      start_local: '2030-01-07T09:00',
      end_local: '2030-01-07T09:30',
      time_zone: 'Asia/Jakarta',
      awaits_approval_until: null,
      patient_response: null,
      decline_reason: null,
      reason_for_visit: null,
      resources: [],
      session_id: null,
      series_id: null,
      participants: expect.any(Array),
      arrived_at: null,
      arrived_local: null,
      started_at: null,
      started_local: null,
      note: null,
      override_reason: null,
    })
    expect(response.headers.get('Location')).toBe(`/api/v1/appointments/${appointment.id}`)
    const found = await fetch(new URL(response.headers.get('Location') ?? '', clinic.origin), signedIn())
    expect(await found.json()).toEqual({ appointment })
  })

  it('stores the reason for the visit on one line', async () => {
    const times = { start_at: '2030-01-08T15:00:00+07:00', end_at: '2030-01-08T15:30:00+07:00' }
    const about = (reason_for_visit: unknown) => send(wish({ ...times, reason_for_visit }))
    const response = await about(' A cough, since Monday ')
    expect(await response.json()).toMatchObject({
      appointment: { reason_for_visit: 'A cough, since Monday' },
    })
    for (const wrong of ['', ' ', 'x'.repeat(501), 'two\nlines', 7]) {
      const refused = (await (await about(wrong)).json()) as object
      expect(refused).toMatchObject({ errors: [{ pointer: '/appointment/reason_for_visit' }] })
    }
  })

  it('takes ids as strings of digits, and times in any offset', async () => {
    const ids = { doctor_id: String(doctor), patient_id: String(patient) }
    const response = await send(
      wish({ ...ids, start_at: '2030-01-07T03:00Z', end_at: '2030-01-06T23:30:00.000-04:00' }),
    )
    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({ appointment: { end_at: '2030-01-07T03:30:00.000Z' } })
  })

  it('answers 409 to a taken slot, with that day’s next free start', async () => {
    const times = { start_at: '2030-01-08T09:00:00+07:00', end_at: '2030-01-08T09:30:00+07:00' }
    await send(wish(times))
    const other = await registerPatient(clinic.sql, 'Patient One')
    const response = await send(wish({ ...times, patient_id: other }))
    expect(response.status).toBe(409)
    expect(await problemOf(response)).toMatchObject({
      code: 'slot_taken',
      detail: 'The next free start on that day is 2030-01-08T09:30+07:00 (Asia/Jakarta).',
      next_free_start_at: '2030-01-08T02:30:00.000Z',
    })
  })

  it('says in `missing` who cannot come, when booking and when changing who takes part', async () => {
    const times = { start_at: '2030-01-10T09:00:00+07:00', end_at: '2030-01-10T09:30:00+07:00' }
    const busy = await registerPatient(clinic.sql, 'Patient Busy')
    await send(wish({ ...times, doctor_id: await hireDoctor(clinic.sql), patient_id: busy }))
    const taken = { code: 'patient_busy', missing: { type: 'patient', id: busy, name: 'Patient Busy' } }
    expect(await problemOf(await send(wish({ ...times, companion_ids: [busy] })))).toMatchObject(taken)
    const { appointment } = (await (await send(wish(times))).json()) as { appointment: { id: number } }
    const changed = await fetch(`${address()}/${appointment.id}/participants`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', 'If-Match': '"1"' },
      body: JSON.stringify({ participants: { companion_ids: [busy] } }),
    })
    expect(await problemOf(changed)).toMatchObject(taken)
  })

  it('answers 409 to a busy patient', async () => {
    const times = { start_at: '2030-01-09T09:00:00+07:00', end_at: '2030-01-09T09:30:00+07:00' }
    await send(wish(times))
    const response = await send(wish({ ...times, doctor_id: await hireDoctor(clinic.sql) }))
    expect(response.status).toBe(409)
    expect(await problemOf(response)).toMatchObject({ code: 'patient_busy' })
  })

  it.each([
    ['outside_hours', { start_at: '2030-01-12T09:00:00+07:00', end_at: '2030-01-12T09:30:00+07:00' }],
    ['in_the_past', { start_at: '2020-01-07T09:00:00+07:00', end_at: '2020-01-07T09:30:00+07:00' }],
  ])('answers 422 %s', async (code, times) => {
    const response = await send(wish(times))
    expect(response.status).toBe(422)
    expect(await problemOf(response)).toMatchObject({ code })
  })

  it.each([
    ['start_at', { start_at: '2030-01-10T09:00:30+07:00', end_at: '2030-01-10T09:30:00+07:00' }],
    ['end_at', { start_at: '2030-01-10T09:00:00+07:00', end_at: '2030-01-10T09:30:00.5+07:00' }],
  ])('answers 422 to seconds in %s', async (field, times) => {
    const response = await send(wish(times))
    expect(response.status).toBe(422)
    expect(await problemOf(response)).toMatchObject({ errors: [{ pointer: `/appointment/${field}` }] })
  })

  it.each([{ doctor_id: 999_999 }, { patient_id: '999999' }])(
    'answers 404 to the unknown %o',
    async (who) => {
      const response = await send(
        wish({ ...who, start_at: '2030-01-10T09:00Z', end_at: '2030-01-10T09:30Z' }),
      )
      expect(response.status).toBe(404)
      expect(await problemOf(response)).toMatchObject({ code: 'not_found' })
    },
  )
})

describe('a malformed request', () => {
  it('is answered 422, naming every wrong field', async () => {
    const response = await send({
      appointment: { doctor_id: 'x', patient_id: {}, start_at: '2030-01-07T09:00:00', end_at: 'soon' },
    })
    expect(response.status).toBe(422)
    expect(await problemOf(response)).toMatchObject({
      code: 'invalid',
      errors: [
        { pointer: '/appointment/doctor_id', detail: expect.stringContaining('whole number') },
        { pointer: '/appointment/patient_id', detail: expect.stringContaining('whole number') },
        { pointer: '/appointment/start_at', detail: expect.stringContaining('offset') },
        { pointer: '/appointment/end_at', detail: expect.stringContaining('ISO 8601') },
      ],
    })
  })

  it.each([
    ['no length at all', { end_at: '2030-01-07T09:00:00+07:00' }],
    ['a length of a century', { end_at: '2130-01-07T09:00:00+07:00' }],
  ])('is answered 422 for %s', async (_, times) => {
    const problem = await problemOf(await send(wish(times)))
    expect(problem).toMatchObject({ code: 'invalid', errors: [{ pointer: '/appointment/end_at' }] })
  })

  it.each([
    ['null', ''],
    ['[]', ''],
    ['{}', '/appointment'],
    ['{"appointment":[1]}', '/appointment'],
  ])('is answered 422 when the body is %s', async (body, pointer) => {
    expect(await problemOf(await send(body))).toMatchObject({ code: 'invalid', errors: [{ pointer }] })
  })

  it.each(['', '{', '{"appointment":', '\u0000'])('is answered 400 when %j is not JSON', async (body) => {
    const response = await send(body)
    expect(response.status).toBe(400)
    expect(await problemOf(response)).toMatchObject({ code: 'malformed_json' })
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', ''])(
    'is answered 415 when its content type is %j',
    async (type) => {
      const response = await send(wish(), type ? { 'Content-Type': type } : { 'Content-Type': ' ' })
      expect(response.status).toBe(415)
      expect(await problemOf(response)).toMatchObject({ code: 'unsupported_media_type' })
    },
  )

  it('may be as large as 16 KB', async () => {
    const rest = JSON.stringify({ ...wish({ doctor_id: 'x' }), padding: '' }).length
    const body = { ...wish({ doctor_id: 'x' }), padding: 'x'.repeat(16 * 1024 - rest) }
    expect((await send(body)).status).toBe(422)
  })

  it('is answered 413 over 16 KB, however it is sent', async () => {
    const body = JSON.stringify({ ...wish(), padding: 'x'.repeat(16 * 1024) })
    expect(await problemOf(await send(body))).toMatchObject({ code: 'too_large', status: 413 })
    const stream = new Blob([body]).stream()
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` }
    const chunked = await fetch(address(), {
      method: 'POST',
      headers,
      body: stream,
      duplex: 'half',
    } as RequestInit)
    expect(await problemOf(chunked)).toMatchObject({ code: 'too_large', status: 413 })
  })

  it('is answered 422 when the front desk names no patient', async () => {
    const problem = await problemOf(await send(wish({ patient_id: undefined })))
    expect(problem).toMatchObject({ errors: [{ pointer: '/appointment/patient_id', detail: 'is required' }] })
  })

  it.each(['', '{', '{}'])('is answered 401 without a key, before its body is read: %j', async (body) => {
    const response = await fetch(address(), { method: 'POST', body })
    expect(response.status).toBe(401)
    expect(response.headers.get('WWW-Authenticate')).toBe('Bearer realm="AloBooking"')
    expect(await problemOf(response)).toMatchObject({ code: 'not_signed_in' })
  })

  it('never reaches the database', async () => {
    clinic.takeTrips()
    await send('{')
    await send(wish({ doctor_id: -1 }))
    await send(wish(), { 'Content-Type': 'text/plain' })
    expect(clinic.takeTrips()).toEqual([])
  })
})

it.each(['abc', '0', '999999', '99999999999999999999', '1.5'])(
  'GET of the unknown appointment %s is 404',
  async (id) => {
    const response = await fetch(`${address()}/${id}`, signedIn())
    expect(response.status).toBe(404)
    expect(await problemOf(response)).toMatchObject({ code: 'not_found' })
  },
)

it('an unknown address is 404 and an unknown method 405', async () => {
  expect(await problemOf(await fetch(`${clinic.origin}/api/v2/anything`))).toMatchObject({
    code: 'not_found',
  })
  const response = await fetch(address(), { method: 'DELETE', ...signedIn() })
  expect(response.status).toBe(405)
  expect(response.headers.get('Allow')).toBe('GET, HEAD, POST, OPTIONS')
  expect(await problemOf(response)).toMatchObject({ code: 'method_not_allowed' })
})
