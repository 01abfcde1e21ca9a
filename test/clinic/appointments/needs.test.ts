import { beforeAll, describe, expect, it } from 'vitest'
import { beginSession } from '../../../src/clinic/appointments/begin-session.ts'
import { type BookAppointment, bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { cancelSession, moveSession } from '../../../src/clinic/appointments/change-session.ts'
import { declineAppointment } from '../../../src/clinic/appointments/decline.ts'
import { findAppointment } from '../../../src/clinic/appointments/find.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { joinSession } from '../../../src/clinic/appointments/join-session.ts'
import { markNoShow } from '../../../src/clinic/appointments/mark-no-show.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { undo } from '../../../src/clinic/appointments/undo.ts'
import { exportPatient } from '../../../src/clinic/patients/export.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { patient } from '../../support/actors.ts'
import { appointmentOf, tally } from '../../support/answers.ts'
import { atOnce, countDeadlocks } from '../../support/concurrency.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import {
  addResource,
  defineVisitType,
  hireDoctor,
  openPatient,
  registerPatient,
} from '../../support/people.ts'

const { clinic, sql, as, at, hold } = await openMondayClinic()
let [scan, operation] = [0, 0]

beforeAll(async () => {
  scan = await defineVisitType(sql, { name: 'Scan' })
  operation = await defineVisitType(sql, { name: 'Operation' })
  await sql.query(
    `insert into visit_type_needs (visit_type_id, type, role, kinds, after_minutes)
     values ($1, 'room', null, '{scanner}', 10), ($2, 'room', null, '{theatre}', 0), ($2, 'role', 'nurse', null, 0),
       ($2, 'role', 'nurse', null, 0)`,
    [scan, operation],
  )
})

/** A location with doctors, nurses and rooms of its own. */
async function openClinic({ doctors = 1, nurses = 0, rooms = 1, kind = 'scanner' } = {}) {
  const [first, ...others] = await atOnce(doctors + nurses, (n) =>
    hireDoctor(sql, { visitTypes: n < doctors ? [scan, operation] : [] }),
  )
  const { rows } = await sql.query('select location_id from doctors where id = $1', [first])
  const locationId = Number(rows[0].location_id)
  const staff = [first as number, ...others]
  await sql.query('delete from doctor_locations where doctor_id = any ($1)', [others])
  await sql.query('update doctors set location_id = $2 where id = any ($1)', [others, locationId])
  await sql.query('insert into doctor_locations select unnest($1::bigint[]), $2 on conflict do nothing', [
    staff,
    locationId,
  ])
  await sql.query("update doctors set role = 'nurse' where id = any ($1)", [staff.slice(doctors)])
  const roomIds: number[] = []
  for (let n = 0; n < rooms; n++)
    roomIds.push(await addResource(sql, locationId, { kind, name: `Room ${n + 1}`, sortOrder: n }))
  return { locationId, doctorIds: staff.slice(0, doctors), nurseIds: staff.slice(doctors), roomIds }
}

async function book(wish: Partial<BookAppointment>, ctx = as()) {
  return bookAppointment(ctx, {
    patientId: await registerPatient(sql),
    visitTypeId: scan,
    startAt: at('10:00'),
    ...wish,
  })
}

const claimsOf = async (id: number) =>
  (
    await sql.query(
      `select part, coalesce(doctor_id, resource_id)::integer as id,
         to_char(lower(during) at time zone 'Asia/Jakarta', 'HH24:MI') as from,
         to_char(upper(during) at time zone 'Asia/Jakarta', 'HH24:MI') as to
       from claims where appointment_id = $1 and part not in ('doctor', 'patient') order by resource_id`,
      [id],
    )
  ).rows
const roomOf = async (id: number) => (await claimsOf(id)).find(({ part }) => part === 'room')?.id

