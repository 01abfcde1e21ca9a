import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { completeAppointment } from '../../../src/clinic/appointments/complete.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { undo } from '../../../src/clinic/appointments/undo.ts'
import { type TakeWalkIn, takeWalkIn } from '../../../src/clinic/appointments/walk-in.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { Forbidden, NotFound, NotSignedIn } from '../../../src/clinic/errors.ts'
import { verifyEvents } from '../../../src/clinic/verify-events.ts'
import { anonymous, desk, patient } from '../../support/actors.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import { findOverlaps } from '../../support/overlaps.ts'
import { defineVisitType, hireDoctor, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Monday, seven past ten in Jakarta, and a few seconds. */
const now = new Date('2026-11-23T03:07:42.500Z')
const at = (time: string, day = 23) => `2026-11-${day}T${time}`
const hours = [{ weekdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00' }]
const as = (actor = desk, then = now) => clinic.context({ actor, now: then })
let visitTypeId: number

beforeAll(async () => {
  visitTypeId = await defineVisitType(sql)
})

/** By default a new patient comes to a new doctor. */
async function come(wish: Partial<TakeWalkIn> = {}, ctx = as()) {
  const doctorId = 'doctorId' in wish ? wish.doctorId : await hireDoctor(sql, { hours })
  return takeWalkIn(ctx, { visitTypeId, patientId: await registerPatient(sql), ...wish, doctorId })
}

describe('a walk-in', () => {
  it('is booked and checked in from the current minute, with one trip and one event', async () => {
    const [doctorId, patientId] = [await hireDoctor(sql, { hours }), await registerPatient(sql)]
    clinic.takeTrips()
    const taken = await takeWalkIn(as(), { doctorId, patientId, visitTypeId })
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(taken).toMatchObject({
      ok: true,
      appointment: {
        status: 'arrived',
        version: 1,
        startLocal: at('10:07'),
        endLocal: at('10:37'),
        patient: { id: patientId },
        holdExpiresAt: null,
      },
    })
    if (!taken.ok) return
    expect(taken.appointment.startAt).toEqual(new Date('2026-11-23T03:07:00Z'))
    const [event, ...others] = await findEvents(as(), taken.appointment.id)
    expect(others).toEqual([])
    expect(event).toMatchObject({
      kind: 'appointment.walked_in',
      actor: 'front_desk',
      before: null,
      after: { status: 'arrived', start_at: '2026-11-23T03:07:00.000000Z' },
    })
  })

  it('can be completed', async () => {
    const taken = await come()
    const id = taken.ok ? taken.appointment.id : 0
    const completed = { ok: true, appointment: { status: 'fulfilled' } }
    expect(await completeAppointment(as(), id)).toMatchObject(completed)
    const kinds = (await findEvents(as(), id)).map(({ kind }) => kind)
    expect(kinds).toEqual(['appointment.walked_in', 'appointment.fulfilled'])
    expect((await verifyEvents(as().db)).broken).toEqual([])
  })

  it('stays booked when its check-in is undone', async () => {
    const taken = await come()
    const id = taken.ok ? taken.appointment.id : 0
    expect(await undo(as(), id, 'undo check-in')).toMatchObject({ appointment: { status: 'booked' } })
  })

  it('may start at any minute and last as long as the day allows', async () => {
    const times = { startAt: at('10:08'), endAt: at('11:01'), visitTypeId: undefined }
    expect(await come(times)).toMatchObject({ ok: true, appointment: { endLocal: at('11:01') } })
    expect(await come({ startAt: at('16:30') })).toMatchObject({ ok: true })
    const own = await defineVisitType(sql, {
      name: 'Not online',
      online: false,
      notice: 10_000,
      horizonDays: 1,
    })
    const doctorId = await hireDoctor(sql, { visitTypes: [own] })
    expect(await come({ doctorId, visitTypeId: own })).toMatchObject({ ok: true })
  })

  it('goes to any free doctor when none is named', async () => {
    const own = await defineVisitType(sql, { name: 'Of two doctors' })
    const doctors = [
      await hireDoctor(sql, { visitTypes: [own] }),
      await hireDoctor(sql, { visitTypes: [own] }),
    ]
    const seenBy = []
    for (const _ of doctors) {
      const taken = await come({ doctorId: undefined, visitTypeId: own })
      seenBy.push(taken.ok && taken.appointment.doctor.id)
    }
    expect(seenBy.sort()).toEqual(doctors.sort())
    expect(await come({ doctorId: undefined, visitTypeId: own })).toMatchObject({ refusal: 'slot_taken' })
  })

  it('is refused before the current minute and on another day of the location', async () => {
    const round = async (startAt: string, then: string) => {
      const taken = await come({ startAt, doctorId: await hireDoctor(sql) }, as(desk, new Date(then)))
      return taken.ok || taken.refusal
    }
    const late = '2026-11-23T16:30:00Z' // 23:30 in Jakarta
    expect(await round(at('10:06'), now.toISOString())).toBe('in_the_past')
    expect(await round(at('10:07'), now.toISOString())).toBe(true)
    expect(await round(at('00:00', 24), late)).toBe('not_today')
    expect(await round(at('23:59'), late)).toBe(true)
    expect(await round(at('00:00', 24), '2026-11-23T17:00:00Z')).toBe(true)
    expect(await round('2026-11-23T23:59:00Z', '2026-11-23T17:00:00Z')).toBe(true)
    expect(await round('2026-11-22T10:00', now.toISOString())).toBe('in_the_past')
  })

  it('is refused while the doctor has a patient or a hold, naming the next free time', async () => {
    const doctorId = await hireDoctor(sql, { hours })
    const other = patient(await registerPatient(sql))
    await bookAppointment(as(other), { doctorId, visitTypeId, startAt: at('10:30') })
    expect(await come({ doctorId })).toEqual({
      ok: false,
      refusal: 'slot_taken',
      nextFree: expect.objectContaining({ startLocal: at('11:00') }),
    })
    await holdSlot(as(other), { doctorId, visitTypeId, startAt: at('11:15') })
    expect(await come({ doctorId })).toMatchObject({
      refusal: 'slot_taken',
      nextFree: { startLocal: at('11:45') },
    })
    expect(await come({ doctorId, overrideReason: 'Bleeding' })).toMatchObject({ refusal: 'slot_taken' })
  })

  it('is refused while the patient has another appointment', async () => {
    const patientId = await registerPatient(sql)
    const elsewhere = { doctorId: await hireDoctor(sql), patientId, visitTypeId, startAt: at('10:15') }
    await bookAppointment(as(), elsewhere)
    expect(await come({ patientId })).toMatchObject({ refusal: 'patient_busy' })
  })

  it('is refused outside the hours unless a reason is given and kept', async () => {
    const evening = { startAt: at('20:00') }
    expect(await come(evening)).toMatchObject({ refusal: 'outside_hours', nextFree: null })
    expect(await come({ startAt: at('16:45') })).toMatchObject({ refusal: 'outside_hours' })
    const taken = await come({ ...evening, overrideReason: 'Bleeding' })
    expect(taken).toMatchObject({ ok: true, appointment: { status: 'arrived', overrideReason: 'Bleeding' } })
    if (taken.ok) expect(await findEvents(as(), taken.appointment.id)).toMatchObject([{ reason: 'Bleeding' }])
  })

  it.each([
    ['no patient', { patientId: undefined }, { patientId: 'missing' }],
    ['no visit type', { visitTypeId: undefined }, { visitTypeId: 'missing' }],
    ['a reason and no doctor', { doctorId: undefined, overrideReason: 'Pain' }, { doctorId: 'missing' }],
    ['no length', { endAt: at('10:07') }, { endAt: 'not_after_start' }],
    ['too long a length', { endAt: at('18:08') }, { endAt: 'too_long' }],
  ])('is invalid with %s', async (_, wish, faults) => {
    expect(await come(wish)).toEqual({ ok: false, refusal: 'invalid', faults })
  })

  it('is refused with an unknown doctor or patient, or a visit type not offered', async () => {
    await expect(come({ patientId: 999_999 })).rejects.toEqual(new NotFound('patient'))
    await expect(come({ doctorId: 999_999 })).rejects.toEqual(new NotFound('doctor'))
    expect(await come({ visitTypeId: 999_999 })).toMatchObject({ refusal: 'not_offered' })
  })

  it('is for the front desk and admins only', async () => {
    const patientId = await registerPatient(sql)
    const doctor: Actor = { kind: 'doctor', accountId: 5, doctorId: await hireDoctor(sql) }
    const self = patient(patientId)
    for (const actor of [doctor, self])
      await expect(come({ patientId }, as(actor))).rejects.toThrow(Forbidden)
    await expect(come({ patientId }, as(anonymous))).rejects.toThrow(NotSignedIn)
    expect(await come({ patientId }, as({ kind: 'admin', accountId: 1 }))).toMatchObject({ ok: true })
  })
})

it('of 24 walk-ins at once to one doctor, one succeeds', async () => {
  const doctorId = await hireDoctor(sql, { hours })
  const answers = await atOnce(24, () => come({ doctorId }))
  const refusals = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal]))
  expect(refusals).toEqual(Array(23).fill('slot_taken'))
  expect(await findOverlaps(sql, 'doctor')).toEqual([])
})
