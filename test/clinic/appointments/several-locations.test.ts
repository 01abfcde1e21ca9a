import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BookAppointment, bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { completeAppointment } from '../../../src/clinic/appointments/complete.ts'
import { findAppointment } from '../../../src/clinic/appointments/find.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { searchAppointments } from '../../../src/clinic/appointments/search.ts'
import { findOpenSlots } from '../../../src/clinic/availability/find-open-slots.ts'
import { searchSlots } from '../../../src/clinic/availability/search-slots.ts'
import { findTimeOff, takeTimeOff, withdrawTimeOff } from '../../../src/clinic/availability/take-time-off.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { changeDoctor } from '../../../src/clinic/doctors/change.ts'
import type { Happening } from '../../../src/clinic/happenings.ts'
import { setTravelTimes } from '../../../src/clinic/locations/travel-times.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { freeTimeChanges } from '../../../src/edge/free-time-changes.ts'
import { desk, patient } from '../../support/actors.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { countDeadlocks } from '../../support/concurrency.ts'
import {
  addResource,
  defineVisitType,
  hireDoctor,
  insertAppointment,
  locationOf,
  openLocation,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Sunday, 19:00 in Jakarta; the appointments are on Monday. */
const now = new Date('2026-11-22T12:00:00Z')
const admin: Actor = { kind: 'admin', accountId: 9 }
const day = '2026-11-23'
const at = (time: string) => `${day}T${time}`
const ctx = (actor: Actor = desk) => clinic.context({ now, actor })
let visitTypeId: number

beforeAll(async () => {
  visitTypeId = await defineVisitType(sql)
})
beforeEach(() => sql.query('delete from travel_times'))

/** A doctor who is at one location from nine to twelve, and at another from twelve to five. */
async function hireTraveller(visitTypes = [visitTypeId]) {
  const hours = [{ weekdays: [1], opensAt: '09:00', closesAt: '12:00' }]
  const doctorId = await hireDoctor(sql, { hours, visitTypes })
  const [home, away] = [await locationOf(sql, doctorId), await openLocation(sql)]
  await workAt(doctorId, away, '12:00', '17:00')
  return { doctorId, home, away }
}

async function workAt(doctorId: number, locationId: number, opensAt: string, closesAt: string) {
  await sql.query('insert into doctor_locations values ($1, $2)', [doctorId, locationId])
  await sql.query(
    `insert into weekly_hours (doctor_id, location_id, weekday, opens_at, closes_at) values ($1, $2, 1, $3, $4)`,
    [doctorId, locationId, opensAt, closesAt],
  )
}

const setWay = (one: number, other: number, minutes: number) =>
  setTravelTimes(ctx(admin), [{ oneLocationId: one, otherLocationId: other, minutes }])

async function slotsOf(doctorId: number, locationId?: number, ofType = visitTypeId) {
  const found = await findOpenSlots(ctx(), { doctorId, locationId, visitTypeId: ofType, from: day, to: day })
  if (!found.ok) throw new Error(found.refusal)
  return found.slots.map(({ startLocal, location }) => [startLocal.slice(-5), location.id] as const)
}

async function book(wish: Partial<BookAppointment> & { startAt: string }, actor?: Actor) {
  const patientId = wish.patientId ?? (await registerPatient(sql))
  return bookAppointment(ctx(actor ?? patient(patientId)), { visitTypeId, patientId, ...wish })
}

describe('a doctor at two locations', () => {
  it('leaves a room that was named behind with its location', async () => {
    const { doctorId, home } = await hireTraveller()
    const room = await addResource(sql, home)
    const { id } = await appointmentOf(book({ doctorId, startAt: at('10:00'), resourceIds: [room] }, desk))
    const moved = await appointmentOf(rescheduleAppointment(ctx(), { id, startAt: at('13:00') }))
    expect(moved.resources).toEqual([])
    expect(await verifyEvents(clinic.context().db)).toMatchObject({ broken: [] })
  })

  it('has the slots of each, and none that begins at one and ends at the other', async () => {
    const { doctorId, home, away } = await hireTraveller()
    const slots = await slotsOf(doctorId)
    expect(slots.filter(([, place]) => place === home)).toHaveLength(11)
    expect(slots.filter(([, place]) => place === away)).toHaveLength(19)
    expect(slots.map(([time]) => time)).not.toContain('11:45')
    expect(await slotsOf(doctorId, away)).toEqual(slots.filter(([, place]) => place === away))
    const found = await searchSlots(ctx(), { visitTypeId, locationId: away, from: day, to: day, limit: 50 })
    expect(found).toMatchObject({ ok: true, slots: { length: 19, 0: { location: { id: away } } } })
  })

  it('is away from one of them, and still at the other', async () => {
    const { doctorId, home, away } = await hireTraveller()
    const { id: early } = await appointmentOf(book({ doctorId, startAt: at('10:00') }))
    const { id: late } = await appointmentOf(book({ doctorId, startAt: at('13:00') }))
    const day = { startLocal: at('00:00'), endLocal: at('24:00').replace('23T24', '24T00') }
    const told: Happening[] = []
    const admins = clinic.context({ now, actor: admin, tell: (happening) => told.push(happening) })
    const enter = (locationId?: number) => takeTimeOff(admins, doctorId, { ...day, locationId })
    const times = async () => (await slotsOf(doctorId)).map(([time]) => time)
    expect(await enter(away)).toMatchObject({ locationId: away, appointmentIds: [late] })
    expect(await times()).toContain('09:00')
    expect(await times()).not.toContain('14:00')
    expect(await book({ doctorId, startAt: at('14:00') })).toMatchObject({ refusal: 'outside_hours' })
    expect(await book({ doctorId, startAt: at('09:00') })).toMatchObject({ ok: true })
    expect(await findTimeOff(admins, doctorId)).toMatchObject([{ locationId: away }])
    // The same times at the other one: away from all, which each of the two gets to know.
    expect(await enter(away)).toMatchObject({ locationId: away })
    const { id, ...both } = await enter(home)
    expect(both).toMatchObject({ locationId: null, appointmentIds: expect.arrayContaining([early, late]) })
    expect(await enter(home)).toMatchObject({ id, locationId: null })
    expect(await times()).toEqual([])
    await withdrawTimeOff(admins, doctorId, id)
    expect(told.map((happening) => [happening.kind, freeTimeChanges(happening).length])).toEqual([
      ['time_off.entered', 1],
      ['time_off.changed', 2],
      ['time_off.withdrawn', 2],
    ])
    await expect(enter(await openLocation(sql))).rejects.toThrow('No such location.')
    expect(await findTimeOff(admins, doctorId)).toEqual([])
  })

  it('is booked where they work then, and the list of each location has its own', async () => {
    const { doctorId, home, away } = await hireTraveller()
    const early = await appointmentOf(book({ doctorId, startAt: at('10:00') }))
    const late = await appointmentOf(book({ doctorId, startAt: at('14:00') }))
    expect([early.location.id, late.location.id]).toEqual([home, away])
    expect((await findAppointment(ctx(), late.id)).location.id).toBe(away)
    const { appointments } = await searchAppointments(ctx(), { locationId: away, limit: 10 })
    expect(appointments.map(({ id }) => id)).toEqual([late.id])
    expect(await book({ doctorId, locationId: away, startAt: at('11:00') })).toMatchObject({
      refusal: 'outside_hours',
    })
    const [event] = await findEvents(ctx(), late.id)
    expect(event?.after).toMatchObject({ location_id: away })
    expect((await verifyEvents(ctx().db)).broken).toEqual([])
  })

  it('is booked outside their hours at the location that the front desk names, or at their first', async () => {
    const { doctorId, home, away } = await hireTraveller()
    const outside = { doctorId, overrideReason: 'Urgent' }
    const named = await appointmentOf(book({ ...outside, locationId: away, startAt: at('07:00') }, desk))
    const first = await appointmentOf(book({ ...outside, startAt: at('08:00') }, desk))
    const there = await appointmentOf(book({ ...outside, startAt: at('13:00') }, desk))
    expect([named, first, there].map(({ location }) => location.id)).toEqual([away, home, away])
  })

  it('is moved to another location, and claimed there', async () => {
    const { doctorId, home, away } = await hireTraveller()
    const { id } = await appointmentOf(book({ doctorId, startAt: at('10:00') }))
    clinic.takeTrips()
    const context = ctx()
    const told: unknown[] = []
    const moved = await rescheduleAppointment(
      { ...context, tell: (happening) => told.push(...freeTimeChanges(happening)) },
      { id, startAt: at('15:00') },
    )
    expect(moved).toMatchObject({ ok: true, appointment: { location: { id: away } } })
    const { rows } = await sql.query(
      `select location_id::int from claims where appointment_id = $1 and part = 'doctor'`,
      [id],
    )
    expect(rows).toEqual([{ location_id: away }])
    const days = { doctorId, from: day, to: day }
    expect(told).toEqual(
      expect.arrayContaining([
        { ...days, locationId: home },
        { ...days, locationId: away },
      ]),
    )
    const back = { id, locationId: home, startAt: at('15:00'), overrideReason: 'Asked for' }
    expect(await rescheduleAppointment(ctx(), back)).toMatchObject({
      ok: true,
      appointment: { location: { id: home } },
    })
    const { rows: again } = await sql.query(
      `select location_id::int from claims where appointment_id = $1 and part = 'doctor'`,
      [id],
    )
    expect(again).toEqual([{ location_id: home }])
    expect(await rescheduleAppointment(ctx(), { id, startAt: at('15:00') })).toMatchObject({
      ok: true,
      appointment: { location: { id: home }, version: 3 },
    })
  })
})

describe('the way between two locations', () => {
  it('is kept free by the search, online, at the front desk and when moving', async () => {
    const { doctorId, home, away } = await hireTraveller()
    await setWay(away, home, 60)
    const { id } = await appointmentOf(book({ doctorId, startAt: at('11:15') }))
    expect((await slotsOf(doctorId, away))[0]).toEqual(['12:45', away])
    expect(await book({ doctorId, startAt: at('12:30') })).toMatchObject({ refusal: 'slot_taken' })
    expect(await book({ doctorId, startAt: at('12:44'), endAt: at('13:00') }, desk)).toMatchObject({
      refusal: 'slot_taken',
      nextFree: { startLocal: at('12:45') },
    })
    const urgent = { doctorId, locationId: home, startAt: at('13:15'), overrideReason: 'Urgent' }
    const later = await appointmentOf(book({ doctorId, startAt: at('14:00') }))
    expect(await book(urgent, desk)).toMatchObject({ refusal: 'slot_taken' })
    expect(await rescheduleAppointment(ctx(), { id: later.id, startAt: at('12:30') })).toMatchObject({
      refusal: 'slot_taken',
    })
    await cancelAppointment(ctx(), { id, reason: 'Ill' })
    expect(await rescheduleAppointment(ctx(), { id: later.id, startAt: at('12:30') })).toMatchObject({
      ok: true,
    })
  })

  it('is kept free when both ends are booked at the same moment', { timeout: 60_000 }, async () => {
    const long = await defineVisitType(sql, { name: 'To the last minute', minutes: 30 })
    const { doctorId, home, away } = await hireTraveller([long])
    await setWay(home, away, 45)
    const outcomes: string[] = []
    const attempts = { doctorId, visitTypeId: long }
    for (let week = 0; week < 30; week++) {
      const date = new Date(Date.parse(`${day}T00:00:00Z`) + week * 7 * 86_400_000).toISOString().slice(0, 10)
      const both = await Promise.all(
        ['11:30', '12:30'].map((time) => book({ ...attempts, startAt: `${date}T${time}` })),
      )
      outcomes.push(
        both
          .map((one) => (one.ok ? 'booked' : one.refusal))
          .toSorted()
          .join(),
      )
    }
    expect(new Set(outcomes)).toEqual(new Set(['booked,slot_taken']))
    expect(await countDeadlocks(sql)).toBe(0)
  })
})

describe('two rows of one person', () => {
  const pair = async () => {
    const hours = [{ weekdays: [1], opensAt: '09:00', closesAt: '17:00' }]
    return [
      await hireDoctor(sql, { hours, visitTypes: [visitTypeId] }),
      await hireDoctor(sql, { hours, visitTypes: [visitTypeId] }),
    ] as const
  }
  const share = async (doctorId: number, other: number | null) => {
    const { rows } = await sql.query(
      `select share_resource($1, $2, jsonb_populate_record(null::acting, jsonb_build_object('as_of', $3::text)))::int[] as ids`,
      [doctorId, other, now.toISOString()],
    )
    return rows[0].ids
  }

  it('are never booked for the same minute', async () => {
    const [one, other] = await pair()
    await share(one, other)
    await appointmentOf(book({ doctorId: one, startAt: at('10:00') }))
    expect(await book({ doctorId: other, startAt: at('10:15') })).toMatchObject({ refusal: 'slot_taken' })
    expect(await book({ doctorId: other, startAt: at('10:07') }, desk)).toMatchObject({
      refusal: 'slot_taken',
    })
    expect((await slotsOf(other)).map(([time]) => time)).not.toContain('10:00')
  })

  it('keep what overlapped in the past, and it can still be completed', async () => {
    const [one, other] = await pair()
    const past = { startAt: `${day}T09:00+07:00`, status: 'arrived', visitTypeId }
    const ids = [
      await insertAppointment(sql, { ...past, doctorId: one }),
      await insertAppointment(sql, { ...past, doctorId: other }),
    ]
    const later = new Date(`${day}T11:00+07:00`)
    const admins = clinic.context({ now: later, actor: admin })
    expect(await changeDoctor(admins, one, { samePersonAs: other })).toMatchObject({ ok: true })
    for (const id of ids)
      expect(await completeAppointment(clinic.context({ now: later, actor: desk }), id)).toMatchObject({
        ok: true,
      })
  })

  it('are not made one while one is still in a visit that overlaps, even if the other’s is over', async () => {
    const [one, other] = await pair()
    const startAt = `${day}T09:00+07:00`
    const ids = [
      await insertAppointment(sql, { startAt, doctorId: one, minutes: 60 }),
      await insertAppointment(sql, { startAt, doctorId: other }),
    ]
    const during = clinic.context({ now: new Date(`${day}T09:45+07:00`), actor: admin })
    for (const [doctorId, samePersonAs] of [
      [one, other],
      [other, one],
    ] as const)
      expect(await changeDoctor(during, doctorId, { samePersonAs })).toMatchObject({
        ok: false,
        faults: { samePersonAs: 'has_overlaps' },
        appointmentIds: ids,
      })
  })

  it('share what was booked before, unless it overlaps', async () => {
    const [one, other] = await pair()
    const first = await appointmentOf(book({ doctorId: one, startAt: at('10:00') }))
    const second = await appointmentOf(book({ doctorId: other, startAt: at('10:15') }))
    expect(await share(one, other)).toEqual([first.id, second.id])
    await cancelAppointment(ctx(), { id: second.id, reason: 'Ill' })
    expect(await share(one, other)).toEqual([])
    expect(await book({ doctorId: other, startAt: at('10:15') })).toMatchObject({ refusal: 'slot_taken' })
    expect(await share(one, null)).toEqual([])
    expect(await book({ doctorId: other, startAt: at('10:15') })).toMatchObject({ ok: true })
    expect(await book({ doctorId: one, startAt: at('10:15') })).toMatchObject({ refusal: 'slot_taken' })
  })
})