describe('a booking', () => {
  it('takes what meets the needs, with the time around it', async () => {
    const { doctorIds, roomIds } = await openClinic()
    const { id, resources } = await appointmentOf(book({ doctorId: doctorIds[0] }))
    expect(await claimsOf(id)).toEqual([{ part: 'room', id: roomIds[0], from: '10:00', to: '10:40' }])
    expect(resources).toEqual([{ id: roomIds[0], type: 'room', kind: 'scanner', name: 'Room 1' }])
    expect((await findAppointment(as(), id)).resources).toEqual(resources)
  })

  it('takes the least loaded of the day', async () => {
    const { doctorIds, roomIds } = await openClinic({ rooms: 2 })
    const rooms: unknown[] = []
    for (const startAt of ['09:00', '10:00', '11:00'])
      rooms.push(
        await roomOf((await appointmentOf(book({ doctorId: doctorIds[0], startAt: at(startAt) }))).id),
      )
    expect(rooms).toEqual([roomIds[0], roomIds[1], roomIds[0]])
  })

  it('takes two people for two needs, and never its own doctor', async () => {
    const { doctorIds, nurseIds } = await openClinic({ nurses: 2, kind: 'theatre' })
    const [doctorId] = doctorIds
    await sql.query("update doctors set role = 'nurse' where id = $1", [doctorId])
    const { id } = await appointmentOf(book({ doctorId, visitTypeId: operation }))
    expect((await claimsOf(id)).filter(({ part }) => part === 'colleague').map((claim) => claim.id)).toEqual(
      nurseIds,
    )
    await sql.query('delete from doctor_locations where doctor_id = $1', [nurseIds[1]])
    expect(await book({ doctorId, visitTypeId: operation, startAt: at('12:00') })).toMatchObject({
      ok: false,
      refusal: 'resource_taken',
      unmetNeed: { type: 'role', role: 'nurse' },
    })
  })

  it('says to the front desk which need is not met, and when it would be', async () => {
    const { doctorIds } = await openClinic({ doctors: 2 })
    await appointmentOf(book({ doctorId: doctorIds[0] }))
    const patientId = await registerPatient(sql)
    const wish = { doctorId: doctorIds[1], startAt: at('10:15') }
    expect(await book(wish)).toMatchObject({
      refusal: 'resource_taken',
      unmetNeed: { type: 'room', kinds: ['scanner'] },
      nextFree: { startLocal: at('10:40') },
    })
    const refused = await book({ ...wish, patientId }, as(await openPatient(sql, [patientId])))
    expect(refused).toMatchObject({ refusal: 'slot_taken', nextFree: { startLocal: at('10:45') } })
    expect(refused).not.toHaveProperty('unmetNeed')
  })

  it('goes without what is not there when the front desk gives a reason', async () => {
    const { doctorIds, nurseIds } = await openClinic({ nurses: 1, rooms: 0 })
    const wish = { doctorId: doctorIds[0], visitTypeId: operation }
    expect(await book(wish)).toMatchObject({ refusal: 'resource_taken' })
    const { id } = await appointmentOf(book({ ...wish, overrideReason: 'Outdoors' }))
    expect((await claimsOf(id)).map((claim) => claim.id)).toEqual(nurseIds)
  })

  it('takes the rooms that the front desk names: for a need where they fit, or besides', async () => {
    const { locationId, doctorIds, roomIds } = await openClinic({ rooms: 2 })
    const office = await addResource(sql, locationId, { kind: 'office' })
    const resourceIds = [roomIds[1] as number, office]
    const { id } = await appointmentOf(book({ doctorId: doctorIds[0], resourceIds }))
    expect(await claimsOf(id)).toEqual([
      { part: 'room', id: roomIds[1], from: '10:00', to: '10:40' },
      { part: 'room', id: office, from: '10:00', to: '10:30' },
    ])
    const { doctorIds: others } = await openClinic()
    expect(await book({ doctorId: others[0], resourceIds: [office] })).toMatchObject({
      refusal: 'invalid',
      faults: { resourceIds: 'unknown' },
    })
  })

  it('takes the time of an expired hold', async () => {
    const { doctorIds } = await openClinic({ doctors: 2 })
    await hold(as(), { doctorId: doctorIds[0] as number, visitTypeId: scan, startAt: at('10:00') })
    const wish = { doctorId: doctorIds[1] }
    expect(await book(wish)).toMatchObject({ refusal: 'resource_taken' })
    expect(await book(wish, as(undefined, 11))).toMatchObject({ ok: true })
  })

  it('takes the room of an expired hold when only a length is named', async () => {
    const { doctorIds } = await openClinic({ doctors: 2 })
    await sql.query('update visit_types set minutes = 25 where id = $1', [scan])
    await hold(as(), { doctorId: doctorIds[0] as number, visitTypeId: scan, startAt: at('10:00') })
    const patientId = await registerPatient(sql)
    const wish = { doctorId: doctorIds[1], patientId, startAt: at('10:00'), endAt: at('10:25') }
    const booked = await bookAppointment(as(patient(patientId), 11), wish)
    await sql.query('update visit_types set minutes = 30 where id = $1', [scan])
    expect(booked).toMatchObject({ ok: true })
  })
})

