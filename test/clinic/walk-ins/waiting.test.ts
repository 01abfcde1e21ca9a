import { describe, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  insertAppointment,
  locationOf,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const day = '2030-01-07'

/** Two doctors at one location, on Mondays from nine to twelve in steps of 15 minutes. */
async function openPlace() {
  const visitTypeId = await defineVisitType(sql, { name: `Visit ${Math.random()}`, minutes: 30 })
  const hours = [{ weekdays: [1], opensAt: '09:00', closesAt: '12:00' }]
  const one = await hireDoctor(sql, { hours, visitTypes: [visitTypeId] })
  const locationId = await locationOf(sql, one)
  const two = await hireDoctor(sql, { hours, visitTypes: [visitTypeId] })
  await sql.query('insert into doctor_locations values ($1, $2) on conflict do nothing', [two, locationId])
  await sql.query('update doctors set location_id = $1 where id = $2', [locationId, two])
  await sql.query('update weekly_hours set location_id = $1 where doctor_id = $2', [locationId, two])
  await sql.query(
    `update doctors set name = case id when $1 then 'Dr. One' else 'Dr. Two' end where id in ($1, $2)`,
    [one, two],
  )
  return { visitTypeId, one, two, locationId }
}

type Place = Awaited<ReturnType<typeof openPlace>>

async function come(place: Place, number: number, doctorId: number | null = null, wishes = {}) {
  const patientId = await registerPatient(sql, `Walk-in ${number}`)
  const row = { left_at: null, appointment_id: null, day, ...wishes }
  await sql.query(
    `insert into walk_ins (location_id, day, number, patient_id, doctor_id, visit_type_id, came_at, left_at, appointment_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      place.locationId,
      row.day,
      number,
      patientId,
      doctorId,
      place.visitTypeId,
      `${day}T08:55+07:00`,
      row.left_at,
      row.appointment_id,
    ],
  )
}

async function waiting(place: Place, at: string) {
  const { rows } = await sql.query(
    'select number, ahead, patient, expected_local, expected_doctor from waiting_walk_ins($1, $2)',
    [place.locationId, `${at}+07:00`],
  )
  return rows.map((row) => [
    row.number,
    row.ahead,
    row.expected_local?.slice(11) ?? null,
    row.expected_doctor,
  ])
}

describe('walk-ins who wait', () => {
  it('are expected one after the other, each at the first time that is left for them', async () => {
    const place = await openPlace()
    for (const number of [1, 2, 3]) await come(place, number)
    await come(place, 4, place.two)
    expect(await waiting(place, `${day}T09:05`)).toEqual([
      [1, 0, '09:15', 'Dr. One'],
      [2, 1, '09:15', 'Dr. Two'],
      [3, 2, '09:45', 'Dr. One'],
      [4, 3, '09:45', 'Dr. Two'],
    ])
  })

  it('are expected around appointments, and not at all when nothing is free any more', async () => {
    const place = await openPlace()
    for (const clock of ['09:30', '10:00', '10:30'])
      await insertAppointment(sql, {
        doctorId: place.one,
        visitTypeId: place.visitTypeId,
        startAt: `${day}T${clock}+07:00`,
      })
    await come(place, 1, place.one)
    await come(place, 2, place.one)
    await come(place, 3, place.one)
    expect(await waiting(place, `${day}T09:05`)).toEqual([
      [1, 0, '11:00', 'Dr. One'],
      [2, 1, '11:30', 'Dr. One'],
      [3, 2, null, null],
    ])
  })

  it('wait no more once they left, were booked, or the day is over', async () => {
    const place = await openPlace()
    const appointment = await insertAppointment(sql, {
      doctorId: place.one,
      visitTypeId: place.visitTypeId,
      startAt: `${day}T09:00+07:00`,
    })
    await come(place, 1, null, { left_at: `${day}T08:58+07:00` })
    await come(place, 2, null, { appointment_id: appointment })
    await come(place, 1, null, { day: '2030-01-06' })
    await come(place, 3)
    expect(await waiting(place, `${day}T08:59`)).toEqual([[3, 0, '09:00', 'Dr. Two']])
    expect(await waiting(place, '2030-01-08T08:59')).toEqual([])
  })
})
