import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { checkIn } from '../../../src/clinic/appointments/check-in.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { leaveNote } from '../../../src/clinic/appointments/note.ts'
import { startAppointment } from '../../../src/clinic/appointments/start.ts'
import { undo } from '../../../src/clinic/appointments/undo.ts'
import { deskStatusOf } from '../../../src/clinic/day/desk-status.ts'
import { erasePatient } from '../../../src/clinic/retention/erase-patient.ts'
import { desk, patient } from '../../support/actors.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Monday, 08:00 in Jakarta. */
const morning = new Date('2026-11-23T01:00:00Z')
const minutesIn = (minutes: number) => new Date(morning.getTime() + minutes * 60_000)
const as = (minutes = 0, actor: Parameters<typeof clinic.context>[0] = {}) =>
  clinic.context({ now: minutesIn(minutes), actor: desk, ...actor })
let doctorId = 0

beforeAll(async () => {
  doctorId = await hireDoctor(sql)
})

let hour = 0
async function book() {
  hour += 1
  const patientId = await registerPatient(sql)
  const startAt = minutesIn(hour * 60).toISOString()
  const endAt = minutesIn(hour * 60 + 30).toISOString()
  return appointmentOf(bookAppointment(as(), { doctorId, patientId, startAt, endAt }))
}

describe('starting', () => {
  it('takes a patient who has arrived to the doctor, once', async () => {
    const { id } = await book()
    expect(await startAppointment(as(), id)).toMatchObject({ ok: false, refusal: 'wrong_status' })
    await checkIn(as(1), id)
    const started = await startAppointment(as(5), id)
    expect(started).toMatchObject({
      ok: true,
      appointment: {
        status: 'arrived',
        arrivedAt: minutesIn(1),
        startedAt: minutesIn(5),
        startedLocal: '2026-11-23T08:05',
      },
    })
    expect(deskStatusOf(started.appointment, minutesIn(6))).toBe('with_doctor')
    expect(await startAppointment(as(9), id)).toEqual(started)
    expect(await checkIn(as(9), id)).toEqual(started)
    expect((await findEvents(as(), id)).map(({ kind }) => kind)).toEqual([
      'appointment.booked',
      'appointment.arrived',
      'appointment.started',
    ])
  })

  it('is undone on its day, and by undoing the check-in', async () => {
    const { id } = await book()
    await checkIn(as(), id)
    await startAppointment(as(), id)
    expect(await undo(as(24 * 60), id, 'undo start')).toMatchObject({ refusal: 'not_today' })
    const undone = await undo(as(1), id, 'undo start')
    expect(undone).toMatchObject({ ok: true, appointment: { arrivedAt: morning, startedAt: null } })
    expect(await undo(as(2), id, 'undo start')).toEqual(undone)
    await startAppointment(as(3), id)
    expect(await undo(as(4), id, 'undo check-in')).toMatchObject({
      appointment: { status: 'booked', arrivedAt: null, startedAt: null },
    })
  })

  it('has an arrival even when an earlier release checked the patient in', async () => {
    const { id } = await book()
    await checkIn(as(), id)
    await sql.query('update appointments set arrived_at = null where id = $1', [id])
    expect(await startAppointment(as(5), id)).toMatchObject({ appointment: { arrivedAt: minutesIn(5) } })
  })
})

describe('a note', () => {
  it('is left, replaced and cleared, with its events', async () => {
    const { id } = await book()
    for (const note of ['Needs a wheelchair', 'Needs an interpreter', null])
      expect(await leaveNote(as(), { id, note })).toMatchObject({ ok: true, appointment: { note } })
    expect(await leaveNote(as(), { id, note: null })).toMatchObject({ appointment: { version: 4 } })
    const events = await findEvents(as(), id)
    expect(events.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['appointment.booked', null],
      ['appointment.noted', 'Needs a wheelchair'],
      ['appointment.noted', 'Needs an interpreter'],
      ['appointment.noted', null],
    ])
  })

  it('does not overwrite what someone else wrote meanwhile', async () => {
    const { id } = await book()
    await leaveNote(as(), { id, note: 'First', version: 1 })
    expect(await leaveNote(as(), { id, note: 'Second', version: 1 })).toMatchObject({ refusal: 'stale' })
  })

  it('is not left on a hold, nor on one that was released', async () => {
    const { id } = await book()
    const hold = (status: string) =>
      sql.query('update appointments set status = $2, hold_expires_at = start_at where id = $1', [id, status])
    for (const status of ['pending', 'cancelled']) {
      await hold(status)
      expect(await leaveNote(as(), { id, note: 'Who is it?' })).toMatchObject({ refusal: 'wrong_status' })
    }
  })

  it('is not the patient’s to write', async () => {
    const { id, patient: whose } = await book()
    const own = as(0, { actor: patient(whose?.id ?? 0) })
    await expect(leaveNote(own, { id, note: 'Mine' })).rejects.toThrow('You may not run the day.')
  })

  it('is gone when the patient is erased', async () => {
    const { id, patient: whose } = await book()
    await leaveNote(as(), { id, note: 'Talks a lot' })
    await sql.query(`update appointments set status = 'cancelled' where id = $1`, [id])
    expect(await erasePatient(as(), { patientId: whose?.id ?? 0 })).toMatchObject({ ok: true })
    const { rows } = await sql.query('select note from appointments where id = $1', [id])
    expect(rows).toEqual([{ note: null }])
    expect((await findEvents(as(), id)).map(({ reason }) => reason)).toEqual([null, null])
  })
})