describe('an appointment that changes', () => {
  it('keeps its room on a move where that is free, or gets another, or stays', async () => {
    const { doctorIds, roomIds } = await openClinic({ doctors: 3, rooms: 2 })
    const [doctorId, second, third] = doctorIds
    const { id } = await appointmentOf(book({ doctorId }))
    const move = (time: string) => rescheduleAppointment(as(), { id, startAt: at(time) })
    await appointmentOf(move('10:15'))
    expect(await roomOf(id)).toBe(roomIds[0])
    const rival = await appointmentOf(
      book({ doctorId: second, startAt: at('14:00'), resourceIds: [roomIds[0] as number] }),
    )
    await appointmentOf(move('14:00'))
    expect(await roomOf(id)).toBe(roomIds[1])
    await appointmentOf(move('16:00'))
    await appointmentOf(book({ doctorId: third, startAt: at('14:00') }))
    expect(await move('14:15')).toMatchObject({ refusal: 'resource_taken', unmetNeed: { type: 'room' } })
    await appointmentOf(cancelAppointment(as(), { id: rival.id, reason: 'Ill' }))
    await appointmentOf(move('14:15'))
    expect(await roomOf(id)).toBe(roomIds[0])
  })

  it('keeps its room when a hold is booked', async () => {
    const { doctorIds, roomIds } = await openClinic()
    const held = await hold(as(), {
      doctorId: doctorIds[0] as number,
      visitTypeId: scan,
      startAt: at('10:00'),
    })
    await bookHold(as(), { holdId: held.id, patientId: await registerPatient(sql) })
    expect(await claimsOf(held.id)).toEqual([{ part: 'room', id: roomIds[0], from: '10:00', to: '10:40' }])
  })

  it('gets a room again when a no-show was a mistake, if there is one', async () => {
    const { doctorIds, roomIds } = await openClinic({ doctors: 3, rooms: 2 })
    const { id } = await appointmentOf(book({ doctorId: doctorIds[0], startAt: at('08:00') }))
    await appointmentOf(markNoShow(as(undefined, 1), id))
    await appointmentOf(book({ doctorId: doctorIds[1], startAt: at('08:15') }, as(undefined, 1)))
    await appointmentOf(undo(as(undefined, 2), id, 'undo no-show'))
    expect(await roomOf(id)).toBe(roomIds[1])
    expect((await findEvents(as(), id)).at(-1)).toMatchObject({
      before: { room_ids: [roomIds[0]] },
      after: { room_ids: [roomIds[1]] },
    })
    await appointmentOf(markNoShow(as(undefined, 3), id))
    await appointmentOf(book({ doctorId: doctorIds[2], startAt: at('08:15') }, as(undefined, 4)))
    expect(await undo(as(undefined, 5), id, 'undo no-show')).toMatchObject({ refusal: 'slot_taken' })
  })
})

