import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { Forbidden, NotFound } from '../../../src/clinic/errors.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { desk, patient } from '../../support/actors.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce, countDeadlocks } from '../../support/concurrency.ts'
import { findOverlaps } from '../../support/overlaps.ts'
import { defineVisitType, hireDoctor, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Sunday, 19:00 in Jakarta; the appointments are on Monday. */
const now = new Date('2026-11-22T12:00:00Z')
const hours = [{ weekdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00' }]
const at = (time: string) => `2026-11-23T${time}`
let visitTypeId: number

beforeAll(async () => {
  visitTypeId = await defineVisitType(sql)
})

const ctx = (actor: Actor = desk) => clinic.context({ now, actor })

async function agree(doctorId: number, time: string, ofPatient?: number) {
  const patientId = ofPatient ?? (await registerPatient(sql))
  const wish = { doctorId, patientId, visitTypeId, startAt: at(time) }
  const { id } = await appointmentOf(bookAppointment(ctx(), wish))
  return { id, actor: patient(patientId), patientId }
}

async function whereIs(id: number) {
  const { rows } = await sql.query(
    `select doctor_id::int as doctor, to_char(start_at at time zone 'Asia/Jakarta', 'HH24:MI') as time
     from appointments where id = $1`,
    [id],
  )
  return rows[0]
}

describe('an appointment', () => {
  it('moves to a free time in one trip, keeps its id and frees the old time', async () => {
    const doctorId = await hireDoctor(sql, { hours })
    const { id, actor } = await agree(doctorId, '10:00')
    clinic.takeTrips()
    const moved = await rescheduleAppointment(ctx(actor), { id, startAt: at('14:00') })
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(moved).toMatchObject({
      ok: true,
      appointment: { id, startLocal: at('14:00'), endLocal: at('14:30'), version: 2 },
    })
    await agree(doctorId, '10:00')
    const events = await findEvents(ctx(), id)
    expect(events.map(({ kind }) => kind)).toEqual(['appointment.booked', 'appointment.rescheduled'])
    expect(events[1]).toMatchObject({
      before: { start_at: '2026-11-23T03:00:00.000000Z' },
      after: { start_at: '2026-11-23T07:00:00.000000Z' },
    })
  })

  it('can overlap its own old time, and moving it nowhere changes nothing', async () => {
    const { id, actor } = await agree(await hireDoctor(sql, { hours }), '10:00')
    for (const time of ['10:15', '10:00'])
      expect(await rescheduleAppointment(ctx(actor), { id, startAt: at(time) })).toMatchObject({ ok: true })
    expect(await rescheduleAppointment(ctx(actor), { id, startAt: at('10:00') })).toMatchObject({
      ok: true,
      appointment: { version: 3 },
    })
  })

  it('moves to another doctor, but not to an unknown one', async () => {
    const [doctorId, other] = [await hireDoctor(sql, { hours }), await hireDoctor(sql, { hours })]
    const { id, actor } = await agree(doctorId, '10:00')
    const moving = { id, startAt: at('10:00') }
    expect(await rescheduleAppointment(ctx(actor), { ...moving, doctorId: other })).toMatchObject({
      ok: true,
      appointment: { doctor: { id: other } },
    })
    const nowhere = rescheduleAppointment(ctx(actor), { ...moving, doctorId: 999_999 })
    await expect(nowhere).rejects.toEqual(new NotFound('doctor'))
  })

  it('keeps its time when the new one is taken, and names the next free one', async () => {
    const doctorId = await hireDoctor(sql, { hours })
    const [{ id, actor }] = [await agree(doctorId, '10:00'), await agree(doctorId, '11:00')]
    for (const who of [actor, desk]) {
      expect(await rescheduleAppointment(ctx(who), { id, startAt: at('11:00') })).toEqual({
        ok: false,
        refusal: 'slot_taken',
        nextFreeStartAt: new Date('2026-11-23T04:30:00Z'),
      })
    }
    expect(await whereIs(id)).toEqual({ doctor: doctorId, time: '10:00' })
  })

  it('keeps its time when the patient is busy at the new one', async () => {
    const [doctorId, other] = [await hireDoctor(sql, { hours }), await hireDoctor(sql, { hours })]
    const { id, actor, patientId } = await agree(doctorId, '10:00')
    await agree(other, '11:00', patientId)
    expect(await rescheduleAppointment(ctx(actor), { id, startAt: at('11:00') })).toMatchObject({
      refusal: 'patient_busy',
      nextFreeStartAt: new Date('2026-11-23T04:30:00Z'),
    })
  })

  it.each([
    ['off the grid', { startAt: at('11:05') }, { refusal: 'off_grid' }],
    ['outside the hours', { startAt: at('20:00') }, { refusal: 'outside_hours' }],
    ['into the past', { startAt: '2026-11-20T10:00' }, { refusal: 'in_the_past' }],
    [
      'to another length',
      { startAt: at('11:00'), endAt: at('12:00') },
      { faults: { endAt: 'not_the_length' } },
    ],
    ['to no length', { startAt: at('11:00'), endAt: at('11:00') }, { faults: { endAt: 'not_after_start' } }],
    ['from an older version', { startAt: at('11:00'), version: 9 }, { refusal: 'stale' }],
  ])('cannot be moved %s by a patient', async (_, wish, refused) => {
    const { id, actor } = await agree(await hireDoctor(sql, { hours }), '10:00')
    expect(await rescheduleAppointment(ctx(actor), { id, ...wish })).toMatchObject(refused)
    expect(await whereIs(id)).toMatchObject({ time: '10:00' })
  })

  it('can be moved by the front desk to any minute and length, and outside the hours with a reason', async () => {
    const { id, actor } = await agree(await hireDoctor(sql, { hours }), '10:00')
    const odd = { id, startAt: at('11:07'), endAt: at('12:11') }
    expect(await rescheduleAppointment(ctx(), odd)).toMatchObject({ ok: true })
    const evening = { id, startAt: at('20:00') }
    expect(await rescheduleAppointment(ctx(), evening)).toMatchObject({ refusal: 'outside_hours' })
    const overriding = { ...evening, overrideReason: 'Emergency' }
    expect(await rescheduleAppointment(ctx(), overriding)).toMatchObject({
      ok: true,
      appointment: { overrideReason: 'Emergency', endLocal: at('21:04') },
    })
    await expect(rescheduleAppointment(ctx(actor), overriding)).rejects.toThrow(Forbidden)
  })

  it('cannot be moved once cancelled, or by another patient', async () => {
    const { id, actor } = await agree(await hireDoctor(sql, { hours }), '10:00')
    const stranger = patient(await registerPatient(sql))
    const wish = { id, startAt: at('11:00') }
    await expect(rescheduleAppointment(ctx(stranger), wish)).rejects.toEqual(new NotFound('appointment'))
    await cancelAppointment(ctx(), { id, reason: 'Snow' })
    expect(await rescheduleAppointment(ctx(actor), wish)).toMatchObject({ refusal: 'wrong_status' })
  })
})

it('ten patients swapping times at once end without an overlap', async () => {
  const doctors = [await hireDoctor(sql, { hours }), await hireDoctor(sql, { hours })]
  const times = ['09:00', '10:00', '11:00', '12:00', '13:00']
  const agreed = await Promise.all(
    doctors.flatMap((doctor) => times.map((time) => agree(doctor, time).then((one) => ({ ...one, time })))),
  )
  for (let round = 1; round <= 6; round++) {
    const answers = await Promise.all(
      agreed.map(({ id, actor }, n) => {
        const target = {
          doctorId: doctors[(n + round) % 2] ?? 0,
          startAt: at(times[(n * 3 + round) % 5] ?? ''),
        }
        return rescheduleAppointment(ctx(actor), { id, ...target })
      }),
    )
    for (const answer of answers) if (!answer.ok) expect(answer.refusal).toBe('slot_taken')
  }
  expect(await findOverlaps(sql, 'doctor')).toEqual([])
  expect((await verifyEvents(ctx().db)).broken).toEqual([])
  expect(await countDeadlocks(sql)).toBe(0)
})

it('of many who move to or book one free time at once, one gets it', async () => {
  const doctorId = await hireDoctor(sql)
  const half = (n: number) => new Date(Date.UTC(2026, 10, 24, 0, n * 30)).toISOString()
  const patients = await atOnce(24, () => registerPatient(sql))
  const booked = await Promise.all(
    patients.map((patientId, n) =>
      bookAppointment(ctx(), { doctorId, patientId, visitTypeId, startAt: half(n) }),
    ),
  )
  const ids = booked.flatMap((one) => (one.ok ? [one.appointment.id] : []))
  expect(ids).toHaveLength(24)
  for (let round = 30; round < 36; round++) {
    const others = await atOnce(4, () => registerPatient(sql))
    const answers = await Promise.all([
      ...ids.map((id) => rescheduleAppointment(ctx(), { id, startAt: half(round) })),
      ...others.map((patientId) =>
        bookAppointment(ctx(), { doctorId, patientId, visitTypeId, startAt: half(round) }),
      ),
    ])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    for (const answer of answers) if (!answer.ok) expect(answer.refusal).toBe('slot_taken')
  }
  expect(await findOverlaps(sql, 'doctor')).toEqual([])
  expect(await countDeadlocks(sql)).toBe(0)
})

it('a daily cap holds while one patient moves into the day and another books it', async () => {
  const capped = await defineVisitType(sql, { name: 'Capped', dailyCap: 2 })
  const doctorId = await hireDoctor(sql, { visitTypes: [capped] })
  const half = (day: number, n: number) => new Date(Date.UTC(2026, 10, day, 0, n * 30)).toISOString()
  for (let day = 25; day < 40; day++) {
    const [one = 0, two = 0, three = 0] = await atOnce(3, () => registerPatient(sql))
    const wish = { doctorId, visitTypeId: capped }
    await bookAppointment(ctx(), { ...wish, patientId: one, startAt: half(day, 0) })
    const later = { ...wish, patientId: two, startAt: half(day + 20, 0) }
    const { id } = await appointmentOf(bookAppointment(ctx(), later))
    const answers = await Promise.all([
      rescheduleAppointment(ctx(patient(two)), { id, startAt: half(day, 20) }),
      bookAppointment(ctx(patient(three)), { ...wish, patientId: three, startAt: half(day, 10) }),
    ])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  }
})

it('the front desk cannot move a visit to a doctor who does not offer it', async () => {
  const own = await defineVisitType(sql, { name: 'Of one doctor' })
  const [doctorId, other] = [await hireDoctor(sql, { visitTypes: [own] }), await hireDoctor(sql)]
  const patientId = await registerPatient(sql)
  const booking = bookAppointment(ctx(), { doctorId, patientId, visitTypeId: own, startAt: at('10:00') })
  const { id } = await appointmentOf(booking)
  const wish = { id, doctorId: other, startAt: at('10:00') }
  expect(await rescheduleAppointment(ctx(), wish)).toMatchObject({
    refusal: 'not_offered',
    offered: [{ name: 'Consultation', minutes: 30 }],
  })
})
