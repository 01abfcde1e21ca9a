import { describe, expect, it } from 'vitest'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { defineVisitType, hireDoctor, openAdmin, openDesk, registerPatient } from '../support/people.ts'

// What concerns several addresses of availability at once; the files beside this one cover each by itself.

const clinic = await openClinic()
const admin = await openAdmin(clinic.sql)
const desk = await openDesk(clinic.sql)
const ask = asking(clinic.origin, admin)

/** A doctor who sees patients from nine to eleven, every half hour. */
async function openPractice() {
  const visitType = await defineVisitType(clinic.sql, { name: `Visit ${Math.random()}` })
  const hours = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opensAt: '09:00', closesAt: '11:00' }]
  const doctor = await hireDoctor(clinic.sql, { hours, gridMinutes: 30, visitTypes: [visitType] })
  const { id: location } = (await ask('GET', `/doctors/${doctor}`)).body.doctor.location
  return { doctor, visitType, location }
}

type Practice = Awaited<ReturnType<typeof openPractice>>
const monday = 'from=2030-01-07&to=2030-01-07'
const all = '09:00 09:30 10:00 10:30'

/** The wall-clock starts shown without a key, or the code of the refusal. */
async function startsOf({ doctor, visitType }: Practice, date = '2030-01-07'): Promise<string> {
  const dates = `from=${date}&to=${date}`
  const { body } = await ask(
    'GET',
    `/doctors/${doctor}/slots?visit_type_id=${visitType}&${dates}`,
    undefined,
    '',
  )
  const slots: { start_local: string }[] | undefined = body.slots
  return slots ? slots.map((slot) => slot.start_local.slice(11)).join(' ') : body.code
}

async function bodyOf(asked: ReturnType<typeof ask>) {
  const { status, body } = await asked
  expect(status).toBeLessThan(300)
  return body
}

describe('the offered slots change at once', () => {
  it('when a location closes and reopens', async () => {
    const [practice, another] = [await openPractice(), await openPractice()]
    const address = `/locations/${practice.location}/closures`
    const closure = { start_local: '2030-01-07T00:00', end_local: '2030-01-08T00:00' }
    const { id } = (await bodyOf(ask('POST', address, { closure }))).closure
    expect(await startsOf(practice)).toBe('')
    expect([await startsOf(practice, '2030-01-06'), await startsOf(practice, '2030-01-08')]).toEqual([
      all,
      all,
    ])
    expect(await startsOf(another)).toBe(all)
    await bodyOf(ask('DELETE', `${address}/${id}`))
    expect(await startsOf(practice)).toBe(all)
  })

  it('when time off is entered and deleted', async () => {
    const practice = await openPractice()
    const address = `/doctors/${practice.doctor}/time-off`
    const time_off = { start_local: '2030-01-07T09:45', end_local: '2030-01-07T10:15' }
    const { id } = (await bodyOf(ask('POST', address, { time_off }, desk))).time_off
    expect(await startsOf(practice)).toBe('09:00 10:30')
    await bodyOf(ask('DELETE', `${address}/${id}`, undefined, desk))
    expect(await startsOf(practice)).toBe(all)
  })

  it('when a doctor’s hours change', async () => {
    const practice = await openPractice()
    const weekly_hours = [
      { weekday: 1, opens_at: '22:30', closes_at: '24:00' },
      { weekday: 1, opens_at: '00:00', closes_at: '00:30', ends_on: '2030-01-07' },
    ]
    await bodyOf(ask('PUT', `/doctors/${practice.doctor}/weekly-hours`, { weekly_hours }))
    expect(await startsOf(practice)).toBe('00:00 22:30 23:00 23:30')
    expect(await startsOf(practice, '2030-01-14')).toBe('22:30 23:00 23:30')
    expect(await startsOf(practice, '2030-01-08')).toBe('')
  })

  it('when a doctor offers other visit types or none', async () => {
    const [practice, { visitType }] = [await openPractice(), await openPractice()]
    const address = `/doctors/${practice.doctor}/visit-types`
    await bodyOf(ask('PUT', address, { visit_type_ids: [visitType] }))
    expect(await startsOf(practice)).toBe('not_offered')
    expect(await startsOf({ ...practice, visitType })).toBe(all)
    await bodyOf(ask('PUT', address, { visit_type_ids: [] }))
    expect(await startsOf({ ...practice, visitType })).toBe('not_offered')
  })

  it('when a doctor’s grid changes', async () => {
    const practice = await openPractice()
    await bodyOf(ask('PATCH', `/doctors/${practice.doctor}`, { doctor: { grid_minutes: 45 } }))
    expect(await startsOf(practice)).toBe('09:00 09:45 10:30')
  })

  it('when a visit gets longer or is only for the front desk', async () => {
    const practice = await openPractice()
    const visit = { name: `Visit ${Math.random()}`, minutes: 90, horizon_days: 3650 }
    const address = `/visit-types/${practice.visitType}`
    await bodyOf(ask('PATCH', address, { visit_type: visit }))
    expect(await startsOf(practice)).toBe('09:00 09:30')
    await bodyOf(ask('PATCH', address, { visit_type: { horizon_days: 1 } }))
    expect(await startsOf(practice)).toBe('')
    await bodyOf(ask('PATCH', address, { visit_type: { horizon_days: 3650, bookable_online: false } }))
    expect(await startsOf(practice)).toBe('invalid')
  })

  it('around booked appointments, which stay as they are', async () => {
    const practice = await openPractice()
    const { doctor, visitType } = practice
    const start_at = '2030-01-07T10:00:00+07:00'
    const asked = {
      doctor_id: doctor,
      patient_id: await registerPatient(clinic.sql),
      visit_type_id: visitType,
      start_at,
    }
    const { appointment } = await bodyOf(ask('POST', '/appointments', { appointment: asked }))
    expect(await startsOf(practice)).toBe('09:00 09:30 10:30')
    const visit_type = {
      name: `Visit ${Math.random()}`,
      minutes: 15,
      buffer_after_minutes: 20,
      horizon_days: 3650,
    }
    await bodyOf(ask('PATCH', `/visit-types/${visitType}`, { visit_type }))
    await bodyOf(ask('PATCH', `/doctors/${doctor}`, { doctor: { grid_minutes: 15 } }))
    expect(await startsOf(practice)).toBe('09:00 09:15 10:30 10:45')
    await bodyOf(ask('PUT', `/doctors/${doctor}/weekly-hours`, { weekly_hours: [] }))
    await bodyOf(ask('PUT', `/doctors/${doctor}/visit-types`, { visit_type_ids: [] }))
    expect((await bodyOf(ask('GET', `/appointments/${appointment.id}`))).appointment).toEqual(appointment)
  })
})