describe('the history', () => {
  /** What each event says of these, before and after. */
  async function told(id: number, ...names: string[]) {
    const only = (facts: unknown) =>
      facts && Object.fromEntries(Object.entries(facts).filter(([name]) => names.includes(name)))
    return (await findEvents(as(), id)).map(({ before, after }) => [only(before), only(after)])
  }
  const ids = ['room_ids', 'device_ids', 'colleague_ids', 'companion_ids']
  const stands = async () => expect((await verifyEvents(clinic.context().db)).broken).toEqual([])

  it('says which room an appointment had, and which it has', async () => {
    const { doctorIds, locationId, roomIds } = await openClinic({ doctors: 2, rooms: 2 })
    const [doctorId, second] = doctorIds
    const device = await addResource(sql, locationId, { type: 'device', kind: 'probe' })
    const [first = 0, other] = roomIds
    const { id } = await appointmentOf(book({ doctorId, resourceIds: [device] }))
    await appointmentOf(book({ doctorId: second, startAt: at('14:00'), resourceIds: [first] }))
    await appointmentOf(rescheduleAppointment(as(), { id, startAt: at('14:00') }))
    await appointmentOf(cancelAppointment(as(), { id, reason: 'Ill' }))
    const [had, has] = [first, other].map((room) => ({ room_ids: [room], device_ids: [device] }))
    expect(await told(id, ...ids)).toEqual([
      [null, had],
      [had, has],
      [has, has],
    ])
    await stands()
  })

  it('refuses an end before the start, whatever is named beside it', async () => {
    const { doctorIds, locationId } = await openClinic({ doctors: 1, rooms: 1 })
    const device = await addResource(sql, locationId, { type: 'device', kind: 'probe' })
    const { id } = await appointmentOf(book({ doctorId: doctorIds[0] }))
    const wish = { id, startAt: at('14:00'), endAt: at('13:00'), resourceIds: [device] }
    expect(await rescheduleAppointment(as(), wish)).toMatchObject({
      refusal: 'invalid',
      faults: { endAt: 'not_after_start' },
    })
  })

  it('says who meets a need, and nothing of an appointment without any', async () => {
    const { doctorIds, nurseIds, roomIds } = await openClinic({ doctors: 1, nurses: 2, kind: 'theatre' })
    const { id } = await appointmentOf(book({ doctorId: doctorIds[0], visitTypeId: operation }))
    const colleagueIds = nurseIds.toSorted((one, other) => one - other)
    expect(await told(id, ...ids)).toEqual([[null, { room_ids: roomIds, colleague_ids: colleagueIds }]])
    const plain = await defineVisitType(sql)
    const doctorId = await hireDoctor(sql, { visitTypes: [plain] })
    const without = await appointmentOf(book({ doctorId, visitTypeId: plain }))
    const [event] = await findEvents(as(), without.id)
    expect(Object.keys(event?.after ?? {}).filter((name) => name.endsWith('_ids'))).toEqual([])
  })

  it('says what a request had that was declined', async () => {
    const { doctorIds, roomIds } = await openClinic()
    await sql.query('update visit_types set requires_approval = true where id = $1', [scan])
    const patientId = await registerPatient(sql)
    const actor = await openPatient(sql, [patientId])
    const { id } = await appointmentOf(book({ doctorId: doctorIds[0], patientId }, as(actor)))
    await sql.query('update visit_types set requires_approval = false where id = $1', [scan])
    await appointmentOf(declineAppointment(as(), { id, reason: 'Full' }))
    const had = { room_ids: roomIds }
    expect(await told(id, ...ids)).toEqual([
      [null, had],
      [had, had],
    ])
    await stands()
  })

  it('misses a room that was taken away without an event', async () => {
    const { doctorIds } = await openClinic()
    const { id } = await appointmentOf(book({ doctorId: doctorIds[0] }))
    const [room] = (
      await sql.query(`delete from claims where appointment_id = $1 and part = 'room' returning *`, [id])
    ).rows
    const { broken } = await verifyEvents(clinic.context().db)
    await sql.query('insert into claims select * from jsonb_populate_record(null::claims, $1)', [room])
    expect(broken).toEqual([{ appointmentId: id, number: 1, what: 'unrecorded' }])
    await stands()
  })

  it('tells patients the room by name, and no device', async () => {
    const { doctorIds, locationId } = await openClinic()
    const device = await addResource(sql, locationId, { type: 'device', kind: 'probe', name: 'Probe' })
    const patientId = await registerPatient(sql)
    await appointmentOf(book({ doctorId: doctorIds[0], patientId, resourceIds: [device] }))
    const { document } = await exportPatient(as(), patientId)
    const [{ events }] = JSON.parse(document).appointments
    expect(events[0].changes).toMatchObject({ rooms: ['Room 1'] })
    expect(Object.keys(events[0].changes).filter((name) => /room_|device/.test(name))).toEqual([])
    expect(document).not.toContain('Probe')
  })
})

