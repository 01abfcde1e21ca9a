import { beforeAll, describe, expect, it } from 'vitest'
import { type BookAppointment, bookAppointment } from '../../src/clinic/appointments/book.ts'
import { bookHold } from '../../src/clinic/appointments/book-hold.ts'
import { cancelAppointment } from '../../src/clinic/appointments/cancel.ts'
import { changePeople } from '../../src/clinic/appointments/change-people.ts'
import { changeVisitType } from '../../src/clinic/appointments/change-visit-type.ts'
import { checkIn } from '../../src/clinic/appointments/check-in.ts'
import { completeAppointment } from '../../src/clinic/appointments/complete.ts'
import { extendHold } from '../../src/clinic/appointments/extend-hold.ts'
import { holdSlot } from '../../src/clinic/appointments/hold.ts'
import { markNoShow } from '../../src/clinic/appointments/mark-no-show.ts'
import { releaseHold } from '../../src/clinic/appointments/release-hold.ts'
import { rescheduleAppointment } from '../../src/clinic/appointments/reschedule.ts'
import { undo } from '../../src/clinic/appointments/undo.ts'
import { takeWalkIn } from '../../src/clinic/appointments/walk-in.ts'
import { type FreeTimeChange, freeTimeChanges } from '../../src/edge/free-time-changes.ts'
import { anonymous, desk } from '../support/actors.ts'
import { type Answer, appointmentOf } from '../support/answers.ts'
import { openClinic } from '../support/clinic.ts'
import { defineVisitType, hireDoctor, locationOf, registerPatient } from '../support/people.ts'
import { fingerprint, openSendingDesk } from '../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Monday, 08:00 in Jakarta. */
const morning = new Date('2026-11-23T01:00:00Z')
const as = (actor = desk, minutes = 0) =>
  clinic.context({ actor, now: new Date(morning.getTime() + minutes * 60_000) })
const inBrowser = (minutes = 0) => ({ ...as(anonymous, minutes), browser: { id: 'one', addressHash: 'one' } })
const [monday, tuesday, wednesday] = ['2026-11-23', '2026-11-24', '2026-11-25']
let visitTypeId: number
let one: Place
let other: Place

interface Place {
  doctorId: number
  locationId: number
}

beforeAll(async () => {
  visitTypeId = await defineVisitType(sql)
  one = await openPlace()
  other = await openPlace()
})

async function openPlace(visitTypes = [visitTypeId]): Promise<Place> {
  const doctorId = await hireDoctor(sql, { visitTypes })
  return { doctorId, locationId: await locationOf(sql, doctorId) }
}

const on = (from = monday, to = from, place = one): FreeTimeChange =>
  ({ ...place, from, to }) as FreeTimeChange

const of = (doctorId: number) => on(monday, monday, { ...one, doctorId })

/** Where the first doctor works. */
async function hireColleague(): Promise<number> {
  const { doctorId } = await openPlace()
  await sql.query('delete from doctor_locations where doctor_id = $1', [doctorId])
  await sql.query('update doctors set location_id = $2 where id = $1', [doctorId, one.locationId])
  await sql.query('insert into doctor_locations values ($1, $2) on conflict do nothing', [
    doctorId,
    one.locationId,
  ])
  return doctorId
}

const idOf = async (answering: Promise<Answer>) => (await appointmentOf(answering)).id

/** Books with the first doctor for a new patient. */
async function book(wish: Partial<BookAppointment> & { startAt: string }): Promise<number> {
  const patientId = await registerPatient(sql)
  return idOf(bookAppointment(as(), { doctorId: one.doctorId, visitTypeId, patientId, ...wish }))
}

const holdWish = (startAt: string) => ({ doctorId: one.doctorId, visitTypeId, startAt })
const holdInBrowser = (startAt: string, minutes = 0) => idOf(holdSlot(inBrowser(minutes), holdWish(startAt)))
const hold = (startAt: string) => idOf(holdSlot(as(), holdWish(startAt)))
const missed = async (startAt: string) => {
  const id = await book({ startAt })
  await markNoShow(as(desk, 60), id)
  return id
}

