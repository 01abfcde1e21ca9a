import { describe, expect, it } from 'vitest'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../src/clinic/appointments/cancel.ts'
import { holdSlot } from '../../src/clinic/appointments/hold.ts'
import { rescheduleAppointment } from '../../src/clinic/appointments/reschedule.ts'
import type { ClinicContext } from '../../src/clinic/context.ts'
import { KeyReused } from '../../src/clinic/idempotency.ts'
import { registerPatient } from '../../src/clinic/patients/register.ts'
import { appointmentOf } from '../support/answers.ts'
import { openClinic } from '../support/clinic.ts'
import { atOnce } from '../support/concurrency.ts'
import { defineVisitType, registerPatient as enter } from '../support/people.ts'
import { different, fingerprint, openSendingDesk } from '../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const desk = await openSendingDesk(clinic)
const { withKey, withoutKey, newKey, wish, claims, appointmentsOf, kindsOf, patientsNamed } = desk
const register = (key: string, name: string, particulars: Partial<ClinicContext> = {}) =>
  registerPatient(withKey(key, particulars), { name })
const visitTypeId = await defineVisitType(sql)

async function agree(): Promise<number> {
  return (await appointmentOf(bookAppointment(withoutKey(), await wish()))).id
}

describe('the same request 64 times at once', () => {
  /** Also checks that the answer is stored: some verbs would give one answer without a key. */
  async function sixtyFour<T>(key: string, ask: () => Promise<T>): Promise<T[]> {
    const answers = await atOnce(64, ask)
    expect(different(answers)).toBe(1)
    expect(await claims(key)).toBe(1)
    return answers
  }

  it('books one appointment and returns it to all', async () => {
    const [asked, key] = [await wish(), newKey()]
    const answers = await sixtyFour(key, () => bookAppointment(withKey(key), asked))
    expect(answers[0]).toMatchObject({ ok: true, appointment: { status: 'booked', version: 1 } })
    expect(await appointmentsOf(asked.doctorId)).toBe(1)
    expect(answers[0]?.ok && (await kindsOf(answers[0].appointment.id))).toEqual(['appointment.booked'])
  })

  it('holds one slot and returns it to all', async () => {
    const [{ doctorId, patientId, startAt }, key] = [await wish(), newKey()]
    const hold = () => holdSlot(withKey(key), { doctorId, patientId, visitTypeId, startAt })
    const answers = await sixtyFour(key, hold)
    expect(answers[0]).toMatchObject({ ok: true, appointment: { status: 'pending', version: 1 } })
    expect(answers[0]?.ok && (await kindsOf(answers[0].appointment.id))).toEqual(['appointment.held'])
    expect(await appointmentsOf(doctorId)).toBe(1)
  })

  it('moves the appointment once', async () => {
    const [id, key] = [await agree(), newKey()]
    const move = () =>
      rescheduleAppointment(withKey(key), { id, startAt: '2026-11-25T02:00:00Z', version: 1 })
    const answers = await sixtyFour(key, move)
    expect(answers[0]).toMatchObject({ ok: true, appointment: { version: 2 } })
    expect(await kindsOf(id)).toEqual(['appointment.booked', 'appointment.rescheduled'])
  })

  it('cancels the appointment once', async () => {
    const [id, key] = [await agree(), newKey()]
    const cancel = () => cancelAppointment(withKey(key), { id, reason: 'Snow', version: 1 })
    const answers = await sixtyFour(key, cancel)
    expect(answers[0]).toMatchObject({ ok: true, appointment: { status: 'cancelled', version: 2 } })
    expect(await kindsOf(id)).toEqual(['appointment.booked', 'appointment.cancelled'])
  })

  it('registers one patient', async () => {
    const key = newKey()
    await sixtyFour(key, () => register(key, 'Patient Once'))
    expect(await patientsNamed('Patient Once')).toBe(1)
  })
})

describe('concurrent requests', () => {
  it('from 32 clients, three times each, for one time book it once and get one answer each', async () => {
    const asked = await wish()
    const rivals = await atOnce(32, async () => ({ key: newKey(), patientId: await enter(sql) }))
    const answers = await Promise.all(
      rivals.map(({ key, patientId }) =>
        atOnce(3, () => bookAppointment(withKey(key), { ...asked, patientId })),
      ),
    )
    expect(answers.map(different)).toEqual(Array(32).fill(1))
    const [booked, refused] = [true, false].map((ok) => answers.filter(([first]) => first?.ok === ok))
    expect(booked).toHaveLength(1)
    expect(refused?.map(([first]) => first)).toEqual(
      Array(31).fill(expect.objectContaining({ refusal: 'slot_taken' })),
    )
    expect(await appointmentsOf(asked.doctorId)).toBe(1)
  })

  it('with one key and 16 different bodies: one succeeds and the others are refused', async () => {
    const key = newKey()
    const asked = await atOnce(16, (n) => {
      const idempotency = { key, fingerprint: fingerprint(n.toString(16)) }
      return register(key, 'Patient of Sixteen', { idempotency }).catch((error) => error)
    })
    expect(asked.filter(({ ok }) => ok)).toHaveLength(1)
    expect(asked.filter((answer) => answer instanceof KeyReused)).toHaveLength(15)
    expect(await patientsNamed('Patient of Sixteen')).toBe(1)
  })
})
