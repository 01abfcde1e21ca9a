import { describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { checkIn } from '../../../src/clinic/appointments/check-in.ts'
import { completeAppointment } from '../../../src/clinic/appointments/complete.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { registerPatient } from '../../../src/clinic/patients/register.ts'
import { anonymous, desk } from '../../support/actors.ts'
import { type Answer, appointmentOf, tally } from '../../support/answers.ts'
import { atOnce, countDeadlocks } from '../../support/concurrency.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import { hireDoctor, registerPatient as insertPatient, openPatient } from '../../support/people.ts'

const { sql, visitTypeId, minutesLater, as, at } = await openMondayClinic()
const tooMany = { ok: false, refusal: 'too_many_appointments' }

const count = (answers: Answer[]) => tally(answers, (answer) => (answer.ok ? 'ok' : answer.refusal))

/** An account that was created `minutes` before now. */
const openedBefore = async (minutes: number, patients = 1) => {
  const ids = await atOnce(patients, () => insertPatient(sql))
  return { ids, actor: await openPatient(sql, ids, minutesLater(-minutes)) }
}

let used = 0

/** A half hour that nothing else has, from tomorrow morning. */
const unused = () => minutesLater(60 * 24 + 30 * used++).toISOString()

const doctorId = await hireDoctor(sql)
const book = (actor: Actor, patientId?: number, minutes = 0) =>
  bookAppointment(as(actor, minutes), { doctorId, visitTypeId, patientId, startAt: unused() })

/** How many of as many tries, one after another. */
async function bookMany(actor: Actor, tries: number, minutes = 0): Promise<Record<string, number>> {
  const answers: Answer[] = []
  for (let n = 0; n < tries; n++) answers.push(await book(actor, undefined, minutes))
  return count(answers)
}

describe('the open appointments of an account', () => {
  it('are two in its first hour, however many it tries, four after it and eight after a visit', async () => {
    const { actor } = await openedBefore(0)
    expect(await bookMany(actor, 46)).toEqual({ ok: 2, too_many_appointments: 44 })
    expect(await bookMany(actor, 1, 59.9)).toEqual({ too_many_appointments: 1 })
    expect(await bookMany(actor, 4, 60)).toEqual({ ok: 2, too_many_appointments: 2 })
    const today = { doctorId: await hireDoctor(sql), visitTypeId, startAt: at('10:00') }
    const [patientId] = actor.kind === 'patient' ? actor.patientIds : []
    const visit = await appointmentOf(bookAppointment(as(desk, 60), { ...today, patientId }))
    expect(await bookMany(actor, 1, 60)).toEqual({ too_many_appointments: 1 })
    await checkIn(as(desk, 120), visit.id)
    await completeAppointment(as(desk, 150), visit.id)
    expect(await bookMany(actor, 10, 150)).toEqual({ ok: 4, too_many_appointments: 6 })
  })

  it('are those of all its patients together', async () => {
    const { ids, actor } = await openedBefore(100, 3)
    for (const id of [ids[1], ids[2], ids[2], ids[0]])
      expect(await book(actor, id)).toMatchObject({ ok: true })
    for (const id of ids) expect(await book(actor, id)).toEqual(tooMany)
  })

  it('do not include what the front desk booked, what is cancelled and what is over', async () => {
    const { ids, actor } = await openedBefore(100)
    for (let n = 0; n < 6; n++) expect(await book(desk, ids[0])).toMatchObject({ ok: true })
    const booked = []
    for (let n = 0; n < 4; n++) booked.push(await appointmentOf(book(actor)))
    expect(await book(actor)).toEqual(tooMany)
    await cancelAppointment(as(actor), { id: booked[0]?.id ?? 0 })
    expect(await bookMany(actor, 2)).toEqual({ ok: 1, too_many_appointments: 1 })
    const afterTheLast = 60 * 24 + 30 * used + 60
    used += 4
    expect(await bookMany(actor, 5, afterTheLast)).toEqual({ ok: 4, too_many_appointments: 1 })
  })

  it('do not keep one from being moved', async () => {
    const { actor } = await openedBefore(0)
    const { id } = await appointmentOf(book(actor))
    await book(actor)
    expect(await book(actor)).toEqual(tooMany)
    expect(await rescheduleAppointment(as(actor), { id, startAt: unused() })).toMatchObject({ ok: true })
  })

  it('bind a system that acts for a patient, and not the front desk', async () => {
    const { ids, actor } = await openedBefore(0)
    const actsFor = actor.kind === 'patient' ? actor : null
    if (!actsFor) throw new Error('A patient was opened.')
    const system: Actor = { kind: 'api_client', keyId: 1, scopes: ['appointments:write'], actsFor }
    expect(await bookMany(system, 3)).toEqual({ ok: 2, too_many_appointments: 1 })
    for (let n = 0; n < 10; n++) expect(await book(desk, ids[0])).toMatchObject({ ok: true })
  })

  it('are counted when a hold is made, and when it is booked', async () => {
    const { ids, actor } = await openedBefore(0)
    const wish = { doctorId, visitTypeId }
    const browser = 'of a visitor who signs in later'
    const early = await appointmentOf(holdSlot(as(anonymous, 0, browser), { ...wish, startAt: unused() }))
    const held = await appointmentOf(holdSlot(as(actor), { ...wish, startAt: unused() }))
    expect(await bookHold(as(actor), { holdId: held.id })).toMatchObject({ ok: true })
    await book(actor)
    expect(await bookHold(as(actor, 0, browser), { holdId: early.id })).toEqual(tooMany)
    expect(await bookHold(as(actor), { holdId: held.id })).toMatchObject({ ok: true })
    expect(await holdSlot(as(actor), { ...wish, startAt: unused() })).toEqual(tooMany)
    const forThem = { holdId: early.id, patientId: ids[0] }
    expect(await bookHold(as(desk), forThem)).toMatchObject({ ok: true })
  })

  it.each([
    [0, 2],
    [100, 4],
  ])('of an account that is %i minutes old, asked for 64 times at once, are exactly %i', async (age, cap) => {
    const { ids, actor } = await openedBefore(age, 4)
    const doctors = await atOnce(16, () => hireDoctor(sql))
    const holds = await atOnce(16, async (n) => {
      const browser = `${age} ${n}`
      const wish = { doctorId: doctors[n], visitTypeId, startAt: at('20:30') }
      return { browser, ...(await appointmentOf(holdSlot(as(anonymous, 0, browser), wish))) }
    })
    const deadlocks = await countDeadlocks(sql)
    const answers = await atOnce<Answer>(64, (n) => {
      const hold = holds[n]
      return hold
        ? bookHold(as(actor, 0, hold.browser), { holdId: hold.id, patientId: ids[n % 4] as number })
        : bookAppointment(as(actor), {
            doctorId: doctors[n % 16],
            visitTypeId,
            patientId: ids[n % 4],
            startAt: minutesLater(60 * 24 + 30 * (n - 16)).toISOString(),
          })
    })
    expect(count(answers).ok).toBe(cap)
    expect(await countDeadlocks(sql)).toBe(deadlocks)
  })
})

describe('the open holds of an account', () => {
  it('are two for all its patients together, and one in its first hour', async () => {
    const hold = (actor: Actor, patientId?: number, minutes = 0) =>
      holdSlot(as(actor, minutes), { doctorId, visitTypeId, patientId, startAt: unused() })
    const { ids, actor } = await openedBefore(59, 3)
    expect(await hold(actor, ids[0])).toMatchObject({ ok: true })
    expect(await hold(actor, ids[1])).toEqual({ ok: false, refusal: 'too_many_holds' })
    expect(await hold(actor, ids[1], 1)).toMatchObject({ ok: true })
    expect(await hold(actor, ids[2], 1)).toEqual({ ok: false, refusal: 'too_many_holds' })
    for (const id of ids) expect(await hold(desk, id)).toMatchObject({ ok: true })
    expect(await hold(actor, ids[2], 11)).toMatchObject({ ok: true })
  })

  it('are released when they have expired, so that none is booked late beside a new one', async () => {
    const { ids, actor } = await openedBefore(100, 3)
    const hold = (patientId: number | undefined, minutes: number) =>
      appointmentOf(holdSlot(as(actor, minutes), { doctorId, visitTypeId, patientId, startAt: unused() }))
    const first = await hold(ids[0], 0)
    await hold(ids[1], 10)
    expect(await bookHold(as(actor, 9.99), { holdId: first.id })).toEqual({
      ok: false,
      refusal: 'hold_expired',
    })
  })
})

describe('the dependants of an account', () => {
  let children = 0
  const register = (actor: Actor, minutes = 0) =>
    registerPatient(as(actor, minutes), { name: `Child ${children++}` })
  const full = { ok: false, refusal: 'too_many_dependants' }

  it('are three in its first hour and eight after it, and as many as the front desk likes', async () => {
    const { actor } = await openedBefore(0)
    for (let n = 0; n < 3; n++) expect(await register(actor)).toMatchObject({ ok: true })
    expect(await register(actor, 59)).toEqual(full)
    for (let n = 3; n < 8; n++) expect(await register(actor, 60)).toMatchObject({ ok: true })
    expect(await register(actor, 60)).toEqual(full)
    const accountId = actor.kind === 'patient' ? actor.accountId : 0
    expect(await registerPatient(as(desk), { name: 'A Ninth', accountId })).toMatchObject({ ok: true })
  })

  it('registered 64 times at once are exactly three', async () => {
    const { actor } = await openedBefore(0)
    const answers = await atOnce(64, () => register(actor))
    expect(tally(answers, (answer) => (answer.ok ? 'ok' : answer.refusal))).toEqual({
      ok: 3,
      too_many_dependants: 61,
    })
  })
})

it('the caps are those that the clinic has set', async () => {
  const { actor } = await openedBefore(100)
  await sql.query('update clinic_settings set most_open_appointments = 1, most_dependants = 0')
  expect(await bookMany(actor, 2)).toEqual({ ok: 1, too_many_appointments: 1 })
  expect(await registerPatient(as(actor), { name: 'A Child' })).toMatchObject({
    refusal: 'too_many_dependants',
  })
})
