import { describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { closeLocation } from '../../../src/clinic/availability/close-location.ts'
import { defineVisitTypeInput } from '../../../src/clinic/availability/define-visit-type.ts'
import { offerVisitTypes } from '../../../src/clinic/availability/offer-visit-types.ts'
import { putOutOfOrder } from '../../../src/clinic/availability/put-out-of-order.ts'
import { redefineVisitType } from '../../../src/clinic/availability/redefine-visit-type.ts'
import { setWeeklyHours } from '../../../src/clinic/availability/set-weekly-hours.ts'
import { takeTimeOff } from '../../../src/clinic/availability/take-time-off.ts'
import type { ClinicContext } from '../../../src/clinic/context.ts'
import { changeDoctor } from '../../../src/clinic/doctors/change.ts'
import { changeLocation } from '../../../src/clinic/locations/change.ts'
import { changeResource } from '../../../src/clinic/resources/change.ts'
import { setResourceHours } from '../../../src/clinic/resources/set-hours.ts'
import { openClinic } from '../../support/clinic.ts'
import { countDeadlocks, untilBlocked } from '../../support/concurrency.ts'
import {
  addResource,
  hireDoctor,
  insertAppointment,
  defineVisitType as insertVisitType,
  locationOf,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const now = new Date('2029-12-31T00:00Z')
const as = (ctx: Partial<ClinicContext> = {}) =>
  clinic.context({ actor: { kind: 'admin', accountId: 1 }, now, ...ctx })

/** A doctor on Mondays from nine to five, a colleague there with the same hours, and a room. */
async function openPlace() {
  const visitTypeId = await insertVisitType(sql, { name: `Visit ${Math.random()}` })
  const otherTypeId = await insertVisitType(sql, { name: `Other ${Math.random()}` })
  const monday = [{ weekdays: [1], opensAt: '09:00', closesAt: '17:00' }]
  const visitTypes = [visitTypeId, otherTypeId]
  const doctorId = await hireDoctor(sql, { hours: monday, visitTypes })
  const colleagueId = await hireDoctor(sql, { hours: monday, visitTypes })
  const locationId = await locationOf(sql, doctorId)
  await sql.query('update doctors set location_id = $1 where id = $2', [locationId, colleagueId])
  await sql.query('delete from doctor_locations where doctor_id = $2 and location_id <> $1', [
    locationId,
    colleagueId,
  ])
  const roomId = await addResource(sql, locationId)
  return { visitTypeId, otherTypeId, doctorId, colleagueId, locationId, roomId }
}

type Place = Awaited<ReturnType<typeof openPlace>>

const book = (place: Place, clock: string, wish: object = {}) =>
  insertAppointment(sql, {
    doctorId: place.doctorId,
    visitTypeId: place.visitTypeId,
    startAt: `${clock}+07:00`,
    ...wish,
  })

/** Lets an appointment also take a room, or a colleague. */
const claim = (id: number, resource: string, part: string, doctorId: number | null = null) =>
  sql.query(
    `insert into claims (appointment_id, resource_id, part, doctor_id, during)
     select id, ${resource}, $2, $3, tstzrange(start_at, end_at) from appointments where id = $1`,
    [id, part, doctorId],
  )

/** Appointments at nine and at three that stand, and others that do not: one that is over, one off, one let go. */
async function fill(place: Place) {
  const [nine, three] = [await book(place, '2030-01-07T09:00'), await book(place, '2030-01-07T15:00')]
  const held = await book(place, '2030-01-07T16:00', { status: 'pending' })
  await sql.query('update appointments set hold_expires_at = $1 where id = $2', [
    new Date(now.getTime() + 60_000),
    held,
  ])
  await book(place, '2029-12-24T15:00')
  await book(place, '2030-01-14T15:00', { status: 'cancelled' })
  const lapsed = await book(place, '2030-01-14T16:00', { status: 'pending' })
  await sql.query('update appointments set hold_expires_at = $1 where id = $2', [now, lapsed])
  // Of the colleague, who needs the doctor too; and one who does not.
  const [assisted] = [await book(place, '2030-01-07T11:00', { doctorId: place.colleagueId })]
  await claim(
    assisted,
    `(select resource_id from doctors where id = ${place.doctorId})`,
    'colleague',
    place.doctorId,
  )
  const other = await book(place, '2030-01-07T10:00', {
    doctorId: place.colleagueId,
    visitTypeId: place.otherTypeId,
  })
  const inRoom = await book(place, '2030-01-07T12:00', { doctorId: place.colleagueId })
  await claim(inRoom, String(place.roomId), 'room')
  const upstairs = await book(await openPlace(), '2030-01-07T12:00')
  return { nine, three, held, assisted, other, inRoom, upstairs }
}

const mornings = [{ weekday: 1, opensAt: '09:00', closesAt: '12:00' }]
const afternoon = { startLocal: '2030-01-07T13:00', endLocal: '2030-01-07T17:00' }
const visitType = (isActive: boolean, name: string) =>
  defineVisitTypeInput.parse({ name, minutes: 30, isActive })

describe('what a change strands stays booked and is named', () => {
  it('when the hours of a doctor change', async () => {
    const place = await openPlace()
    const { three, held } = await fill(place)
    clinic.takeTrips()
    expect(await setWeeklyHours(as(), place.doctorId, mornings)).toMatchObject({
      ok: true,
      appointmentIds: [three, held],
    })
    expect(clinic.takeTrips()).toHaveLength(1)
    const { rows } = await sql.query('select status from appointments where id = $1', [three])
    expect(rows).toEqual([{ status: 'booked' }])
  })

  it('when a doctor has no hours any more, or other hours from some day on', async () => {
    const place = await openPlace()
    const { nine, three, held, assisted } = await fill(place)
    const from = { weekday: 1, opensAt: '09:00', closesAt: '17:00', startsOn: '2030-01-08' }
    expect(await setWeeklyHours(as(), place.doctorId, [from])).toMatchObject({
      ok: true,
      appointmentIds: [nine, assisted, three, held],
    })
    const later = await openPlace()
    await fill(later)
    expect(await setWeeklyHours(as(), later.doctorId, [{ ...from, startsOn: '2030-01-07' }])).toMatchObject({
      ok: true,
      appointmentIds: [],
    })
  })

  it('unless the front desk booked it outside the hours on purpose', async () => {
    const place = await openPlace()
    const patientId = await registerPatient(sql)
    const bookWithReason = async (startAt: string) => {
      const wish = { doctorId: place.doctorId, patientId, overrideReason: 'A favour' }
      const booked = await bookAppointment(as(), { ...wish, startAt, endAt: startAt.replace(':00', ':30') })
      return booked.ok ? booked.appointment.id : 0
    }
    await bookWithReason('2030-01-07T20:00')
    const wasInside = await bookWithReason('2030-01-07T15:00')
    expect(await setWeeklyHours(as(), place.doctorId, mornings)).toMatchObject({
      ok: true,
      appointmentIds: [wasInside],
    })
  })

  it('when a doctor is retired', async () => {
    const place = await openPlace()
    const { nine, three, held, assisted } = await fill(place)
    const { appointmentIds } = await changeDoctor(as(), place.doctorId, { isActive: false })
    expect(appointmentIds).toEqual([nine, assisted, three, held])
    expect((await changeDoctor(as(), place.doctorId, { name: 'Dr. Late' })).appointmentIds).toEqual([])
  })

  it('when a location is closed for good, or for a while', async () => {
    const place = await openPlace()
    const { nine, other, assisted, inRoom, three, held } = await fill(place)
    expect((await closeLocation(as(), place.locationId, afternoon)).appointmentIds).toEqual([three, held])
    expect(await changeLocation(as(), place.locationId, { isActive: false })).toMatchObject({
      appointmentIds: [nine, other, assisted, inRoom, three, held],
    })
  })

  it('when a visit type is withdrawn', async () => {
    const place = await openPlace()
    const { nine, assisted, inRoom, three, held } = await fill(place)
    const name = `Withdrawn ${Math.random()}`
    const changed = await redefineVisitType(as(), place.visitTypeId, visitType(true, name))
    const withdrawn = await redefineVisitType(as(), place.visitTypeId, visitType(false, name))
    expect(changed).toMatchObject({ ok: true, appointmentIds: [] })
    expect(withdrawn).toMatchObject({ ok: true, appointmentIds: [nine, assisted, inRoom, three, held] })
  })

  it('when a doctor no longer offers its visit type', async () => {
    const place = await openPlace()
    const { nine, three, held } = await fill(place)
    const { doctorId, visitTypeId, otherTypeId } = place
    expect(await offerVisitTypes(as(), doctorId, [visitTypeId])).toMatchObject({
      ok: true,
      appointmentIds: [],
    })
    const offered = await offerVisitTypes(as(), doctorId, [otherTypeId])
    expect(offered).toMatchObject({ ok: true, appointmentIds: [nine, three, held] })
  })

  it('when a doctor is away, alone or as a colleague', async () => {
    const place = await openPlace()
    const { nine, assisted, three, held } = await fill(place)
    const off = { startLocal: '2030-01-07T00:00', endLocal: '2030-01-08T00:00' }
    const { appointmentIds } = await takeTimeOff(as(), place.doctorId, off)
    expect(appointmentIds).toEqual([nine, assisted, three, held])
  })

  it('when a room is out of order, has other hours, or is out of use', async () => {
    const place = await openPlace()
    const { inRoom } = await fill(place)
    const { roomId } = place
    const noon = { startLocal: '2030-01-07T12:00', endLocal: '2030-01-07T12:10' }
    expect((await putOutOfOrder(as(), roomId, noon)).appointmentIds).toEqual([inRoom])
    expect((await putOutOfOrder(as(), roomId, afternoon)).appointmentIds).toEqual([])
    expect((await setResourceHours(as(), roomId, mornings)).appointmentIds).toEqual([inRoom])
    expect((await setResourceHours(as(), roomId, [])).appointmentIds).toEqual([])
    expect((await changeResource(as(), roomId, { name: 'Room 2' })).appointmentIds).toEqual([])
    expect((await changeResource(as(), roomId, { isActive: false })).appointmentIds).toEqual([inRoom])
  })

  it('when a room or a colleague lacks the minutes before or after that a need takes', async () => {
    const place = await openPlace()
    const { roomId, colleagueId, visitTypeId } = place
    await sql.query(
      `insert into visit_type_needs (visit_type_id, type, kinds, role, before_minutes, after_minutes)
       values ($1, 'room', '{consultation}', null, 0, 15), ($1, 'role', null, 'doctor', 10, 0)`,
      [visitTypeId],
    )
    const patientId = await registerPatient(sql)
    const wish = { doctorId: place.doctorId, visitTypeId, patientId, startAt: '2030-01-07T11:30' }
    const booked = await bookAppointment(as(), wish)
    const named = [booked.ok && booked.appointment.id]
    // It ends at twelve, and the room is cleaned until a quarter past.
    const cleaning = { startLocal: '2030-01-07T12:10', endLocal: '2030-01-07T13:00' }
    expect((await putOutOfOrder(as(), roomId, cleaning)).appointmentIds).toEqual(named)
    expect((await putOutOfOrder(as(), roomId, afternoon)).appointmentIds).toEqual([])
    const until = (closesAt: string) => [{ weekday: 1, opensAt: '09:00', closesAt }]
    expect((await setResourceHours(as(), roomId, until('12:00'))).appointmentIds).toEqual(named)
    expect((await setResourceHours(as(), roomId, until('12:15'))).appointmentIds).toEqual([])
    // The colleague comes ten minutes before.
    const from = (opensAt: string) => [{ weekday: 1, opensAt, closesAt: '17:00' }]
    const late = await setWeeklyHours(as(), colleagueId, from('11:25'))
    expect(late).toMatchObject({ ok: true, appointmentIds: named })
    const inTime = await setWeeklyHours(as(), colleagueId, from('11:20'))
    expect(inTime).toMatchObject({ ok: true, appointmentIds: [] })
    const before = { startLocal: '2030-01-07T11:00', endLocal: '2030-01-07T11:25' }
    expect((await takeTimeOff(as(), colleagueId, before)).appointmentIds).toEqual(named)
    // After the visit, nobody has to be called any more.
    const later = as({ now: new Date('2030-01-07T05:05Z') })
    expect((await changeResource(later, roomId, { isActive: false })).appointmentIds).toEqual([])
  })

  it('when a room is no longer of the kind that it was taken for', async () => {
    const place = await openPlace()
    const { inRoom } = await fill(place)
    const { rows } = await sql.query(
      `insert into visit_type_needs (visit_type_id, type, kinds) values ($1, 'room', '{consultation}') returning id`,
      [place.visitTypeId],
    )
    await sql.query('update claims set need_id = $1 where appointment_id = $2 and part = $3', [
      rows[0].id,
      inRoom,
      'room',
    ])
    expect((await changeResource(as(), place.roomId, { kind: 'storage' })).appointmentIds).toEqual([inRoom])
    expect((await changeResource(as(), place.roomId, { kind: 'consultation' })).appointmentIds).toEqual([])
  })

  it('with the participants of a session', async () => {
    const place = await openPlace()
    const session = await book(place, '2030-01-07T13:00')
    await sql.query('update appointments set capacity = 8 where id = $1', [session])
    await claim(session, String(place.roomId), 'room')
    const { rows } = await sql.query(
      `insert into appointments (doctor_id, location_id, patient_id, start_at, end_at, session_id, place)
       select doctor_id, location_id, $2, start_at, end_at, id, 1 from appointments where id = $1 returning id::int`,
      [session, await registerPatient(sql)],
    )
    const both = [session, rows[0].id]
    expect((await putOutOfOrder(as(), place.roomId, afternoon)).appointmentIds).toEqual(both)
    expect((await changeDoctor(as(), place.doctorId, { isActive: false })).appointmentIds).toEqual(both)
  })
})

it('an appointment that needs a nurse is named when its nurse gets another role or specialty', async () => {
  const place = await openPlace()
  const { colleagueId, doctorId, visitTypeId } = place
  await changeDoctor(as(), colleagueId, { role: 'nurse', specialty: 'Wounds' })
  await sql.query(
    `insert into visit_type_needs (visit_type_id, type, role, specialty) values ($1, 'role', 'nurse', 'Wounds')`,
    [visitTypeId],
  )
  const patientId = await registerPatient(sql)
  const wish = { doctorId, visitTypeId, patientId, startAt: '2030-01-07T10:00' }
  const booked = await bookAppointment(as(), wish)
  const named = booked.ok ? [booked.appointment.id] : []
  expect(named).toHaveLength(1)
  const changes = [
    [{ role: 'midwife' }, named],
    [{ role: 'nurse' }, []],
    [{ specialty: 'Births' }, named],
    [{ name: 'Dewi', locationIds: [place.locationId] }, named],
    [{ specialty: 'Wounds' }, []],
  ] as const
  for (const [change, appointmentIds] of changes)
    expect(await changeDoctor(as(), colleagueId, { ...change } as object)).toMatchObject({ appointmentIds })
  expect(await changeDoctor(as(), doctorId, { role: 'surgeon' })).toMatchObject({ appointmentIds: [] })
})

describe('a booking that races with such a change', () => {
  const changes: [string, (place: Place) => Promise<unknown>][] = [
    ['the hours of the doctor', ({ doctorId }) => setWeeklyHours(as(), doctorId, mornings)],
    ['retiring the doctor', ({ doctorId }) => changeDoctor(as(), doctorId, { isActive: false })],
    ['closing the location', ({ locationId }) => changeLocation(as(), locationId, { isActive: false })],
    ['what the doctor offers', ({ doctorId, otherTypeId }) => offerVisitTypes(as(), doctorId, [otherTypeId])],
    [
      'withdrawing the visit type',
      ({ visitTypeId }) => redefineVisitType(as(), visitTypeId, visitType(false, `W ${Math.random()}`)),
    ],
  ]
  const ask = async (place: Place) => {
    const { doctorId, visitTypeId } = place
    const patientId = await registerPatient(sql)
    return bookAppointment(as(), { doctorId, visitTypeId, patientId, startAt: '2030-01-07T15:00' })
  }

  it.each(changes)('of %s is named when it came first', async (_, change) => {
    const place = await openPlace()
    const holder = await sql.connect()
    // Holds up the booking after it has the shared lock.
    await holder.query('begin')
    await holder.query('lock table appointments in exclusive mode')
    const booking = ask(place)
    await untilBlocked(sql)
    const changing = change(place)
    await untilBlocked(sql, 2)
    await holder.query('commit')
    holder.release()
    const booked = await booking
    expect(booked.ok).toBe(true)
    const named = await changing
    const ids = Array.isArray(named) ? named : (named as { appointmentIds: number[] }).appointmentIds
    expect(ids).toEqual([booked.ok && booked.appointment.id])
  })

  it.each(changes)('of %s is refused when it came second', async (_, change) => {
    const place = await openPlace()
    await change(place)
    const booked = await ask(place)
    expect(booked.ok || booked.refusal).toMatch(/^(outside_hours|not_offered)$/)
  })

  it('is named or refused, whoever is first, without a deadlock', async () => {
    const deadlocks = await countDeadlocks(sql)
    for (const [, change] of changes) {
      const place = await openPlace()
      // Bookings of a type with a cap lock what the doctor offers.
      await sql.query('update visit_types set daily_cap = 5 where id = $1', [place.visitTypeId])
      const [named, ...booked] = await Promise.all([change(place), ask(place), ask(place), ask(place)])
      const ids = Array.isArray(named) ? named : (named as { appointmentIds: number[] }).appointmentIds
      expect(ids).toEqual(booked.flatMap((one) => (one.ok ? one.appointment.id : [])))
    }
    expect(await countDeadlocks(sql)).toBe(deadlocks)
  })
})
