import { beforeAll, describe, expect, it } from 'vitest'
import { type BookAppointment, bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { changeVisitType } from '../../../src/clinic/appointments/change-visit-type.ts'
import { findAppointment } from '../../../src/clinic/appointments/find.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { Forbidden, NotFound } from '../../../src/clinic/errors.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { desk } from '../../support/actors.ts'
import { appointmentOf, tally } from '../../support/answers.ts'
import { atOnce, countDeadlocks, untilBlockedOrDone } from '../../support/concurrency.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import { findOverlaps } from '../../support/overlaps.ts'
import {
  addResource,
  defineVisitType,
  hireDoctor,
  openPatient,
  registerPatient,
} from '../../support/people.ts'

const { clinic, sql, as, at, kindsOf } = await openMondayClinic()
let [short, long, scan, operation, careful, group] = [0, 0, 0, 0, 0, 0]

beforeAll(async () => {
  short = await defineVisitType(sql, { name: 'Short' })
  long = await defineVisitType(sql, { name: 'Long', minutes: 60, bufferBefore: 5, bufferAfter: 10 })
  scan = await defineVisitType(sql, { name: 'Scan' })
  operation = await defineVisitType(sql, { name: 'Operation' })
  careful = await defineVisitType(sql, { name: 'Careful' })
  group = await defineVisitType(sql, { name: 'Class', capacity: 4 })
  await sql.query('update visit_types set requires_approval = true where id = $1', [careful])
  await sql.query(
    `insert into visit_type_needs (visit_type_id, type, kinds)
     values ($1, 'room', '{scanner}'), ($2, 'room', '{theatre}')`,
    [scan, operation],
  )
})

const all = () => [short, long, scan, operation, careful, group]

/** An appointment of a new patient with a new doctor, at 10:00. */
async function book(wish: Partial<BookAppointment> = {}) {
  const doctorId = wish.doctorId ?? (await hireDoctor(sql, { visitTypes: all() }))
  const patientId = await registerPatient(sql)
  const asked = { doctorId, patientId, visitTypeId: short, startAt: at('10:00'), ...wish }
  const { id } = await appointmentOf(bookAppointment(as(), asked))
  return { id, doctorId, patientId, actor: await openPatient(sql, [patientId]) }
}

const claimsOf = async (id: number) =>
  (
    await sql.query(
      `select part, resource_id::int as id, to_char(lower(during) at time zone 'Asia/Jakarta', 'HH24:MI') as from,
         to_char(upper(during) at time zone 'Asia/Jakarta', 'HH24:MI') as to
       from claims where appointment_id = $1 and during is not null order by part`,
      [id],
    )
  ).rows
const outcome = (answer: { ok: true } | { ok: false; refusal: string }) => (answer.ok ? 'ok' : answer.refusal)
const rowOf = async (id: number) =>
  (await sql.query('select * from appointments where id = $1', [id])).rows[0]

describe('another visit type', () => {
  it('keeps the start and brings its length and buffers, in one trip', async () => {
    const { id, actor } = await book()
    clinic.takeTrips()
    clinic.takeHappenings()
    const changed = await changeVisitType(as(actor), { id, visitTypeId: long, version: 1 })
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(changed).toMatchObject({
      ok: true,
      appointment: {
        id,
        visitType: { name: 'Long' },
        startLocal: at('10:00'),
        endLocal: at('11:00'),
        version: 2,
      },
    })
    expect(await claimsOf(id)).toMatchObject([
      { part: 'doctor', from: '09:55', to: '11:10' },
      { part: 'patient', from: '10:00', to: '11:00' },
    ])
    expect(clinic.takeHappenings()).toMatchObject([
      { kind: 'appointment.visit_type_changed', appointmentId: id, actorKind: 'patient' },
    ])
    await appointmentOf(changeVisitType(as(), { id, visitTypeId: short }))
    expect((await claimsOf(id))[0]).toMatchObject({ from: '10:00', to: '10:30' })
  })

  it('is in the history, with what it was before', async () => {
    const { id } = await book()
    await appointmentOf(changeVisitType(as(), { id, visitTypeId: long }))
    const events = await findEvents(as(), id)
    expect(events.map(({ kind }) => kind)).toEqual(['appointment.booked', 'appointment.visit_type_changed'])
    expect(events[1]).toMatchObject({
      before: { visit_type_id: short, end_at: '2026-11-23T03:30:00.000000Z' },
      after: { visit_type_id: long, end_at: '2026-11-23T04:00:00.000000Z' },
    })
    expect(await verifyEvents(clinic.context().db)).toMatchObject({ broken: [] })
  })

  it('that reaches into the next appointment is refused, and nothing changed', async () => {
    const { id, doctorId, actor } = await book()
    await book({ doctorId, startAt: at('10:30') })
    const before = [await rowOf(id), await claimsOf(id)]
    const wish = { id, visitTypeId: long }
    expect(await changeVisitType(as(), wish)).toMatchObject({ refusal: 'slot_taken' })
    expect(await changeVisitType(as(actor), wish)).toMatchObject({ refusal: 'slot_taken' })
    expect([await rowOf(id), await claimsOf(id)]).toEqual(before)
  })

  it('that reaches into another appointment of the patient is refused', async () => {
    const { id, patientId } = await book()
    await book({ patientId, startAt: at('10:30') })
    expect(await changeVisitType(as(), { id, visitTypeId: long })).toMatchObject({ refusal: 'patient_busy' })
  })

  it('takes what the new one needs, and frees what the old one had', async () => {
    const doctorId = await hireDoctor(sql, { visitTypes: all() })
    const { rows } = await sql.query('select location_id from doctors where id = $1', [doctorId])
    const scanner = await addResource(sql, rows[0].location_id, { kind: 'scanner' })
    const theatre = await addResource(sql, rows[0].location_id, { kind: 'theatre' })
    const { id } = await book({ doctorId, visitTypeId: scan })
    const roomOf = async () => (await claimsOf(id)).find(({ part }) => part === 'room')?.id
    expect(await roomOf()).toBe(scanner)
    const changed = await appointmentOf(changeVisitType(as(), { id, visitTypeId: operation }))
    expect(changed.resources).toMatchObject([{ id: theatre }])
    expect(await roomOf()).toBe(theatre)
    await sql.query('update resources set is_active = false where id = $1', [scanner])
    expect(await changeVisitType(as(), { id, visitTypeId: scan })).toMatchObject({
      refusal: 'resource_taken',
      unmetNeed: { kinds: ['scanner'] },
    })
    expect(await roomOf()).toBe(theatre)
    await appointmentOf(changeVisitType(as(), { id, visitTypeId: short }))
    expect(await roomOf()).toBeUndefined()
    const [booked, changedOnce, changedTwice] = await findEvents(as(), id)
    expect(booked).toMatchObject({ after: { room_ids: [scanner] } })
    expect(changedOnce).toMatchObject({ before: { room_ids: [scanner] }, after: { room_ids: [theatre] } })
    expect(changedTwice).toMatchObject({ before: { room_ids: [theatre] } })
    expect(changedTwice?.after).not.toHaveProperty('room_ids')
    expect(await verifyEvents(clinic.context().db)).toMatchObject({ broken: [] })
  })

  it('that it has already changes nothing', async () => {
    const { id } = await book()
    const again = await appointmentOf(changeVisitType(as(), { id, visitTypeId: short, version: 7 }))
    expect(again).toMatchObject({ version: 1 })
    expect(await kindsOf(id)).toEqual(['appointment.booked'])
  })

  it('counts among the daily cap of the new one', async () => {
    const capped = await defineVisitType(sql, { name: 'Capped', dailyCap: 1 })
    const doctorId = await hireDoctor(sql, { visitTypes: [short, capped] })
    const [one, other] = [await book({ doctorId }), await book({ doctorId, startAt: at('13:00') })]
    const answers = await atOnce(2, (n) => {
      const { id, actor } = n === 0 ? one : other
      return changeVisitType(as(actor), { id, visitTypeId: capped })
    })
    expect(tally(answers, outcome)).toEqual({ ok: 1, day_full: 1 })
  })
})

describe('at the same moment', () => {
  it('two who need the same minutes never both get them', async () => {
    const before = await countDeadlocks(sql)
    for (let round = 0; round < 5; round++) {
      const doctorId = await hireDoctor(sql, { visitTypes: all() })
      const { id } = await book({ doctorId })
      const patientId = await registerPatient(sql)
      const wish = { doctorId, patientId, visitTypeId: short, startAt: at('10:45') }
      const answers = await atOnce<{ ok: boolean }>(2, (n) =>
        n === 0 ? changeVisitType(as(), { id, visitTypeId: long }) : bookAppointment(as(), wish),
      )
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    }
    expect([...(await findOverlaps(sql, 'doctor')), ...(await findOverlaps(sql, 'patient'))]).toEqual([])
    expect(await countDeadlocks(sql)).toBe(before)
  })

  it('waits for a booking that takes the last of the day', async () => {
    const capped = await defineVisitType(sql, { name: 'Capped', dailyCap: 1 })
    const doctorId = await hireDoctor(sql, { visitTypes: [short, capped] })
    const { id, actor } = await book({ doctorId })
    const wish = { doctorId, patientId: await registerPatient(sql), visitTypeId: capped }
    const client = await sql.connect()
    await client.query('begin')
    // As a booking does, until it commits.
    await client.query('select from doctor_visit_types where visit_type_id = $1 for no key update', [capped])
    const changing = changeVisitType(as(actor), { id, visitTypeId: capped })
    await untilBlockedOrDone(sql, changing)
    await client.query(
      `insert into appointments (doctor_id, patient_id, visit_type_id, start_at, end_at)
       values ($1, $2, $3, '2026-11-23 13:00+07', '2026-11-23 13:30+07')`,
      [wish.doctorId, wish.patientId, wish.visitTypeId],
    )
    await client.query('commit')
    client.release()
    expect(await changing).toMatchObject({ refusal: 'day_full' })
  })

  it('two changes of one appointment are one after the other, and the second is stale', async () => {
    const { id } = await book()
    const answers = await atOnce(2, (n) =>
      changeVisitType(as(), { id, visitTypeId: n === 0 ? long : careful, version: 1 }),
    )
    expect(tally(answers, outcome)).toEqual({ ok: 1, stale: 1 })
    expect(await kindsOf(id)).toHaveLength(2)
  })

  it('one key changes it once', async () => {
    const { id } = await book()
    const idempotency = { key: `visit type of ${id}`, fingerprint: 'a'.repeat(64) }
    const answers = await atOnce(3, () =>
      changeVisitType({ ...as(), idempotency }, { id, visitTypeId: long, version: 1 }),
    )
    expect(tally(answers, outcome)).toEqual({ ok: 3 })
    expect(await kindsOf(id)).toHaveLength(2)
  })
})

describe('it is refused', () => {
  it('to those who may not move it', async () => {
    const { id, doctorId } = await book()
    const other = await openPatient(sql, [await registerPatient(sql)])
    const wish = { id, visitTypeId: long }
    await expect(changeVisitType(as(other), wish)).rejects.toEqual(new NotFound('appointment'))
    const doctor = { kind: 'doctor', accountId: 9_000 + doctorId, doctorId } as const
    await expect(changeVisitType(as(doctor), wish)).rejects.toThrow(Forbidden)
  })

  it('to patients within the notice, off the grid, or with an override', async () => {
    const { id, actor } = await book()
    await expect(changeVisitType(as(actor), { id, visitTypeId: long, overrideReason: 'x' })).rejects.toThrow(
      Forbidden,
    )
    await sql.query('update visit_types set cancellation_notice_minutes = 600 where id = $1', [short])
    expect(await changeVisitType(as(actor), { id, visitTypeId: long })).toMatchObject({ refusal: 'too_late' })
    await appointmentOf(changeVisitType(as(), { id, visitTypeId: long }))
    await sql.query('update visit_types set cancellation_notice_minutes = 0 where id = $1', [short])
    const uneven = await book({ startAt: at('13:05') })
    expect(await changeVisitType(as(uneven.actor), { id: uneven.id, visitTypeId: long })).toMatchObject({
      refusal: 'off_grid',
    })
  })

  it('outside the hours without a reason of the front desk', async () => {
    const hours = [{ weekdays: [1], opensAt: '09:00', closesAt: '17:00' }]
    const doctorId = await hireDoctor(sql, { visitTypes: all(), hours })
    const { id } = await book({ doctorId, startAt: at('16:30') })
    expect(await changeVisitType(as(), { id, visitTypeId: long })).toMatchObject({ refusal: 'outside_hours' })
    const reason = { overrideReason: 'The doctor stays' }
    expect(await appointmentOf(changeVisitType(as(), { id, visitTypeId: long, ...reason }))).toMatchObject(
      reason,
    )
  })

  it('when the doctor does not offer it, or it is not for patients to book', async () => {
    const doctorId = await hireDoctor(sql, { visitTypes: [short] })
    const { id } = await book({ doctorId })
    expect(await changeVisitType(as(), { id, visitTypeId: long })).toMatchObject({
      refusal: 'not_offered',
      offered: [{ visit_type_id: short }],
    })
    expect(await changeVisitType(as(), { id, visitTypeId: 999_999 })).toMatchObject({
      refusal: 'not_offered',
    })
    const hidden = await defineVisitType(sql, { name: 'Hidden', online: false })
    const mine = await book({ doctorId: await hireDoctor(sql, { visitTypes: [short, hidden] }) })
    const wish = { id: mine.id, visitTypeId: hidden }
    expect(await changeVisitType(as(mine.actor), wish)).toMatchObject({ refusal: 'not_offered' })
    expect(await changeVisitType(as(), wish)).toMatchObject({ ok: true })
  })

  it('to a patient when the clinic approves it first, and to nobody at the desk', async () => {
    const { id, actor } = await book()
    const wish = { id, visitTypeId: careful }
    expect(await changeVisitType(as(actor), wish)).toMatchObject({ refusal: 'approval_needed' })
    expect(await appointmentOf(changeVisitType(as(), wish))).toMatchObject({ status: 'booked' })
  })

  it('to a patient without a number when the doctor calls', async () => {
    const phone = await defineVisitType(sql, { name: 'By phone', mode: 'phone' })
    const { id, actor, patientId } = await book({
      doctorId: await hireDoctor(sql, { visitTypes: [short, phone] }),
    })
    await sql.query('update patients set phone = null where id = $1', [patientId])
    expect(await changeVisitType(as(actor), { id, visitTypeId: phone })).toMatchObject({
      refusal: 'phone_needed',
    })
  })

  it('for groups, and once it is over', async () => {
    const { id } = await book()
    expect(await changeVisitType(as(), { id, visitTypeId: group })).toMatchObject({
      refusal: 'session_needed',
    })
    await appointmentOf(cancelAppointment(as(desk), { id, reason: 'Ill' }))
    expect(await changeVisitType(as(), { id, visitTypeId: long })).toMatchObject({ refusal: 'wrong_status' })
    expect(await findAppointment(as(), id)).toMatchObject({ visitType: { id: short } })
  })
})
