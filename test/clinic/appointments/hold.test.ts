import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { extendHold } from '../../../src/clinic/appointments/extend-hold.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { type HoldSlot, holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { findHold } from '../../../src/clinic/appointments/holds.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import { searchAppointments } from '../../../src/clinic/appointments/search.ts'
import type { Actor, ClinicContext } from '../../../src/clinic/context.ts'
import { Forbidden, NotFound } from '../../../src/clinic/errors.ts'
import { openClinic } from '../../support/clinic.ts'
import { defineVisitType, hireDoctor, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Monday, 08:00 in Jakarta; all below is on this day. */
const morning = new Date('2026-11-23T01:00:00Z')
const at = (time: string) => `2026-11-23T${time}`
let visitTypeId: number

beforeAll(async () => {
  visitTypeId = await defineVisitType(sql)
})

const desk: Actor = { kind: 'front_desk', accountId: 7 }
const patient = (...patientIds: number[]): Actor => ({ kind: 'patient', accountId: 3, patientIds })
/** Somebody, so many minutes after eight. */
const as = (actor: Actor = desk, minutes = 0) =>
  clinic.context({ actor, now: new Date(morning.getTime() + minutes * 60_000) })
const stranger = (id: string, minutes = 0): ClinicContext => ({
  ...as({ kind: 'anonymous' }, minutes),
  browser: { id, addressHash: `network of ${id}` },
})

/** Holds it, and answers what is held. */
async function hold(ctx: ClinicContext, wish: Partial<HoldSlot> & { startAt: string }) {
  const held = await holdSlot(ctx, { visitTypeId, ...wish })
  if (!held.ok) throw new Error(held.refusal)
  return held.appointment
}

/** A patient who holds ten o'clock of a new doctor. */
async function holdTen(startAt = at('10:00')) {
  const [doctorId, patientId] = [await hireDoctor(sql), await registerPatient(sql)]
  const held = await hold(as(patient(patientId)), { doctorId, startAt })
  return { id: held.id, doctorId, patientId, actor: patient(patientId) }
}

const whatHappened = async (id: number) =>
  (await findEvents(as(), id)).map(({ kind, actor }) => `${kind} by ${actor}`)
const statusOf = async (id: number) =>
  (await sql.query('select status from appointments where id = $1', [id])).rows[0].status
const expiresAfter = (minutes: number) => new Date(morning.getTime() + minutes * 60_000)

describe('who holds a slot', () => {
  it('has it for ten minutes, in one trip, and nobody else gets it', async () => {
    const [doctorId, patientId] = [await hireDoctor(sql), await registerPatient(sql)]
    const wish = { doctorId, visitTypeId, startAt: at('10:00') }
    clinic.takeTrips()
    const held = await holdSlot(as(patient(patientId)), wish)
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(held).toMatchObject({
      ok: true,
      appointment: {
        status: 'pending',
        version: 1,
        patient: { id: patientId },
        endLocal: at('10:30'),
        holdExpiresAt: expiresAfter(10),
      },
    })
    const other = patient(await registerPatient(sql))
    const taken = { refusal: 'slot_taken', nextFree: { startLocal: at('10:30') } }
    expect(await holdSlot(as(other, 9.99), wish)).toMatchObject(taken)
    expect(await bookAppointment(as(other, 9.99), wish)).toMatchObject(taken)
    if (held.ok) expect(await whatHappened(held.appointment.id)).toEqual(['appointment.held by patient'])
  })

  it('holds any doctor who is free', async () => {
    const own = await defineVisitType(sql, { name: 'Of two doctors' })
    const doctors = [
      await hireDoctor(sql, { visitTypes: [own] }),
      await hireDoctor(sql, { visitTypes: [own] }),
    ]
    const wish = { visitTypeId: own, startAt: at('10:00') }
    const held = []
    for (const _ of doctors) held.push(await hold(as(patient(await registerPatient(sql))), wish))
    expect(held.map(({ doctor }) => doctor.id).sort((a, b) => a - b)).toEqual(doctors)
    const refused = await holdSlot(as(patient(await registerPatient(sql))), wish)
    expect(refused).toMatchObject({ refusal: 'slot_taken' })
  })

  it('is busy then, with any other doctor', async () => {
    const { actor } = await holdTen()
    const elsewhere = { doctorId: await hireDoctor(sql), visitTypeId, startAt: at('10:15') }
    expect(await bookAppointment(as(actor), elsewhere)).toMatchObject({ refusal: 'patient_busy' })
    expect(await holdSlot(as(actor), elsewhere)).toMatchObject({ refusal: 'patient_busy' })
  })

  it('holds two at most, and a third when one of them is let go or has expired', async () => {
    const { id, doctorId, actor } = await holdTen()
    await hold(as(actor, 5), { doctorId, startAt: at('11:00') })
    const third = (minutes: number, startAt: string) =>
      holdSlot(as(actor, minutes), { doctorId, visitTypeId, startAt })
    expect(await third(9, at('12:00'))).toEqual({ ok: false, refusal: 'too_many_holds' })
    expect(await third(10, at('12:00'))).toMatchObject({ ok: true })
    expect(await third(11, at('13:00'))).toEqual({ ok: false, refusal: 'too_many_holds' })
    await releaseHold(as(actor, 11), id)
    expect(await third(11, at('13:00'))).toEqual({ ok: false, refusal: 'too_many_holds' })
    expect(await third(15, at('13:00'))).toMatchObject({ ok: true })
  })

  it('and holds it again has the same hold, even as one of two', async () => {
    const { id, doctorId, actor } = await holdTen()
    await hold(as(actor), { doctorId, startAt: at('11:00') })
    expect(await hold(as(actor, 4), { doctorId, startAt: at('10:00') })).toMatchObject({
      id,
      version: 1,
      holdExpiresAt: expiresAfter(10),
    })
    expect(await whatHappened(id)).toHaveLength(1)
  })

  it('and finds it expired holds it anew', async () => {
    const { id, doctorId, actor } = await holdTen()
    const anew = await hold(as(actor, 10), { doctorId, startAt: at('10:00') })
    expect(anew.id).not.toBe(id)
    expect(anew.holdExpiresAt).toEqual(expiresAfter(20))
  })

  it.each([
    ['off the grid', { startAt: at('11:05') }, { refusal: 'off_grid' }],
    ['outside the hours', { startAt: at('20:00') }, { refusal: 'outside_hours' }],
    ['in the past', { startAt: at('07:00') }, { refusal: 'in_the_past' }],
    [
      'of another length',
      { startAt: at('11:00'), endAt: at('12:00') },
      { faults: { endAt: 'not_the_length' } },
    ],
    ['of no kind', { startAt: at('11:00'), visitTypeId: undefined }, { faults: { visitTypeId: 'missing' } }],
    ['of another patient', { startAt: at('11:00'), patientId: 999_999 }, { refusal: 'not_your_patient' }],
  ])('may not hold what may not be booked: %s', async (_, wish, refused) => {
    const hours = [{ weekdays: [1, 2, 3, 4, 5], opensAt: '06:00', closesAt: '17:00' }]
    const doctorId = await hireDoctor(sql, { hours })
    const actor = patient(await registerPatient(sql))
    expect(await holdSlot(as(actor), { doctorId, visitTypeId, ...wish })).toMatchObject(refused)
  })

  it('counts for the daily cap, as long as the hold is open', async () => {
    const capped = await defineVisitType(sql, { name: 'One a day', dailyCap: 1 })
    const doctorId = await hireDoctor(sql, { visitTypes: [capped] })
    const wish = { doctorId, visitTypeId: capped }
    await hold(as(patient(await registerPatient(sql))), { ...wish, startAt: at('10:00') })
    const other = patient(await registerPatient(sql))
    const noon = { ...wish, startAt: at('12:00') }
    expect(await bookAppointment(as(other, 9), noon)).toMatchObject({ refusal: 'day_full' })
    expect(await bookAppointment(as(other, 10), noon)).toMatchObject({ ok: true })
  })

  it('is shown it by its id, and nobody else is; nor is anybody when it is over', async () => {
    const { id, actor } = await holdTen()
    const gone = new NotFound('hold')
    clinic.takeTrips()
    expect(await findHold(as(actor, 9), id)).toMatchObject({ id, status: 'pending' })
    expect(clinic.takeTrips()).toHaveLength(1)
    await expect(findHold(as(patient(await registerPatient(sql))), id)).rejects.toEqual(gone)
    await expect(findHold(stranger('nobody'), id)).rejects.toEqual(gone)
    await expect(findHold(as(actor, 10), id)).rejects.toEqual(gone)
    await releaseHold(as(actor), id)
    await expect(findHold(as(actor), id)).rejects.toEqual(gone)
  })

  it('finds it in a list of those that are pending only, and until it expires', async () => {
    const { id, patientId } = await holdTen()
    const list = async (minutes: number, status?: 'pending' | 'cancelled') => {
      const found = await searchAppointments(as(desk, minutes), { patientId, status, limit: 9 })
      return found.appointments.map((one) => one.id)
    }
    expect(await list(9, 'pending')).toEqual([id])
    expect(await list(9)).toEqual([])
    expect(await list(10, 'pending')).toEqual([])
    await releaseHold(as(), id)
    expect([...(await list(9)), ...(await list(9, 'cancelled'))]).toEqual([])
  })
})

describe('a hold', () => {
  it('is extended once, by ten minutes, in one trip', async () => {
    const { id, actor } = await holdTen()
    clinic.takeTrips()
    const extended = await extendHold(as(actor, 9), id)
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(extended).toMatchObject({ ok: true, appointment: { version: 2, holdExpiresAt: expiresAfter(20) } })
    expect(await findHold(as(actor, 18), id)).toMatchObject({ holdExpiresAt: expiresAfter(20) })
    expect(await extendHold(as(actor, 12), id)).toMatchObject({ ok: false, refusal: 'already_extended' })
    expect(await whatHappened(id)).toEqual(['appointment.held by patient', 'appointment.extended by patient'])
  })

  it('is not extended when it has expired, nor when it was let go', async () => {
    const { id, actor } = await holdTen()
    expect(await extendHold(as(actor, 10), id)).toMatchObject({ ok: false, refusal: 'hold_expired' })
    await releaseHold(as(actor, 1), id)
    expect(await extendHold(as(actor, 2), id)).toMatchObject({ ok: false, refusal: 'hold_expired' })
  })

  it('is let go in one trip, and again; its time is free at once', async () => {
    const { id, doctorId, actor } = await holdTen()
    clinic.takeTrips()
    const released = await releaseHold(as(actor), id)
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(released).toMatchObject({ ok: true, appointment: { status: 'cancelled', version: 2 } })
    expect(await releaseHold(as(actor), id)).toEqual(released)
    expect(await whatHappened(id)).toEqual(['appointment.held by patient', 'appointment.released by patient'])
    await hold(as(patient(await registerPatient(sql))), { doctorId, startAt: at('10:00') })
  })

  it('is nobody else’s to extend or to let go', async () => {
    const { id } = await holdTen()
    for (const other of [as(patient(await registerPatient(sql))), stranger('nobody')])
      for (const verb of [extendHold, releaseHold]) await expect(verb(other, id)).rejects.toThrow(NotFound)
    const doctor: Actor = { kind: 'doctor', accountId: 5, doctorId: 1 }
    for (const verb of [extendHold, releaseHold])
      await expect(verb(as(doctor), id)).rejects.toThrow(Forbidden)
    expect(await statusOf(id)).toBe('pending')
  })
})

describe('holding again what one holds', () => {
  it('is another hold when it shall be longer, and the same without a kind of visit', async () => {
    const [doctorId, patientId] = [await hireDoctor(sql), await registerPatient(sql)]
    const times = { startAt: at('10:00'), endAt: at('10:30') }
    const wish = { doctorId, patientId, visitTypeId: undefined }
    const { id } = await hold(as(), { ...wish, ...times })
    expect(await hold(as(), { ...wish, ...times })).toMatchObject({ id })
    expect(await holdSlot(as(), { ...wish, ...times, endAt: at('11:00') })).toMatchObject({
      refusal: 'slot_taken',
    })
  })

  it('needs a patient of one’s own', async () => {
    const wish = { doctorId: await hireDoctor(sql), visitTypeId, startAt: at('10:00') }
    expect(await holdSlot(as(patient()), wish)).toEqual({
      ok: false,
      refusal: 'invalid',
      faults: { patientId: 'missing' },
    })
  })
})