describe('one trip is enough with a known key', async () => {
  const { doctor, visitType, location } = await openPractice()
  const absence = { start_local: '2030-01-09T09:00', end_local: '2030-01-09T10:00' }
  const hours = [{ weekday: 1, opens_at: '09:00', closes_at: '11:00' }]
  const visit_type = { name: 'Another', minutes: 30 }
  await Promise.all([admin, desk].map((key) => ask('GET', '/doctors', undefined, key)))

  it.each([
    ['GET', `/doctors/${doctor}/slots?visit_type_id=${visitType}&${monday}`],
    ['GET', `/slots?visit_type_id=${visitType}&from=2030-01-01&to=2030-03-03&limit=100`],
    [
      'GET',
      `/slots?visit_type_id=${visitType}&doctor_id=${doctor}&location_id=${location}&part_of_day=evening`,
    ],
    ['GET', '/doctors?specialty=General%20practice&limit=1'],
    ['GET', `/doctors/${doctor}`],
    ['GET', '/visit-types'],
    ['GET', '/locations'],
    ['GET', `/doctors/${doctor}/time-off`],
    ['GET', `/locations/${location}/closures`],
    ['POST', '/locations', { location: { name: 'There', time_zone: 'UTC' } }],
    ['POST', '/doctors', { doctor: { name: 'Dr. New', location_id: location } }],
    ['PATCH', `/doctors/${doctor}`, { doctor: { name: 'Dr. Strange' } }],
    ['PUT', `/doctors/${doctor}/weekly-hours`, { weekly_hours: hours }],
    ['PUT', `/doctors/${doctor}/visit-types`, { visit_type_ids: [visitType] }],
    ['POST', '/visit-types', { visit_type }],
    ['PATCH', `/visit-types/${visitType}`, { visit_type: { ...visit_type, name: 'Renamed' } }],
    ['POST', `/doctors/${doctor}/time-off`, { time_off: absence }],
    ['POST', `/locations/${location}/closures`, { closure: absence }],
  ])('for %s %s', async (method, path, body?: object) => {
    clinic.takeTrips()
    await bodyOf(ask(method, path, body))
    expect(clinic.takeTrips()).toHaveLength(1)
  })

  it('for deleting time off and closures, and for a 404', async () => {
    const { id } = (await bodyOf(ask('POST', `/doctors/${doctor}/time-off`, { time_off: absence }))).time_off
    for (const status of [204, 404]) {
      clinic.takeTrips()
      expect((await ask('DELETE', `/doctors/${doctor}/time-off/${id}`)).status).toBe(status)
      expect((await ask('DELETE', `/locations/${location}/closures/999999`)).status).toBe(404)
      expect(clinic.takeTrips()).toHaveLength(2)
    }
  })
})
