import { describe, expect, it } from 'vitest'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  locationOf,
  openAdmin,
  openDesk,
  registerPatient,
} from '../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
const [admin, desk] = [await openAdmin(sql), await openDesk(sql)]
const ask = asking(clinic.origin, admin)
const visitTypeId = await defineVisitType(sql)

/** An appointment at nine in Jakarta. */
async function bookNine() {
  const doctorId = await hireDoctor(sql, { visitTypes: [visitTypeId] })
  const locationId = await locationOf(sql, doctorId)
  const patientId = await registerPatient(sql, 'Ani')
  const wish = { doctor_id: doctorId, patient_id: patientId, visit_type_id: visitTypeId }
  const booked = await ask('POST', '/appointments', {
    appointment: { ...wish, start_at: '2032-01-05T09:00:00+07:00' },
  })
  return { doctorId, locationId, patientId, id: booked.body.appointment.id as number }
}

async function read(path: string, ifNoneMatch?: string, key = admin) {
  const headers = { Authorization: `Bearer ${key}`, ...(ifNoneMatch && { 'If-None-Match': ifNoneMatch }) }
  const response = await fetch(`${clinic.origin}/api/v1${path}`, { headers })
  const text = await response.text()
  return {
    status: response.status,
    etag: response.headers.get('ETag') ?? '',
    body: text ? JSON.parse(text) : null,
  }
}

async function patch(path: string, body: object, ifMatch: string, key = admin) {
  const response = await fetch(`${clinic.origin}/api/v1${path}`, {
    method: 'PATCH',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', 'If-Match': ifMatch },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}

const toMakassar = (keeps?: string) => ({ location: { time_zone: 'Asia/Makassar', ...(keeps && { keeps }) } })

describe('PATCH /locations/{id} with another time zone', () => {
  it.each([
    ['clock_time', '2032-01-05T01:00:00.000Z', '2032-01-05T09:00'],
    ['instant', '2032-01-05T02:00:00.000Z', '2032-01-05T10:00'],
  ])('keeps the %s, and the appointment has a new ETag', async (keeps, start_at, start_local) => {
    const { locationId, id } = await bookNine()
    const [before, location] = [await read(`/appointments/${id}`), await read(`/locations/${locationId}`)]
    expect(before.body.appointment).toMatchObject({ start_local: '2032-01-05T09:00' })
    const changed = await patch(`/locations/${locationId}`, toMakassar(keeps), location.etag)
    expect(changed).toMatchObject({ status: 200, body: { location: { time_zone: 'Asia/Makassar' } } })
    const after = await read(`/appointments/${id}`, before.etag)
    expect(after.status).toBe(200)
    expect(after.etag).not.toBe(before.etag)
    expect(after.body.appointment).toMatchObject({ start_at, start_local, time_zone: 'Asia/Makassar' })
    expect((await read(`/appointments/${id}`, after.etag)).status).toBe(304)
  })

  it('asks for the choice, names both, and counts what it concerns', async () => {
    const { locationId, id } = await bookNine()
    const { status, body } = await ask('PATCH', `/locations/${locationId}`, toMakassar())
    expect([status, body.code]).toEqual([422, 'keeps_needed'])
    expect(body.detail).toMatch(/`clock_time`.*`instant`/)
    expect(body).toMatchObject({
      errors: [{ pointer: '/location/keeps', detail: 'is required' }],
      concerned: {
        appointment_count: 1,
        examples: [
          {
            appointment_id: id,
            clock_time: { start_local: '2032-01-05T09:00' },
            instant: { start_local: '2032-01-05T10:00' },
          },
        ],
      },
    })
  })

  it('names conflicts and the other locations of its doctors', async () => {
    const [one, other] = [await bookNine(), await bookNine()]
    await sql.query('insert into doctor_locations values ($1, $2)', [one.doctorId, other.locationId])
    const linked = await ask('PATCH', `/locations/${one.locationId}`, toMakassar('clock_time'))
    expect(linked).toMatchObject({
      status: 409,
      body: { code: 'doctors_elsewhere', locations: [{ id: other.locationId }] },
    })
    const elsewhere = await bookNine()
    await ask('POST', '/appointments', {
      appointment: {
        doctor_id: elsewhere.doctorId,
        patient_id: one.patientId,
        visit_type_id: visitTypeId,
        start_at: '2032-01-05T08:00:00+07:00',
        override_reason: 'Early',
      },
    })
    const location = { ...toMakassar('clock_time').location, together_with: [other.locationId] }
    const refused = await ask('PATCH', `/locations/${one.locationId}`, { location })
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'clock_times_taken',
        conflicts: [{ reason: 'patient_busy', appointment: { id: one.id, patient_name: 'Ani' } }],
      },
    })
  })

  it('is refused of an old version, of a zone that is none, and to everyone but admins', async () => {
    const { locationId } = await bookNine()
    const path = `/locations/${locationId}`
    const { etag } = await read(path)
    await patch(path, { location: { phone: '1' } }, etag)
    await patch(path, { location: { phone: '2' } }, '*')
    expect((await patch(path, toMakassar('instant'), '"1"')).body.code).toBe('stale')
    const mars = { location: { time_zone: 'Mars/Olympus', keeps: 'instant' } }
    expect((await patch(path, mars, '*')).body.errors).toMatchObject([{ pointer: '/location/time_zone' }])
    const noChoice = { location: { time_zone: 'Asia/Makassar', keeps: 'both' } }
    expect((await patch(path, noChoice, '*')).body.errors).toMatchObject([{ pointer: '/location/keeps' }])
    expect((await patch(path, toMakassar('instant'), '*', desk)).body.code).toBe('forbidden')
  })

  it('does it once for one idempotency key', async () => {
    const { locationId, id } = await bookNine()
    const send = async () =>
      fetch(`${clinic.origin}/api/v1/locations/${locationId}`, {
        method: 'PATCH',
        headers: {
          Authorization: `Bearer ${admin}`,
          'Content-Type': 'application/json',
          'If-Match': '*',
          'Idempotency-Key': `"zone-${locationId}"`,
        },
        body: JSON.stringify(toMakassar('clock_time')),
      }).then((response) => response.json())
    const first = await send()
    expect(await send()).toEqual(first)
    const { rows } = await sql.query('select event_count from appointments where id = $1', [id])
    expect(rows).toEqual([{ event_count: 2 }])
  })
})

