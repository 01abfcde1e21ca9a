import { beforeAll, describe, expect, it } from 'vitest'
import { type BookAppointment, bookAppointment } from '../../src/clinic/appointments/book.ts'
import { bookHold } from '../../src/clinic/appointments/book-hold.ts'
import { cancelAppointment } from '../../src/clinic/appointments/cancel.ts'
import { checkIn } from '../../src/clinic/appointments/check-in.ts'
import { completeAppointment } from '../../src/clinic/appointments/complete.ts'
import { extendHold } from '../../src/clinic/appointments/extend-hold.ts'
import { holdSlot } from '../../src/clinic/appointments/hold.ts'
import { markNoShow } from '../../src/clinic/appointments/mark-no-show.ts'
import { releaseHold } from '../../src/clinic/appointments/release-hold.ts'
import { rescheduleAppointment } from '../../src/clinic/appointments/reschedule.ts'
import { undo } from '../../src/clinic/appointments/undo.ts'
import { takeWalkIn } from '../../src/clinic/appointments/walk-in.ts'
import type { Actor } from '../../src/clinic/context.ts'
import { type FreeTimeChange, freeTimeChanges } from '../../src/edge/free-time-changes.ts'
import { openClinic } from '../support/clinic.ts'
import { defineVisitType, hireDoctor, registerPatient } from '../support/people.ts'
import { fingerprint, openSendingDesk } from '../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Monday, 08:00 in Jakarta. */
const morning = new Date('2026-11-23T01:00:00Z')
const nobody: Actor = { kind: 'anonymous' }
const desk: Actor = { kind: 'front_desk', accountId: 7 }
/** Whoever acts in one and the same browser, so many minutes after eight. */
const as = (actor: Actor = desk, minutes = 0) =>
  clinic.context({ actor, now: new Date(morning.getTime() + minutes * 60_000) })
const inBrowser = (minutes = 0) => ({ ...as(nobody, minutes), browser: { id: 'one', addressHash: 'one' } })
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
  const { rows } = await sql.query('select location_id::int as id from doctors where id = $1', [doctorId])
  return { doctorId, locationId: rows[0].id }
}

const on = (from = monday, to = from, place = one): FreeTimeChange =>
  ({ ...place, from, to }) as FreeTimeChange

type Answer = { ok: true; appointment: { id: number } } | { ok: false; refusal: string }

async function done(answering: Promise<Answer>): Promise<number> {
  const answer = await answering
  if (!answer.ok) throw new Error(answer.refusal)
  return answer.appointment.id
}

/** Booked with the one doctor for somebody new. */
async function book(wish: Partial<BookAppointment> & { startAt: string }): Promise<number> {
  const patientId = await registerPatient(sql)
  return done(bookAppointment(as(), { doctorId: one.doctorId, visitTypeId, patientId, ...wish }))
}

const holdWish = (startAt: string) => ({ doctorId: one.doctorId, visitTypeId, startAt })
const holdInBrowser = (startAt: string, minutes = 0) => done(holdSlot(inBrowser(minutes), holdWish(startAt)))
const hold = (startAt: string) => done(holdSlot(as(), holdWish(startAt)))
const missed = async (startAt: string) => {
  const id = await book({ startAt })
  await markNoShow(as(desk, 60), id)
  return id
}

