import { expect, it } from 'vitest'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { defineVisitType, hireDoctor, openAdmin, openLocation, registerPatient } from '../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
const ask = asking(clinic.origin, await openAdmin(sql))
const [one, other, far] = [
  await openLocation(sql),
  await openLocation(sql),
  await openLocation(sql, 'Europe/Berlin'),
]
const hours = (location_id?: number, opens_at = '09:00', closes_at = '12:00') => ({
  weekly_hours: [{ weekday: 1, opens_at, closes_at, location_id }],
})

it('hires a doctor at several locations of one time zone', async () => {
  const doctor = { name: 'Dr. Strange', location_ids: [other, one] }
  const hired = await ask('POST', '/doctors', { doctor })
  expect(hired).toMatchObject({
    status: 201,
    body: { doctor: { location_ids: [other, one], location_id: other } },
  })
  const shown = await ask('GET', `/doctors/${hired.body.doctor.id}`)
  expect(shown.body.doctor).toMatchObject({
    locations: [{ id: other }, { id: one }],
    location: { id: other },
  })
  expect(shown.headers.get('Deprecation')).toBe('@1795910400')
  expect(shown.headers.get('Sunset')).toBe('Tue, 30 Nov 2027 00:00:00 GMT')
  expect(await ask('POST', '/doctors', { doctor: { ...doctor, location_ids: [one, far] } })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/doctor/location_ids', detail: 'must all be in the same time zone' }] },
  })
  expect((await ask('POST', '/doctors', { doctor: { name: 'Dr. Nowhere' } })).status).toBe(422)
  const old = await ask('POST', '/doctors', { doctor: { name: 'Dr. Who', location_id: one } })
  expect(old.body.doctor).toMatchObject({ location_ids: [one], location_id: one })
})

it('asks at which of several locations hours are, and ends those where a doctor works no more', async () => {
  const { body } = await ask('POST', '/doctors', {
    doctor: { name: 'Dr. Strange', location_ids: [one, other] },
  })
  const path = `/doctors/${body.doctor.id}`
  for (const [place, detail] of [
    [undefined, 'is required'],
    [far, 'does not exist'],
  ] as const)
    expect(await ask('PUT', `${path}/weekly-hours`, hours(place))).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/weekly_hours/0/location_id', detail }] },
    })
  expect((await ask('PUT', `${path}/weekly-hours`, hours(other))).status).toBe(200)
  expect((await ask('GET', `${path}/weekly-hours`)).body).toMatchObject(hours(other))
  expect(await ask('PATCH', path, { doctor: { location_ids: [one, far] } })).toMatchObject({ status: 422 })
  const moved = await ask('PATCH', path, { doctor: { location_ids: [one] } })
  expect(moved.body).toMatchObject({
    doctor: { locations: [{ id: one }], weekly_hours: [] },
    appointment_ids: [],
  })
  expect((await ask('GET', `${path}/weekly-hours`)).body.weekly_hours).toEqual([])
})

it('never books two rows of one person for the same minute', async () => {
  const visitType = await defineVisitType(sql)
  const doctors = [
    await hireDoctor(sql, { visitTypes: [visitType] }),
    await hireDoctor(sql, { visitTypes: [visitType] }),
  ]
  const book = async (doctor_id: number | undefined, start_at: string) => {
    const patient_id = await registerPatient(sql)
    return ask('POST', '/appointments', {
      appointment: { doctor_id, patient_id, visit_type_id: visitType, start_at },
    })
  }
  const [first, second] = doctors
  const early = await book(first, '2030-01-07T03:00:00Z')
  const late = await book(second, '2030-01-07T03:15:00Z')
  expect([early.status, late.status]).toEqual([201, 201])
  const join = () => ask('PATCH', `/doctors/${first}`, { doctor: { same_person_as: second } })
  const ids = [early, late].map(({ body }) => body.appointment.id)
  expect(await join()).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/doctor/same_person_as' }], appointment_ids: ids },
  })
  await ask('POST', `/appointments/${ids[1]}/cancellation`, { cancellation: { reason: 'Booked twice' } })
  expect((await join()).status).toBe(200)
  expect(await book(second, '2030-01-07T03:15:00Z')).toMatchObject({
    status: 409,
    body: { code: 'slot_taken' },
  })
  expect((await ask('PATCH', `/doctors/${first}`, { doctor: { same_person_as: 999_999 } })).status).toBe(422)
})
