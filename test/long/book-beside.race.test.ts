import { beforeAll, expect, it } from 'vitest'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { offerVisitTypes } from '../../src/clinic/availability/offer-visit-types.ts'
import { takeTimeOff } from '../../src/clinic/availability/take-time-off.ts'
import type { Actor } from '../../src/clinic/context.ts'
import { openClinic } from '../support/clinic.ts'
import { atOnce, countDeadlocks } from '../support/concurrency.ts'
import { defineVisitType, hireDoctor, liftCaps, registerPatient } from '../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const now = new Date('2026-11-22T12:00:00Z')
const admin: Actor = { kind: 'admin', accountId: 998 }
const everyone = Array.from({ length: 24 }, (_, n) => n)
let patients: number[]

beforeAll(async () => {
  await liftCaps(sql)
  patients = await atOnce(everyone.length, (n) => registerPatient(sql, `Patient ${n}`))
})

/** Each of these patients asks at once for a half hour of their own. */
function bookAll(doctorId: number, visitTypeId: number, startOf = (n: number) => n * 30, who = everyone) {
  return who.map((n) => {
    const patientId = patients[n] as number
    const actor: Actor = { kind: 'patient', accountId: patientId, patientIds: [patientId] }
    const startAt = new Date(Date.UTC(2026, 10, 23, 0, startOf(n))).toISOString()
    return bookAppointment(clinic.context({ now, actor }), { doctorId, visitTypeId, startAt })
  })
}

it('a booking made while time off is entered is either refused or reported', async () => {
  const visitTypeId = await defineVisitType(sql)
  for (let round = 0; round < 6; round++) {
    const doctorId = await hireDoctor(sql)
    const off = { startLocal: '2026-11-23T00:00', endLocal: '2026-11-24T00:00' }
    const half = bookAll(doctorId, visitTypeId)
    const entering = takeTimeOff(clinic.context({ now, actor: admin }), doctorId, off)
    const answers = await Promise.all(half)
    // None of these starts after 17:00 UTC, when the day ends in Jakarta.
    const booked = answers.flatMap((answer) => (answer.ok ? [answer.appointment.id] : []))
    const { appointmentIds } = await entering
    expect(appointmentIds.toSorted()).toEqual(booked.toSorted())
  }
})

it('a doctor’s visit types may change while capped visits are booked', async () => {
  const [capped, other] = [
    await defineVisitType(sql, { name: 'Capped', dailyCap: 500 }),
    await defineVisitType(sql, { name: 'Other' }),
  ]
  const doctorId = await hireDoctor(sql, { visitTypes: [capped, other] })
  const offer = (ids: number[]) => offerVisitTypes(clinic.context({ now, actor: admin }), doctorId, ids)
  for (let round = 0; round < 10; round++) {
    await offer([capped])
    const booking = bookAll(doctorId, capped, (n) => round * 1440 + n * 30)
    await Promise.race(booking)
    await Promise.all([...booking, offer([other])])
  }
  expect(await countDeadlocks(sql)).toBe(0)
})

it('many overlapping expired holds give way to all requests at once', async () => {
  const visitTypeId = await defineVisitType(sql)
  const doctors = await Promise.all(patients.map(() => hireDoctor(sql)))
  // Each patient once held a quarter of an hour with every doctor.
  await sql.query(
    `insert into appointments (doctor_id, patient_id, status, start_at, end_at, hold_expires_at)
     select doctor, patient, 'pending', start_at, start_at + interval '15 minutes', '2026-11-22 11:00Z'
     from unnest($1::bigint[]) with ordinality as doctors (doctor, d)
     cross join unnest($2::bigint[]) with ordinality as patients (patient, p),
     lateral (select timestamptz '2026-12-15 00:00Z' + ((d + p) % 24) * interval '15 minutes' as start_at) at`,
    [doctors, patients],
  )
  const answers = await Promise.all(
    doctors.flatMap((doctorId, d) =>
      bookAll(
        doctorId,
        visitTypeId,
        (n) => 22 * 1440 + ((n + d) % 12) * 30,
        everyone.filter((n) => n % 4 === d % 4),
      ),
    ),
  )
  expect(answers.every((answer) => answer.ok || /slot_taken|patient_busy/.test(answer.refusal))).toBe(true)
  expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(24)
  expect(await countDeadlocks(sql)).toBe(0)
})