/** Each prepares, and returns the exact changes of free time and the call that causes them. */
const verbs: Record<string, () => Promise<[FreeTimeChange[], () => Promise<unknown>]>> = {
  'a booking': async () => [[on()], () => book({ startAt: '2026-11-23T10:00' })],
  'a booking until midnight': async () => [[on(tuesday)], () => book({ startAt: '2026-11-24T23:30' })],
  'a booking over midnight': async () => [
    [on('2026-11-26', '2026-11-27')],
    () => book({ startAt: '2026-11-26T23:45' }),
  ],
  'a booking whose buffer reaches over midnight': async () => {
    const buffered = await defineVisitType(sql, { name: 'With a pause', bufferAfter: 15 })
    const place = await openPlace([buffered])
    const wish = { ...place, visitTypeId: buffered, startAt: '2026-11-24T23:30' }
    // Pages are tagged with the days around them, so Wednesday's is purged as well: see purged-days.test.ts.
    return [[on(tuesday, tuesday, place)], () => book(wish)]
  },
  'a booking with a colleague': async () => {
    const colleague = await hireColleague()
    return [[on(), of(colleague)], () => book({ startAt: '2026-11-23T19:00', colleagueIds: [colleague] })]
  },
  'another colleague in a booking': async () => {
    const [former, next] = [await hireColleague(), await hireColleague()]
    const id = await book({ startAt: '2026-11-23T20:00', colleagueIds: [former] })
    return [[on(), of(former), of(next)], () => changePeople(as(), { id, colleagueIds: [next] })]
  },
  'the same colleague again': async () => {
    const colleague = await hireColleague()
    const id = await book({ startAt: '2026-11-23T21:00', colleagueIds: [colleague] })
    return [[], () => changePeople(as(), { id, colleagueIds: [colleague] })]
  },
  'another visit type': async () => {
    const longer = await defineVisitType(sql, { name: 'Longer', minutes: 60 })
    await sql.query('insert into doctor_visit_types values ($1, $2)', [one.doctorId, longer])
    const id = await book({ startAt: '2026-11-23T22:00' })
    return [[on()], () => changeVisitType(as(), { id, visitTypeId: longer })]
  },
  'a refused booking': async () => {
    await book({ startAt: '2026-11-23T11:00' })
    return [[], () => book({ startAt: '2026-11-23T11:00' }).catch(() => null)]
  },
  'a booking with an unknown doctor': async () => [
    [],
    () => book({ startAt: '2026-11-23T11:00', doctorId: 999_999 }).catch(() => null),
  ],
  'a walk-in': async () => {
    const wish = { doctorId: other.doctorId, visitTypeId, patientId: await registerPatient(sql) }
    return [[on(monday, monday, other)], () => takeWalkIn(as(), wish)]
  },
  'a hold': async () => [[on(tuesday)], () => hold('2026-11-24T08:00')],
  'the same hold again': async () => {
    await holdInBrowser('2026-11-24T08:30')
    return [[], () => holdInBrowser('2026-11-24T08:30')]
  },
  'another hold in the same browser': async () => {
    await holdInBrowser('2026-11-25T08:30')
    return [[on(tuesday), on(wednesday)], () => holdInBrowser('2026-11-24T08:30')]
  },
  'another hold on the same day': async () => {
    await holdInBrowser('2026-11-25T09:00')
    return [[on(wednesday), on(wednesday)], () => holdInBrowser('2026-11-25T09:30')]
  },
  'another, refused hold': async () => {
    await book({ startAt: '2026-11-24T09:00' })
    await holdInBrowser('2026-11-25T10:00')
    return [[on(wednesday)], () => holdSlot(inBrowser(), holdWish('2026-11-24T09:00'))]
  },
  'another hold when the first has expired': async () => {
    await holdInBrowser('2026-11-25T10:00')
    return [[on(tuesday)], () => holdInBrowser('2026-11-24T09:30', 10)]
  },
  'an extended hold': async () => {
    const id = await hold('2026-11-24T10:00')
    return [[], () => extendHold(as(), id)]
  },
  'a hold booked twice': async () => {
    const [holdId, patientId] = [await hold('2026-11-24T10:30'), await registerPatient(sql)]
    const booking = () => idOf(bookHold(as(), { holdId, patientId }))
    return [[], () => booking().then(booking)]
  },
  'an expired hold that is booked': async () => {
    const [holdId, patientId] = [await hold('2026-11-24T11:00'), await registerPatient(sql)]
    return [[on(tuesday)], () => idOf(bookHold(as(desk, 11), { holdId, patientId }))]
  },
  'a released hold': async () => {
    const id = await hold('2026-11-24T11:30')
    return [[on(tuesday)], () => idOf(releaseHold(as(), id))]
  },
  'a hold released again': async () => {
    const id = await hold('2026-11-24T11:30')
    await releaseHold(as(), id)
    return [[], () => idOf(releaseHold(as(), id))]
  },
  'a released hold that had expired': async () => {
    const id = await hold('2026-11-24T11:30')
    return [[], () => idOf(releaseHold(as(desk, 10), id))]
  },
  'a cancellation': async () => {
    const id = await book({ startAt: '2026-11-24T12:00' })
    return [[on(tuesday)], () => idOf(cancelAppointment(as(), { id, reason: 'Ill' }))]
  },
  'a cancellation again': async () => {
    const id = await book({ startAt: '2026-11-24T12:00' })
    await cancelAppointment(as(), { id, reason: 'Ill' })
    return [[], () => idOf(cancelAppointment(as(), { id, reason: 'Ill' }))]
  },
  'a refused cancellation': async () => {
    const id = await missed('2026-11-23T08:00')
    return [[], () => cancelAppointment(as(), { id, reason: 'Ill' })]
  },
  'a check-in, a completion and undoing both': async () => {
    const id = await book({ startAt: '2026-11-23T12:00' })
    const there = () => idOf(checkIn(as(), id)).then(() => idOf(completeAppointment(as(), id)))
    const back = () =>
      idOf(undo(as(), id, 'undo completion')).then(() => idOf(undo(as(), id, 'undo check-in')))
    return [[], () => there().then(back)]
  },
  'a no-show': async () => {
    const id = await book({ startAt: '2026-11-23T08:30' })
    return [[on()], () => idOf(markNoShow(as(desk, 60), id))]
  },
  'undoing a no-show': async () => {
    const id = await missed('2026-11-23T09:00')
    return [[on()], () => idOf(undo(as(desk, 60), id, 'undo no-show'))]
  },
  'a move to another day and doctor': async () => {
    const id = await book({ startAt: '2026-11-23T13:00' })
    const whereto = { id, startAt: '2026-11-24T23:45', doctorId: other.doctorId }
    const changes = [on(), on(tuesday, wednesday, other)]
    return [changes, () => idOf(rescheduleAppointment(as(), whereto) as Promise<Answer>)]
  },
  'a move on the same day': async () => {
    const id = await book({ startAt: '2026-11-23T14:00' })
    const moving = rescheduleAppointment
    return [[on()], () => idOf(moving(as(), { id, startAt: '2026-11-23T15:00' }) as Promise<Answer>)]
  },
  'a move to the same time': async () => {
    const id = await book({ startAt: '2026-11-23T16:00' })
    return [[], () => rescheduleAppointment(as(), { id, startAt: '2026-11-23T16:00' })]
  },
  'a refused move': async () => {
    const id = await book({ startAt: '2026-11-23T17:00' })
    await book({ startAt: '2026-11-23T18:00' })
    return [[], () => rescheduleAppointment(as(), { id, startAt: '2026-11-23T18:00' })]
  },
}