describe('a claim that is refused', () => {
  it('leaves none of the others behind', async () => {
    const { doctorIds, roomIds } = await openClinic()
    const { id } = await appointmentOf(book({ doctorId: doctorIds[0] }))
    const { rows } = await sql.query(
      `select take_claims(array(
         select row(0, resource_id, part, null, null, 0, 0, null, during, null)::claims
         from (values
           (-1, 'patient'), ((select resource_id from doctors where id = $1), 'doctor'), ($2, 'room')
         ) as wanted (resource_id, part)
         cross join (select during from claims where appointment_id = $3 and part = 'doctor') asked
       )) as are_taken`,
      [(await openClinic()).doctorIds[0], roomIds[0], id],
    )
    expect(rows).toEqual([{ are_taken: false }])
    expect((await sql.query('select from claims where appointment_id = 0')).rowCount).toBe(0)
  })
})

describe('thirty requests at once', () => {
  it('for the last room: one is booked', async () => {
    const { doctorIds } = await openClinic({ doctors: 30 })
    const answers = await atOnce(30, (n) => book({ doctorId: doctorIds[n] }))
    expect(tally(answers, (answer) => (answer.ok ? 'booked' : answer.refusal))).toEqual({
      booked: 1,
      resource_taken: 29,
    })
  })

  it('for as many rooms and any doctor: all are booked', async () => {
    const { locationId } = await openClinic({ doctors: 30, rooms: 30 })
    const answers = await atOnce(30, () => book({ locationId }))
    expect(tally(answers, (answer) => (answer.ok ? 'booked' : answer.refusal))).toEqual({ booked: 30 })
  })

  it('that need the same people in other parts end without a deadlock', async () => {
    const { doctorIds, nurseIds } = await openClinic({ doctors: 6, nurses: 4, rooms: 6, kind: 'theatre' })
    await sql.query("update doctors set role = 'nurse' where id = any ($1)", [doctorIds])
    const answers = await atOnce(30, (n) =>
      n % 2
        ? book({ doctorId: doctorIds[n % 6], visitTypeId: operation })
        : book({
            doctorId: doctorIds[n % 6],
            visitTypeId: undefined,
            endAt: at('10:30'),
            colleagueIds: [nurseIds[n % 4] as number],
          }),
    )
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(1)
    expect(await countDeadlocks(sql)).toBe(0)
  })
})