/** Each prepares, and answers what is then done, and what exactly that tells. */
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
    return [[on(tuesday, wednesday, place)], () => book(wish)]
  },
  'a refused booking': async () => {
    await book({ startAt: '2026-11-23T11:00' })
    return [[], () => book({ startAt: '2026-11-23T11:00' }).catch(() => null)]
  },
  'a booking with nobody': async () => [
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
  'another hold that is refused': async () => {
    await book({ startAt: '2026-11-24T09:00' })
    await holdInBrowser('2026-11-25T10:00')
    return [[on(wednesday)], () => holdSlot(inBrowser(), holdWish('2026-11-24T09:00'))]
  },
  'another hold when the first has expired': async () => {
    await holdInBrowser('2026-11-25T10:00')
    return [[on(tuesday)], () => holdInBrowser('2026-11-24T09:30', 10)]
  },
  'a hold that is extended': async () => {
    const id = await hold('2026-11-24T10:00')
    return [[], () => extendHold(as(), id)]
  },
  'a hold that is booked, and again': async () => {
    const [holdId, patientId] = [await hold('2026-11-24T10:30'), await registerPatient(sql)]
    const booking = () => done(bookHold(as(), { holdId, patientId }))
    return [[], () => booking().then(booking)]
  },
  'a hold that is booked late': async () => {
    const [holdId, patientId] = [await hold('2026-11-24T11:00'), await registerPatient(sql)]
    return [[on(tuesday)], () => done(bookHold(as(desk, 11), { holdId, patientId }))]
  },
  'a hold that is let go': async () => {
    const id = await hold('2026-11-24T11:30')
    return [[on(tuesday)], () => done(releaseHold(as(), id))]
  },
  'a hold that is let go again': async () => {
    const id = await hold('2026-11-24T11:30')
    await releaseHold(as(), id)
    return [[], () => done(releaseHold(as(), id))]
  },
  'an expired hold that is let go': async () => {
    const id = await hold('2026-11-24T11:30')
    return [[], () => done(releaseHold(as(desk, 10), id))]
  },
  'a cancellation': async () => {
    const id = await book({ startAt: '2026-11-24T12:00' })
    return [[on(tuesday)], () => done(cancelAppointment(as(), { id, reason: 'Ill' }))]
  },
  'a cancellation again': async () => {
    const id = await book({ startAt: '2026-11-24T12:00' })
    await cancelAppointment(as(), { id, reason: 'Ill' })
    return [[], () => done(cancelAppointment(as(), { id, reason: 'Ill' }))]
  },
  'a refused cancellation': async () => {
    const id = await missed('2026-11-23T08:00')
    return [[], () => cancelAppointment(as(), { id, reason: 'Ill' })]
  },
  'an arrival, a completion, and both taken back': async () => {
    const id = await book({ startAt: '2026-11-23T12:00' })
    const there = () => done(checkIn(as(), id)).then(() => done(completeAppointment(as(), id)))
    const back = () =>
      done(undo(as(), id, 'undo completion')).then(() => done(undo(as(), id, 'undo check-in')))
    return [[], () => there().then(back)]
  },
  'who does not come': async () => {
    const id = await book({ startAt: '2026-11-23T08:30' })
    return [[on()], () => done(markNoShow(as(desk, 60), id))]
  },
  'who comes after all': async () => {
    const id = await missed('2026-11-23T09:00')
    return [[on()], () => done(undo(as(desk, 60), id, 'undo no-show'))]
  },
  'a move to another day and doctor': async () => {
    const id = await book({ startAt: '2026-11-23T13:00' })
    const whereto = { id, startAt: '2026-11-24T23:45', doctorId: other.doctorId }
    const told = [on(), on(tuesday, wednesday, other)]
    return [told, () => done(rescheduleAppointment(as(), whereto) as Promise<Answer>)]
  },
  'a move on the same day': async () => {
    const id = await book({ startAt: '2026-11-23T14:00' })
    const moving = rescheduleAppointment
    return [[on()], () => done(moving(as(), { id, startAt: '2026-11-23T15:00' }) as Promise<Answer>)]
  },
  'a move to where it is': async () => {
    const id = await book({ startAt: '2026-11-23T16:00' })
    return [[], () => rescheduleAppointment(as(), { id, startAt: '2026-11-23T16:00' })]
  },
  'a refused move': async () => {
    const id = await book({ startAt: '2026-11-23T17:00' })
    await book({ startAt: '2026-11-23T18:00' })
    return [[], () => rescheduleAppointment(as(), { id, startAt: '2026-11-23T18:00' })]
  },
}

it.each(Object.entries(verbs))('%s tells exactly what has changed', async (_, prepare) => {
  const [told, act] = await prepare()
  clinic.takeHappenings()
  await act()
  expect(clinic.takeHappenings().flatMap(freeTimeChanges).toSorted(byDate)).toEqual(told.toSorted(byDate))
})

const byDate = (a: FreeTimeChange, b: FreeTimeChange) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

describe('who listens', () => {
  it('is told everything by an answer that was kept before there were such columns', async () => {
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
         - '{location_id,address,phone,reason_for_visit,hold_expires_local,first_day,last_day}'::text[])
       where fingerprint = decode($1, 'hex') and key = $2`,
      [fingerprint(), key],
    )
    expect(await ask()).toMatchObject({
      ok: true,
      appointment: { reasonForVisit: null, holdExpiresLocal: null, location: { address: null, phone: null } },
    })
    expect(clinic.takeHappenings().flatMap(freeTimeChanges)).toEqual(['everything'])
  })
})
