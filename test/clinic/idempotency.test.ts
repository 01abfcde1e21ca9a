import { describe, expect, it } from 'vitest'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../src/clinic/appointments/cancel.ts'
import type { ClinicContext } from '../../src/clinic/context.ts'
import { NotFound } from '../../src/clinic/errors.ts'
import { StillRunning } from '../../src/clinic/idempotency.ts'
import { registerPatient } from '../../src/clinic/patients/register.ts'
import { appointmentOf } from '../support/answers.ts'
import { openClinic } from '../support/clinic.ts'
import { untilBlockedOrDone } from '../support/concurrency.ts'
import { registerPatient as enter, hireDoctor } from '../support/people.ts'
import { fingerprint, morning, openSendingDesk } from '../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const desk = await openSendingDesk(clinic)
const { withKey, withoutKey, newKey, wish, claims, appointmentsOf, kindsOf, patientsNamed } = desk
const register = (key: string, name: string, particulars: Partial<ClinicContext> = {}) =>
  registerPatient(withKey(key, particulars), { name })

describe('while the first request runs', () => {
  /** A first request in the middle of its transaction. */
  async function begin(key: string) {
    const holder = await sql.connect()
    await holder.query('begin')
    await holder.query(
      `insert into idempotency_keys (account_id, key, fingerprint, claimed_at, answers)
       values ($1, $2, decode($3, 'hex'), $4, '[[{"id": 7, "account_is_known": true}]]')`,
      [desk.accountId, key, fingerprint(), morning],
    )
    return async (end: 'commit' | 'rollback') => {
      await holder.query(end)
      holder.release()
    }
  }
  it('a second one is refused, and succeeds once the first has failed', async () => {
    const [key, asked] = [newKey(), await wish()]
    const end = await begin(key)
    await expect(bookAppointment(withKey(key), asked)).rejects.toThrow(StillRunning)
    await end('rollback')
    expect(await appointmentsOf(asked.doctorId)).toBe(0)
    expect(await bookAppointment(withKey(key), asked)).toMatchObject({ ok: true })
  })

  it('a waiting one gets its answer if it commits, and runs if it rolls back', async () => {
    for (const end of ['commit', 'rollback'] as const) {
      const key = newKey()
      const finish = await begin(key)
      const waiting = register(key, `Patient of a ${end}`)
      await untilBlockedOrDone(sql, waiting)
      await finish(end)
      const id = end === 'commit' ? 7 : expect.any(Number)
      const told = { name: `Patient of a ${end}`, calledName: null, birthDate: null, phone: null }
      expect(await waiting).toMatchObject({ ok: true, patient: { id, ...told } })
      expect(await patientsNamed(`Patient of a ${end}`)).toBe(end === 'commit' ? 0 : 1)
    }
  })
})

describe('the first answer is repeated', () => {
  it('for a booking that has since been cancelled, in two trips', async () => {
    const [key, asked] = [newKey(), await wish()]
    clinic.takeTrips()
    const booked = await bookAppointment(withKey(key), asked)
    expect(clinic.takeTrips()).toHaveLength(1)
    const { id } = await appointmentOf(Promise.resolve(booked))
    await cancelAppointment(withoutKey(), { id, reason: 'Snow' })
    clinic.takeTrips()
    expect(await bookAppointment(withKey(key), asked)).toEqual(booked)
    expect(clinic.takeTrips()).toHaveLength(2)
    expect(await kindsOf(id)).toEqual(['appointment.booked', 'appointment.cancelled'])
    expect(await appointmentsOf(asked.doctorId)).toBe(1)
  })

  it('for a refusal, although the slot is free again', async () => {
    const [key, asked] = [newKey(), await wish()]
    const other = await bookAppointment(withoutKey(), { ...asked, patientId: await enter(sql) })
    const refused = await bookAppointment(withKey(key), asked)
    expect(refused).toMatchObject({ refusal: 'slot_taken', nextFree: { startLocal: '2026-11-24T09:30' } })
    if (other.ok) await cancelAppointment(withoutKey(), { id: other.appointment.id, reason: 'Snow' })
    expect(await bookAppointment(withKey(key), asked)).toEqual(refused)
    expect(await bookAppointment(withKey(newKey()), asked)).toMatchObject({ ok: true })
  })

  it('for an unknown doctor who has since been hired', async () => {
    const [key, asked] = [newKey(), await wish()]
    const doctorId = asked.doctorId + 1
    const book = (key: string) => bookAppointment(withKey(key), { ...asked, doctorId })
    await expect(book(key)).rejects.toEqual(new NotFound('doctor'))
    expect(await hireDoctor(sql)).toBe(doctorId)
    await expect(book(key)).rejects.toEqual(new NotFound('doctor'))
    expect(await book(newKey())).toMatchObject({ ok: true })
  })

  it('except for a request that failed, which runs when sent again', async () => {
    const [key, asked] = [newKey(), await wish()]
    await sql.query('alter table events add constraint nothing_happens check (false) not valid')
    const failed = await bookAppointment(withKey(key), asked).catch((error) => error)
    await sql.query('alter table events drop constraint nothing_happens')
    expect(failed).toMatchObject({ cause: { code: '23514' } })
    expect(await claims(key)).toBe(0)
    expect(await appointmentsOf(asked.doctorId)).toBe(0)
    const other = { key, fingerprint: fingerprint('b') }
    expect(await bookAppointment(withKey(key, { idempotency: other }), asked)).toMatchObject({ ok: true })
  })
})