describe('a session of a visit type with needs', () => {
  it('takes its room once for everyone, moves it along, and gives it back', async () => {
    const { doctorIds, locationId } = await openClinic({ doctors: 2, rooms: 2, kind: 'gym' })
    const [doctorId = 0, otherDoctor = 0] = doctorIds
    const yoga = await defineVisitType(sql, { name: 'Yoga', minutes: 60, capacity: 3 })
    await sql.query(
      `insert into visit_type_needs (visit_type_id, type, kinds, after_minutes)
       values ($1, 'room', '{gym}', 15), ($1, 'device', '{projector}', 0)`,
      [yoga],
    )
    await sql.query('insert into doctor_visit_types select unnest($1::bigint[]), $2', [doctorIds, yoga])
    const projector = await addResource(sql, locationId, {
      type: 'device',
      kind: 'projector',
      name: 'Beamer',
    })
    const begin = (doctorId: number, startAt: string) =>
      beginSession(as(), { doctorId, visitTypeId: yoga, startAt: at(startAt) })
    const { id } = await appointmentOf(begin(doctorId, '10:00'))
    const places = [await registerPatient(sql), await registerPatient(sql)].map((patientId) =>
      appointmentOf(joinSession(as(), { sessionId: id, patientId })),
    )
    for (const place of await Promise.all(places)) {
      expect(await claimsOf(place.id)).toEqual([])
      expect(place.resources).toHaveLength(2)
      const [joined] = await findEvents(as(), place.id)
      expect(Object.keys(joined?.after ?? {}).filter((name) => name.endsWith('_ids'))).toEqual([])
    }
    expect((await findEvents(as(), id))[0]).toMatchObject({ after: { device_ids: [projector] } })
    const roomId = await roomOf(id)
    const taken = (from: string, roomUntil: string, deviceUntil: string) => [
      { part: 'room', id: roomId, from, to: roomUntil },
      { part: 'device', id: projector, from, to: deviceUntil },
    ]
    expect(await claimsOf(id)).toEqual(taken('10:00', '11:15', '11:00'))
    // There is another room, and no other projector.
    expect(await begin(otherDoctor, '10:30')).toMatchObject({
      refusal: 'resource_taken',
      unmetNeed: { type: 'device', kinds: ['projector'] },
    })
    expect(await moveSession(as(), { id, startAt: at('10:30') })).toMatchObject({ ok: true })
    expect(await claimsOf(id)).toEqual(taken('10:30', '11:45', '11:30'))
    const other = await appointmentOf(begin(otherDoctor, '12:00'))
    expect(await moveSession(as(), { id, startAt: at('12:30') })).toMatchObject({ refusal: 'resource_taken' })
    expect(await claimsOf(id)).toEqual(taken('10:30', '11:45', '11:30'))
    await cancelSession(as(), { id: other.id, reason: 'Snow' })
    expect((await claimsOf(other.id)).map(({ from }) => from)).toEqual([null, null])
    expect(await moveSession(as(), { id, startAt: at('12:30') })).toMatchObject({ ok: true })
  })

  it('moves into another room when its own is taken then', async () => {
    const { doctorIds, roomIds } = await openClinic({ doctors: 2, rooms: 2, kind: 'gym' })
    const [doctorId = 0, otherDoctor] = doctorIds
    const pilates = await defineVisitType(sql, { name: 'Pilates', minutes: 30, capacity: 3 })
    await sql.query(
      `insert into visit_type_needs (visit_type_id, type, kinds) values ($1, 'room', '{gym}')`,
      [pilates],
    )
    await sql.query('insert into doctor_visit_types values ($1, $2)', [doctorId, pilates])
    const begun = beginSession(as(), { doctorId, visitTypeId: pilates, startAt: at('09:00') })
    const { id } = await appointmentOf(begun)
    const move = (startAt: string) => moveSession(as(), { id, startAt: at(startAt) })
    const roomId = await roomOf(id)
    const talk = await defineVisitType(sql, { name: 'Talk' })
    await sql.query('insert into doctor_visit_types values ($1, $2)', [otherDoctor, talk])
    const taken = { doctorId: otherDoctor, visitTypeId: talk, startAt: at('11:00'), resourceIds: [roomId] }
    await appointmentOf(book(taken))
    expect(await move('10:00')).toMatchObject({ ok: true })
    expect(await roomOf(id)).toBe(roomId)
    expect(await move('11:00')).toMatchObject({ ok: true })
    const otherRoom = { part: 'room', id: roomIds.find((one) => one !== roomId), from: '11:00', to: '11:30' }
    expect(await claimsOf(id)).toEqual([otherRoom])
  })
})
