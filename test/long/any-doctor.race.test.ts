import { beforeAll, describe, expect, it } from 'vitest'
import { type BookAppointment, bookAppointment } from '../../src/clinic/appointments/book.ts'
import type { Actor } from '../../src/clinic/context.ts'
import { tally } from '../support/answers.ts'
import { openClinic } from '../support/clinic.ts'
import { atOnce, countDeadlocks } from '../support/concurrency.ts'
import { findOverlaps } from '../support/overlaps.ts'
import { defineVisitType, hireDoctor, liftCaps, registerPatient } from '../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const now = new Date('2026-11-22T12:00:00Z')
let visitTypeId: number

beforeAll(async () => {
  visitTypeId = await defineVisitType(sql)
  await liftCaps(sql)
})

function book(patientId: number, wish: Partial<BookAppointment>) {
  const actor: Actor = { kind: 'patient', accountId: patientId, patientIds: [patientId] }
  return bookAppointment(clinic.context({ now, actor }), { startAt: '2026-11-23T02:00:00Z', ...wish })
}

const crowd = (size: number) => atOnce(size, (n) => registerPatient(sql, `Patient ${n}`))

/** Doctors of a specialty that no other test here books. */
const openTeam = (specialty: string, size: number, visitTypes = [visitTypeId]) =>
  atOnce(size, () => hireDoctor(sql, { specialty, visitTypes }))

const count = (answers: Awaited<ReturnType<typeof book>>[]) =>
  tally(answers, (answer) => (answer.ok ? 'booked' : answer.refusal))

describe('booking with any doctor', () => {
  it('chooses the one with the lightest day', async () => {
    const [busy = 0, idle = 0] = await openTeam('Cardiology', 2)
    const [zero = 0, one = 0] = await crowd(2)
    await book(zero, { doctorId: busy, visitTypeId, startAt: '2026-11-23T05:00:00Z' })
    const booked = await book(one, { visitTypeId, specialty: 'Cardiology' })
    expect(booked).toMatchObject({ ok: true, appointment: { doctor: { id: idle } } })
  })

  it('chooses a free one of the location and specialty, in one trip', async () => {
    const [here = 0, there = 0] = await openTeam('Dermatology', 2)
    const [zero = 0, one = 0, two = 0] = await crowd(3)
    const { rows } = await sql.query('select location_id from doctors where id = $1', [there])
    const wish = { visitTypeId, specialty: 'Dermatology', locationId: Number(rows[0].location_id) }
    clinic.takeTrips()
    expect(await book(zero, wish)).toMatchObject({ appointment: { doctor: { id: there } } })
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(await book(one, wish)).toMatchObject({
      refusal: 'slot_taken',
      nextFree: { startLocal: '2026-11-23T09:30' },
    })
    expect(await book(two, { ...wish, locationId: undefined })).toMatchObject({
      appointment: { doctor: { id: here } },
    })
    expect(await book(zero, { ...wish, locationId: undefined })).toMatchObject({ refusal: 'patient_busy' })
    expect(await book(zero, { ...wish, specialty: 'Alchemy' })).toEqual({
      ok: false,
      refusal: 'not_offered',
      offered: [],
    })
  })

  it('is refused when the patient is busy', async () => {
    await openTeam('Surgery', 2)
    const [zero = 0] = await crowd(1)
    await book(zero, { visitTypeId, specialty: 'Surgery' })
    expect(await book(zero, { visitTypeId, specialty: 'Surgery' })).toMatchObject({ refusal: 'patient_busy' })
  })

  it('tries the next one after a lost race: 48 at once fill all 32 doctors', async () => {
    const doctors = await openTeam('Ophthalmology', 32)
    for (let hour = 2; hour < 7; hour++) {
      const startAt = `2026-11-23T0${hour}:00:00Z`
      const patients = await crowd(48)
      const wish = { visitTypeId, specialty: 'Ophthalmology', startAt }
      const answers = await Promise.all(patients.map((patient) => book(patient, wish)))
      expect(count(answers)).toEqual({ booked: 32, slot_taken: 16 })
      const chosen = answers.flatMap((answer) => (answer.ok ? [answer.appointment.doctor.id] : []))
      expect(chosen.toSorted((a, b) => a - b)).toEqual(doctors.toSorted((a, b) => a - b))
    }
    expect(await findOverlaps(sql, 'doctor')).toEqual([])
    expect(await countDeadlocks(sql)).toBe(0)
  })

  it('books one when one patient asks many times at once', async () => {
    await openTeam('Neurology', 16)
    const [zero = 0] = await crowd(1)
    const answers = await atOnce(32, () => book(zero, { visitTypeId, specialty: 'Neurology' }))
    expect(count(answers)).toEqual({ booked: 1, patient_busy: 31 })
    expect(await findOverlaps(sql, 'patient')).toEqual([])
    expect(await countDeadlocks(sql)).toBe(0)
  })
})

it('requests for any and for named doctors never deadlock', async () => {
  const doctors = await openTeam('Radiology', 8)
  const patients = await crowd(64)
  const wish = (n: number) => ({
    visitTypeId,
    startAt: new Date(Date.UTC(2026, 10, 23, 2, 30 * (n % 4))).toISOString(),
    ...(n % 5 === 0 ? { doctorId: doctors[n % 8] } : { specialty: 'Radiology' }),
  })
  for (let round = 0; round < 4; round++) {
    const answers = await Promise.all(patients.map((patient, n) => book(patient, wish(n * 7 + round))))
    expect(answers.filter((answer) => answer.ok || answer.refusal !== 'invalid')).toHaveLength(64)
  }
  const { rows } = await sql.query(
    `select count(*)::int from appointments join doctors doctor on doctor.id = doctor_id where specialty = 'Radiology'`,
  )
  expect(rows).toEqual([{ count: 32 }])
  expect(await countDeadlocks(sql)).toBe(0)
})

describe('a daily cap of 3', () => {
  it('holds for 32 requests at once, with one doctor and with any doctor', async () => {
    const capped = await defineVisitType(sql, { name: 'Capped', dailyCap: 3 })
    const [doctor = 0, other = 0] = await openTeam('Orthopaedics', 2, [capped])
    const times = Array.from({ length: 32 }, (_, n) =>
      new Date(Date.UTC(2026, 10, 23, 0, n * 30)).toISOString(),
    )
    const ask = async (wish: Partial<BookAppointment>) => {
      const patients = await crowd(times.length)
      const asked = patients.map((patient, n) => book(patient, { ...wish, startAt: times[n] as string }))
      return count(await Promise.all(asked))
    }
    expect(await ask({ doctorId: doctor, visitTypeId: capped })).toEqual({ booked: 3, day_full: 29 })
    expect(await ask({ visitTypeId: capped, specialty: 'Orthopaedics' })).toEqual({ booked: 3, day_full: 29 })
    const { rows } = await sql.query('select count(*)::int from appointments where doctor_id = $1', [other])
    expect(rows).toEqual([{ count: 3 }])
    expect(await countDeadlocks(sql)).toBe(0)
  })
})
