import { expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { readLostSlot } from '../../../src/clinic/appointments/read-lost-slot.ts'
import { nearestSlots } from '../../../src/clinic/availability/find-nearest-slots.ts'
import { takeTimeOff } from '../../../src/clinic/availability/take-time-off.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { openClinic } from '../../support/clinic.ts'
import { defineVisitType, hireDoctor, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Sunday, 19:00 in Jakarta. */
const now = new Date('2026-11-22T12:00:00Z')
const hours = [{ weekdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '12:00' }]
const ctx = (actor: Actor = { kind: 'anonymous' }, at = now) => clinic.context({ actor, now: at })
const visitTypeId = await defineVisitType(sql, { name: 'Half an hour' })
const hire = () => hireDoctor(sql, { hours, gridMinutes: 30, visitTypes: [visitTypeId] })

const near = async (doctorId: number, startAt: string, at = now) =>
  (await readLostSlot(ctx(undefined, at), { doctorId, visitTypeId, startAt })).map(
    ({ startLocal }) => startLocal,
  )

async function take(doctorId: number, startAt: string) {
  const wish = { doctorId, patientId: await registerPatient(sql), visitTypeId, startAt }
  expect(await bookAppointment(clinic.context({ now }), wish)).toMatchObject({ ok: true })
}

it('offers the three nearest slots before and after, in order and in one trip', async () => {
  const doctorId = await hire()
  await take(doctorId, '2026-11-23T10:00')
  clinic.takeTrips()
  const slots = await readLostSlot(ctx(), { doctorId, visitTypeId, startAt: '2026-11-23T03:00:00Z' })
  expect(clinic.takeTrips()).toHaveLength(1)
  expect(slots.map(({ startLocal }) => startLocal)).toEqual([
    '2026-11-23T09:00',
    '2026-11-23T09:30',
    '2026-11-23T10:30',
  ])
  expect(slots[0]).toEqual({
    startAt: new Date('2026-11-23T02:00:00Z'),
    endAt: new Date('2026-11-23T02:30:00Z'),
    startLocal: '2026-11-23T09:00',
    endLocal: '2026-11-23T09:30',
    timeZone: 'Asia/Jakarta',
    doctor: { id: doctorId, name: 'Dr. Strange' },
    location: { id: expect.any(Number), name: 'Menteng' },
    visitTypeId,
  })
})

it('may offer the slot itself, or other days', async () => {
  const doctorId = await hire()
  expect(await near(doctorId, '2026-11-23T09:00')).toEqual([
    '2026-11-23T09:00',
    '2026-11-23T09:30',
    '2026-11-23T10:00',
  ])
  await takeTimeOff(clinic.context({ now }), doctorId, {
    startLocal: '2026-11-24T00:00',
    endLocal: '2026-11-25T11:30',
  })
  expect(await near(doctorId, '2026-11-25T09:00')).toEqual([
    '2026-11-25T11:30',
    '2026-11-26T09:00',
    '2026-11-26T09:30',
  ])
})

it('offers nothing in the past', async () => {
  const at = new Date('2026-11-23T03:15:00Z')
  expect(await near(await hire(), '2026-11-23T10:00', at)).toEqual([
    '2026-11-23T10:30',
    '2026-11-23T11:00',
    '2026-11-23T11:30',
  ])
})

it('looks one week back and two weeks ahead', async () => {
  const doctorId = await hire()
  const away = { startLocal: '2026-11-24T00:00', endLocal: '2026-12-14T12:00' }
  await takeTimeOff(clinic.context({ now }), doctorId, away)
  expect(await near(doctorId, '2026-11-30T11:30')).toEqual(['2026-11-23T11:30'])
  expect(await near(doctorId, '2026-12-01T09:00')).toEqual(['2026-12-15T09:00'])
})

it('offers nothing for an unknown doctor or visit type, or one not offered', async () => {
  const doctorId = await hire()
  const other = await defineVisitType(sql, { name: 'Not offered' })
  const startAt = '2026-11-23T09:00'
  for (const unknown of [{ doctorId: 999_999 }, { visitTypeId: 999_999 }, { visitTypeId: other }])
    expect(await readLostSlot(ctx(), { doctorId, visitTypeId, startAt, ...unknown })).toEqual([])
})

it('offers what cannot be booked online to the front desk only', async () => {
  const inside = await defineVisitType(sql, { name: 'By the desk', online: false })
  const doctorId = await hireDoctor(sql, { hours, visitTypes: [inside] })
  const wish = { doctorId, visitTypeId: inside, near: '2026-11-23T09:00' }
  expect((await nearestSlots(ctx(), wish)).rows).toEqual([])
  expect((await nearestSlots(ctx({ kind: 'front_desk', accountId: 7 }), wish)).rows).toHaveLength(3)
})