/** What one answer shows of something else, and how that is changed. */
const shown: [what: string, path: string, change: string][] = [
  ['the name of the doctor', '/appointments/{id}', `update doctors set name = 'Dr. Other' where id = $1`],
  [
    'the zone of the location',
    '/appointments/{id}',
    `update locations set time_zone = 'Asia/Jayapura' where id = $2`,
  ],
  ['the name of the location', '/doctors/{doctor}', `update locations set name = 'Once more' where id = $2`],
  ['the zone of the location', '/doctors/{doctor}', `update locations set time_zone = 'UTC' where id = $2`],
  [
    'the length of a visit type',
    '/doctors/{doctor}',
    `update visit_types set minutes = minutes + 5 where id = $4`,
  ],
  [
    'the hours of the doctor',
    '/doctors/{doctor}',
    `update weekly_hours set closes_at = '15:00' where doctor_id = $1`,
  ],
  ['the address of a location', '/locations', `update locations set address = 'Jl. Baru 1' where id = $2`],
  ['the name of a visit type', '/visit-types', `update visit_types set name = name || '!' where id = $4`],
  ['the name of the patient', '/patients/{patient}', `update patients set name = 'Budi' where id = $3`],
]

describe('an answer has a new ETag when it shows something else', () => {
  it.each(shown)('%s in %s', async (_, path, change) => {
    const { id, doctorId, locationId, patientId } = await bookNine()
    const ids = [doctorId, locationId, patientId, visitTypeId]
    const address = path
      .replace('{id}', String(id))
      .replace('{doctor}', String(doctorId))
      .replace('{patient}', String(patientId))
    const before = await read(address)
    expect(before.etag).not.toBe('')
    expect((await read(address, before.etag)).status).toBe(304)
    const used = ids.filter((_, n) => change.includes(`$${n + 1}`))
    await sql.query(change.replace(/\$\d/, '$1'), used)
    const after = await read(address, before.etag)
    const differs = JSON.stringify(after.body) !== JSON.stringify(before.body)
    expect([after.status, after.etag !== before.etag]).toEqual(differs ? [200, true] : [304, false])
    expect(differs).toBe(true)
  })
})
