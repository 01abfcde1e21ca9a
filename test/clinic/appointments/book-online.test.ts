import { beforeAll, describe, expect, it } from 'vitest'
import { type BookAppointment, bookAppointment } from '../../../src/clinic/appointments/book.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { Forbidden } from '../../../src/clinic/errors.ts'
import { openClinic } from '../../support/clinic.ts'
import { defineVisitType, hireDoctor, liftCaps, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic

/** A Sunday, 19:00 in Jakarta (UTC+7). */
const now = new Date('2026-11-22T12:00:00Z')
const office = [{ weekdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00' }]
const desk: Actor = { kind: 'front_desk', accountId: 1 }
let consultation: number

beforeAll(async () => {
  await liftCaps(sql)
  consultation = await defineVisitType(sql)
})

async function hire(wishes: Parameters<typeof hireDoctor>[1] = {}) {
  return hireDoctor(sql, { hours: office, ...wishes })
}

/** A new patient books unless `actor` is given. */
async function book(input: Partial<BookAppointment> & { startAt: string }, actor?: Actor) {
  const patientId = input.patientId ?? (await registerPatient(sql))
  const patient: Actor = { kind: 'patient', accountId: 1, patientIds: [patientId] }
  return bookAppointment(clinic.context({ now, actor: actor ?? patient }), { ...input, patientId })
}

/** A day of November 2026, on the wall clock. */
const at = (day: number, time: string) => `2026-11-${day}T${time}`

describe('a patient', () => {
  it('names a visit type and a start, and gets its full length', async () => {
    const booked = await book({ doctorId: await hire(), visitTypeId: consultation, startAt: at(23, '09:00') })
    expect(booked).toMatchObject({
      ok: true,
      appointment: { endLocal: at(23, '09:30'), visitType: { id: consultation, name: 'Consultation' } },
    })
  })

  it('may give an end instead if the doctor offers a visit of that length', async () => {
    const doctorId = await hire()
    const times = { startAt: at(23, '09:00'), endAt: at(23, '09:30') }
    expect(await book({ doctorId, ...times })).toMatchObject({
      ok: true,
      appointment: { visitType: { id: consultation } },
    })
    const odd = { startAt: at(23, '10:00'), endAt: at(23, '10:40') }
    expect(await book({ doctorId, ...odd })).toMatchObject({ refusal: 'not_offered' })
  })

  it('cannot choose another length for a visit type', async () => {
    const wish = { visitTypeId: consultation, startAt: at(23, '09:00'), endAt: at(23, '10:00') }
    expect(await book({ doctorId: await hire(), ...wish })).toEqual({
      ok: false,
      refusal: 'invalid',
      faults: { endAt: 'not_the_length' },
    })
  })

  it('needs a visit type', async () => {
    const missing = { ok: false, refusal: 'invalid', faults: { visitTypeId: 'missing' } }
    expect(await book({ doctorId: await hire(), startAt: at(23, '09:00') })).toEqual(missing)
    expect(await book({ startAt: at(23, '09:00'), endAt: at(23, '09:30') })).toEqual(missing)
  })

  it('starts on the doctor’s grid, and is offered the next start on it', async () => {
    const doctorId = await hire({ gridMinutes: 20 })
    const refused = await book({ doctorId, visitTypeId: consultation, startAt: at(23, '09:30') })
    expect(refused).toMatchObject({ refusal: 'off_grid', nextFree: { startLocal: at(23, '09:40') } })
    const seconds = await book({ doctorId, visitTypeId: consultation, startAt: at(23, '09:40:01') })
    expect(seconds).toMatchObject({ refusal: 'off_grid' })
    expect(await book({ doctorId, visitTypeId: consultation, startAt: at(23, '09:40') })).toMatchObject({
      ok: true,
    })
  })

  it('must give the visit type’s notice, to the minute', async () => {
    const visitTypeId = await defineVisitType(sql, { name: 'Planned', notice: 14 * 60 })
    const doctorId = await hire({ visitTypes: [visitTypeId] })
    expect(await book({ doctorId, visitTypeId, startAt: '2026-11-23T01:59:00Z' })).toMatchObject({
      refusal: 'outside_hours',
    })
    const early = await hire({
      visitTypes: [visitTypeId],
      hours: [{ weekdays: [1], opensAt: '08:00', closesAt: '10:00' }],
    })
    expect(await book({ doctorId: early, visitTypeId, startAt: at(23, '08:45') })).toMatchObject({
      refusal: 'short_notice',
      nextFree: { startLocal: at(23, '09:00') },
    })
    expect(await book({ doctorId: early, visitTypeId, startAt: at(23, '09:00') })).toMatchObject({ ok: true })
  })

  it('can book up to the last day of the horizon at the location', async () => {
    const visitTypeId = await defineVisitType(sql, { name: 'Soon', horizonDays: 2 })
    const doctorId = await hire({ visitTypes: [visitTypeId] })
    expect(await book({ doctorId, visitTypeId, startAt: at(24, '16:30') })).toMatchObject({ ok: true })
    expect(await book({ doctorId, visitTypeId, startAt: at(25, '09:00') })).toEqual({
      ok: false,
      refusal: 'beyond_horizon',
      nextFree: null,
    })
  })

  it('cannot book what only the front desk books or the doctor does not offer', async () => {
    const procedure = await defineVisitType(sql, { name: 'Procedure', online: false })
    const doctorId = await hire({ visitTypes: [procedure] })
    const wish = { doctorId, visitTypeId: procedure, startAt: at(23, '09:00') }
    expect(await book(wish)).toMatchObject({ refusal: 'not_offered' })
    expect(await book({ ...wish, visitTypeId: consultation })).toMatchObject({ refusal: 'not_offered' })
    expect(await book({ ...wish, visitTypeId: 999_999 })).toMatchObject({ refusal: 'not_offered' })
    expect(await book(wish, desk)).toMatchObject({ ok: true })
  })

  it('cannot override the hours', async () => {
    const wish = { doctorId: await hire(), visitTypeId: consultation, startAt: at(28, '09:00') }
    await expect(book({ ...wish, overrideReason: 'I would like it' })).rejects.toEqual(
      new Forbidden('Only the front desk can send override_reason.'),
    )
  })
})

describe('time off and closures', () => {
  it('count as outside the hours, for the front desk too', async () => {
    const doctorId = await hire()
    await sql.query(`insert into time_off (doctor_id, starts_at, ends_at) values ($1, $2, $3)`, [
      doctorId,
      at(24, '10:00'),
      at(24, '12:00'),
    ])
    await sql.query(
      `insert into closures (location_id, starts_at, ends_at) select location_id, $2, $3 from doctors where id = $1`,
      [doctorId, at(25, '00:00'), at(26, '00:00')],
    )
    const refusalAt = async (startAt: string, actor?: Actor) => {
      const booked = await book({ doctorId, visitTypeId: consultation, startAt }, actor)
      return booked.ok || booked.refusal
    }
    expect(await refusalAt(at(24, '09:45'))).toBe('outside_hours')
    expect(await refusalAt(at(24, '11:30'))).toBe('outside_hours')
    expect(await refusalAt(at(24, '12:00'))).toBe(true)
    expect(await refusalAt(at(24, '09:30'))).toBe(true)
    expect(await refusalAt(at(25, '09:00'))).toBe('outside_hours')
    expect(await refusalAt(at(25, '10:00'), desk)).toBe('outside_hours')
  })
})

describe('buffers', () => {
  it('keep appointments apart, add up and may lie outside the hours', async () => {
    const long = await defineVisitType(sql, { name: 'With buffers', bufferBefore: 10, bufferAfter: 20 })
    const doctorId = await hire({ visitTypes: [long], gridMinutes: 5 })
    const start = async (time: string) => {
      const booked = await book({ doctorId, visitTypeId: long, startAt: at(23, time) })
      return booked.ok || booked.refusal
    }
    expect(await start('09:00')).toBe(true)
    expect(await start('16:30')).toBe(true)
    expect(await start('09:55')).toBe('slot_taken')
    expect(await start('10:00')).toBe(true)
  })

  it('apply to the front desk at any length, but never to the patient', async () => {
    const long = await defineVisitType(sql, { name: 'With a pause', bufferAfter: 30 })
    const [doctorId, other] = [await hire({ visitTypes: [long] }), await hire()]
    const patientId = await registerPatient(sql)
    await book({ doctorId, visitTypeId: long, startAt: at(23, '09:00'), patientId })
    const next = { startAt: at(23, '09:45'), endAt: at(23, '10:00') }
    expect(await book({ doctorId, ...next }, desk)).toMatchObject({
      refusal: 'slot_taken',
      nextFree: { startLocal: at(23, '10:00') },
    })
    const elsewhere = { doctorId: other, visitTypeId: consultation, startAt: at(23, '09:30'), patientId }
    expect(await book(elsewhere)).toMatchObject({ ok: true })
  })

  it('stay as booked when the visit type changes', async () => {
    const changing = await defineVisitType(sql, { name: 'Changing', bufferAfter: 30 })
    const doctorId = await hire({ visitTypes: [changing] })
    await book({ doctorId, visitTypeId: changing, startAt: at(23, '09:00') })
    await sql.query('update visit_types set buffer_after_minutes = 0 where id = $1', [changing])
    expect(await book({ doctorId, visitTypeId: changing, startAt: at(23, '09:30') })).toMatchObject({
      refusal: 'slot_taken',
    })
  })
})

describe('the front desk', () => {
  it('can use any open minute, whatever the notice and grid', async () => {
    const visitTypeId = await defineVisitType(sql, { name: 'Strict', notice: 10_000 })
    const doctorId = await hire({ visitTypes: [visitTypeId] })
    const booked = await book({ doctorId, visitTypeId, startAt: at(23, '09:07') }, desk)
    expect(booked).toMatchObject({ ok: true, appointment: { endLocal: at(23, '09:37') } })
  })

  it('can override the hours with a reason, but never an overlap', async () => {
    const doctorId = await hire()
    const wish = { doctorId, visitTypeId: consultation, startAt: at(28, '20:00') }
    expect(await book(wish, desk)).toMatchObject({ refusal: 'outside_hours' })
    const overriding = { ...wish, overrideReason: 'Emergency' }
    const booked = await book(overriding, desk)
    expect(booked).toMatchObject({ ok: true })
    const { rows } = await sql.query('select override_reason from appointments where doctor_id = $1', [
      doctorId,
    ])
    expect(rows).toEqual([{ override_reason: 'Emergency' }])
    expect(await book(overriding, desk)).toMatchObject({ refusal: 'slot_taken' })
    const { doctorId: _, ...anyDoctor } = overriding
    expect(await book(anyDoctor, desk)).toMatchObject({ faults: { doctorId: 'missing' } })
  })
})

describe('a hold', () => {
  it('occupies its time until it expires', async () => {
    const doctorId = await hire()
    const hold = async (day: number, expiresAt: string) =>
      sql.query(
        `insert into appointments (doctor_id, patient_id, status, start_at, end_at, hold_expires_at)
         values ($1, $2, 'pending', $3, $3::timestamptz + interval '30 minutes', $4)`,
        [doctorId, await registerPatient(sql), `2026-11-${day}T09:00+07:00`, expiresAt],
      )
    await hold(23, '2026-11-22T12:00:01Z')
    await hold(24, '2026-11-22T12:00:00Z')
    const start = (day: number) => book({ doctorId, visitTypeId: consultation, startAt: at(day, '09:00') })
    expect(await start(23)).toMatchObject({ refusal: 'slot_taken' })
    expect(await start(24)).toMatchObject({ ok: true })
    const { rows } = await sql.query(
      `select status, count(*)::int from appointments where doctor_id = $1 group by status order by status`,
      [doctorId],
    )
    expect(rows).toEqual([
      { status: 'booked', count: 1 },
      { status: 'cancelled', count: 1 },
      { status: 'pending', count: 1 },
    ])
  })
})
