import { describe, expect, it } from 'vitest'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../src/clinic/appointments/cancel.ts'
import { findEvents } from '../../src/clinic/appointments/find-events.ts'
import type { ClinicContext } from '../../src/clinic/context.ts'
import { NotFound } from '../../src/clinic/errors.ts'
import { StillRunning } from '../../src/clinic/idempotency.ts'
import { registerPatient } from '../../src/clinic/patients/register.ts'
import { openClinic } from '../support/clinic.ts'
import { registerPatient as enter, hireDoctor } from '../support/people.ts'
import { fingerprint, morning, openSendingDesk } from '../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const desk = await openSendingDesk(clinic)
const { withKey, withoutKey, newKey, wish, count, claims, appointmentsOf, patientsNamed } = desk
const register = (key: string, name: string, particulars: Partial<ClinicContext> = {}) =>
  registerPatient(withKey(key, particulars), { name })
const kindsOf = async (id: number) => (await findEvents(withoutKey(), id)).map(({ kind }) => kind)

describe('while the first is not done', () => {
  /** Somebody's first request, in the middle of its transaction. */
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
  async function untilItWaits(asked: Promise<unknown>) {
    let isDone = false
    const done = () => {
      isDone = true
    }
    asked.then(done, done)
    const waiting = `pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
    while (!isDone && (await count(waiting)) === 0);
  }

  it('the second is told so, and is done itself once the first has come to nothing', async () => {
    const [key, asked] = [newKey(), await wish()]
    const end = await begin(key)
    await expect(bookAppointment(withKey(key), asked)).rejects.toThrow(StillRunning)
    await end('rollback')
    expect(await appointmentsOf(asked.doctorId)).toBe(0)
    expect(await bookAppointment(withKey(key), asked)).toMatchObject({ ok: true })
  })

  it('who waited hears its answer when it is done, and does it when it was not', async () => {
    for (const end of ['commit', 'rollback'] as const) {
      const key = newKey()
      const finish = await begin(key)
      const waiting = register(key, `Patient of a ${end}`)
      await untilItWaits(waiting)
      await finish(end)
      const id = end === 'commit' ? 7 : expect.any(Number)
      expect(await waiting).toEqual({ ok: true, patient: { id, name: `Patient of a ${end}` } })
      expect(await patientsNamed(`Patient of a ${end}`)).toBe(end === 'commit' ? 0 : 1)
    }
  })
})

describe('the first answer stays the answer', () => {
  it('of a booking that was cancelled meanwhile, in one trip and then in two', async () => {
    const [key, asked] = [newKey(), await wish()]
    clinic.takeTrips()
    const booked = await bookAppointment(withKey(key), asked)
    expect(clinic.takeTrips()).toHaveLength(1)
    if (!booked.ok) throw new Error(booked.refusal)
    await cancelAppointment(withoutKey(), { id: booked.appointment.id, reason: 'Snow' })
    clinic.takeTrips()
    expect(await bookAppointment(withKey(key), asked)).toEqual(booked)
    expect(clinic.takeTrips()).toHaveLength(2)
    expect(await kindsOf(booked.appointment.id)).toEqual(['appointment.booked', 'appointment.cancelled'])
    expect(await appointmentsOf(asked.doctorId)).toBe(1)
  })

  it('of a refusal, although the slot is free again', async () => {
    const [key, asked] = [newKey(), await wish()]
    const other = await bookAppointment(withoutKey(), { ...asked, patientId: await enter(sql) })
    const refused = await bookAppointment(withKey(key), asked)
    expect(refused).toMatchObject({ refusal: 'slot_taken', nextFree: { startLocal: '2026-11-24T09:30' } })
    if (other.ok) await cancelAppointment(withoutKey(), { id: other.appointment.id, reason: 'Snow' })
    expect(await bookAppointment(withKey(key), asked)).toEqual(refused)
    expect(await bookAppointment(withKey(newKey()), asked)).toMatchObject({ ok: true })
  })

  it('of a doctor whom nobody knew, although they were hired meanwhile', async () => {
    const [key, asked] = [newKey(), await wish()]
    const doctorId = asked.doctorId + 1
    const book = (key: string) => bookAppointment(withKey(key), { ...asked, doctorId })
    await expect(book(key)).rejects.toEqual(new NotFound('doctor'))
    expect(await hireDoctor(sql)).toBe(doctorId)
    await expect(book(key)).rejects.toEqual(new NotFound('doctor'))
    expect(await book(newKey())).toMatchObject({ ok: true })
  })

  it('but of a request that failed nothing stays, and sent again it is done', async () => {
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
