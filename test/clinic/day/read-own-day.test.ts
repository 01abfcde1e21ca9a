import { beforeEach, expect, it } from 'vitest'
import type { Actor } from '../../../src/clinic/context.ts'
import { localAt } from '../../../src/clinic/day/clock.ts'
import { readOwnDay } from '../../../src/clinic/day/read-own-day.ts'
import { NotFound } from '../../../src/clinic/errors.ts'
import { anonymous, desk, patient } from '../../support/actors.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, insertAppointment, locationOf, openLocation } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic

/** A Monday, at 10:24 in Jakarta. */
const now = new Date('2026-11-30T10:24+07:00')
const hours = [{ weekdays: [1, 2, 3], opensAt: '09:00', closesAt: '17:00' }]
let doctorId: number
let actor: Actor

beforeEach(async () => {
  doctorId = await hireDoctor(sql, { hours })
  actor = { kind: 'doctor', accountId: 5, doctorId }
})

const read = (asked: { on?: string; days?: 1 | 7 } = {}, as = actor) =>
  readOwnDay(clinic.context({ actor: as, now }), { days: 1, ...asked })

const book = (startAt: string, wishes: { status?: string } = {}) =>
  insertAppointment(sql, { doctorId, startAt, ...wishes })

const clocks = (day: Awaited<ReturnType<typeof read>>) =>
  day.hours.map(({ date, during }) => [
    date,
    ...during.map(([from, until]) => `${localAt(day, from)}–${localAt(day, until)}`),
  ])

it('has the doctor’s own appointments of the day, at all their locations, and nobody else’s', async () => {
  const second = await openLocation(sql)
  await sql.query('insert into doctor_locations values ($1, $2)', [doctorId, second])
  const [here, there] = [await book('2026-11-30T11:00+07:00'), await book('2026-11-30T13:00+07:00')]
  await sql.query('update appointments set location_id = $1 where id = $2', [second, there])
  await book('2026-11-30T14:00+07:00', { status: 'cancelled' })
  await book('2026-12-01T11:00+07:00')
  await insertAppointment(sql, { doctorId: await hireDoctor(sql), startAt: '2026-11-30T11:00+07:00' })
  const day = await read()
  expect(day.appointments.map(({ id }) => id)).toEqual([here, there])
  expect(day.locations).toHaveLength(2)
  expect(clocks(day)).toEqual([['2026-11-30', '2026-11-30T09:00–2026-11-30T17:00']])
})

it('is the week from its Monday', async () => {
  const day = await read({ on: '2026-12-03', days: 7 })
  expect(day.days.map(({ date }) => date)).toEqual([
    '2026-11-30',
    '2026-12-01',
    '2026-12-02',
    '2026-12-03',
    '2026-12-04',
    '2026-12-05',
    '2026-12-06',
  ])
  expect(day.hours.map(({ during }) => during.length)).toEqual([1, 1, 1, 0, 0, 0, 0])
})

it('says on a day off when the doctor works again, and with whom', async () => {
  const off = await sql.query(
    `insert into time_off (doctor_id, starts_at, ends_at, reason)
     values ($1, '2026-11-30', '2026-12-02', 'Congress') returning id::int`,
    [doctorId],
  )
  const first = await book('2026-12-02T09:30+07:00')
  for (let n = 0; n < 6; n++) await book(`2026-12-02T1${n}:00+07:00`)
  const day = await read()
  expect(day.hours).toEqual([{ date: '2026-11-30', during: [] }])
  expect(day.nextDay?.date).toBe('2026-12-02')
  expect(day.nextAppointments).toHaveLength(5)
  expect(day.nextAppointments[0]?.id).toBe(first)
  expect(day.timeOff).toEqual([
    {
      id: off.rows[0].id,
      kind: 'away',
      name: 'Congress',
      startsLocal: '2026-11-30T00:00',
      endsLocal: '2026-12-02T00:00',
    },
  ])
})

it('names no next day when there is none', async () => {
  const idle = await hireDoctor(sql, { hours: [] })
  const day = await read({}, { kind: 'doctor', accountId: 6, doctorId: idle })
  expect([day.appointments, day.nextDay, day.nextAppointments]).toEqual([[], null, []])
})

it('counts an appointment outside the hours as a next day', async () => {
  const idle = await hireDoctor(sql, { hours: [] })
  const id = await insertAppointment(sql, { doctorId: idle, startAt: '2026-12-05T09:00+07:00' })
  const day = await read({}, { kind: 'doctor', accountId: 6, doctorId: idle })
  expect([day.nextDay?.date, day.nextAppointments.map((one) => one.id)]).toEqual(['2026-12-05', [id]])
})

it('has the notes for the front desk, and those who take part as colleagues', async () => {
  const id = await book('2026-11-30T11:00+07:00')
  await sql.query("update appointments set note = 'Fasting' where id = $1", [id])
  const other = await hireDoctor(sql)
  const together = await insertAppointment(sql, { doctorId: other, startAt: '2026-11-30T15:00+07:00' })
  await sql.query(
    `insert into claims (appointment_id, resource_id, part, doctor_id, location_id, during)
     select $1, resource_id, 'colleague', id, $3, tstzrange('2026-11-30T15:00+07:00', '2026-11-30T15:30+07:00')
     from doctors where id = $2`,
    [together, doctorId, await locationOf(sql, other)],
  )
  const day = await read()
  expect(day.ownNotes).toEqual({ [id]: 'Fasting' })
  expect(day.appointments.map((one) => one.id)).toEqual([id, together])
  expect(day.doctors.map((one) => one.id).toSorted()).toEqual([doctorId, other].toSorted())
})

it('is for doctors only', async () => {
  for (const other of [desk, patient(1), anonymous]) await expect(read({}, other)).rejects.toThrow(NotFound)
})