it.each(Object.entries(verbs))('%s changes exactly these times', async (_, prepare) => {
  const [changes, act] = await prepare()
  clinic.takeHappenings()
  await act()
  expect(clinic.takeHappenings().flatMap(freeTimeChanges).toSorted(byDate)).toEqual(changes.toSorted(byDate))
})

const byDate = (a: FreeTimeChange, b: FreeTimeChange) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

describe('a stored answer', () => {
  it('from before these columns existed counts as a change of everything', async () => {
    const sending = await openSendingDesk(clinic)
    const key = sending.newKey()
    const wish = await sending.wish()
    const ask = () => bookAppointment(sending.withKey(key), { ...wish, reasonForVisit: 'A cough' })
    const first = await ask()
    clinic.takeHappenings()
    expect(await ask()).toEqual(first)
    expect(clinic.takeHappenings().flatMap(freeTimeChanges)).toMatchObject([
      { doctorId: wish.doctorId, from: tuesday },
    ])
    await sql.query(
      `update idempotency_keys set answers = jsonb_set(answers, '{0,0}', (answers #> '{0,0}')
         - '{location_id,address,phone,reason_for_visit,hold_expires_local}'::text[])
       where fingerprint = decode($1, 'hex') and key = $2`,
      [fingerprint(), key],
    )
    expect(await ask()).toMatchObject({
      ok: true,
      appointment: { reasonForVisit: null, holdExpiresLocal: null, location: { address: null, phone: null } },
    })
    expect(clinic.takeHappenings().flatMap(freeTimeChanges)).toEqual(['everything'])
  })

  it('repeats a move that an earlier release kept without its former time', async () => {
    const sending = await openSendingDesk(clinic)
    const key = sending.newKey()
    const id = await idOf(bookAppointment(sending.withoutKey(), await sending.wish()))
    const ask = () => rescheduleAppointment(sending.withKey(key), { id, startAt: '2026-11-25T09:00' })
    const first = await ask()
    const kept = await sql.query(
      `update idempotency_keys set answers = jsonb_build_array((answers -> 0)
         #- '{0,former,start_local}' #- '{0,former,end_local}') where key = $1`,
      [key],
    )
    expect(kept.rowCount).toBe(1)
    clinic.takeHappenings()
    expect(await ask()).toEqual(first)
    expect(clinic.takeHappenings().flatMap(freeTimeChanges)).toMatchObject([
      { from: wednesday, to: wednesday },
    ])
  })
})
