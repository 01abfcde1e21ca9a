import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { takeWalkIn } from '../../../src/clinic/appointments/walk-in.ts'
import { openClinic } from '../../support/clinic.ts'
import { defineVisitType, hireDoctor, openPatient, registerPatient } from '../../support/people.ts'

const { sql, context } = await openClinic({ worker: false })
let doctorId: number
let byPhone: number
let inPerson: number
let hours = 0

beforeAll(async () => {
  byPhone = await defineVisitType(sql, { name: 'Call', mode: 'phone' })
  inPerson = await defineVisitType(sql)
  doctorId = await hireDoctor(sql, { visitTypes: [byPhone, inPerson] })
})

const slot = (visitTypeId: number) => ({
  doctorId,
  visitTypeId,
  startAt: new Date(Date.UTC(2031, 0, 6, hours++)).toISOString(),
})

describe.each(['is_deceased = true', 'is_active = false'])('a patient with %s', (state) => {
  it('cannot be booked for by anyone, on any path', async () => {
    const patientId = await registerPatient(sql)
    const own = context({ actor: await openPatient(sql, [patientId]) })
    const held = await holdSlot(own, { ...slot(inPerson), patientId })
    await sql.query(`update patients set ${state} where id = $1`, [patientId])
    const inactive = { ok: false, refusal: 'patient_inactive' }
    expect(held.ok).toBe(true)
    if (held.ok)
      expect(await bookHold(own, { holdId: held.appointment.id, patientId })).toMatchObject(inactive)
    for (const ctx of [context(), own])
      expect(await bookAppointment(ctx, { ...slot(inPerson), patientId })).toMatchObject(inactive)
    expect(await holdSlot(context(), { ...slot(inPerson), patientId })).toMatchObject(inactive)
    expect(await takeWalkIn(context(), { doctorId, visitTypeId: inPerson, patientId })).toMatchObject(
      inactive,
    )
  })
})

describe('a visit by phone', () => {
  it('is booked online only for a patient with a number; the front desk may call back', async () => {
    const patientId = await registerPatient(sql)
    const own = context({ actor: await openPatient(sql, [patientId]) })
    const needed = { ok: false, refusal: 'phone_needed' }
    expect(await bookAppointment(own, { ...slot(byPhone), patientId })).toMatchObject(needed)
    const held = await holdSlot(own, { ...slot(byPhone), patientId })
    const holdId = held.ok ? held.appointment.id : 0
    expect(await bookHold(own, { holdId, patientId })).toMatchObject(needed)
    await sql.query("update patients set phone = '+6281234567890' where id = $1", [patientId])
    expect(await bookHold(own, { holdId, patientId })).toMatchObject({ ok: true })
    const other = await registerPatient(sql)
    expect(await bookAppointment(context(), { ...slot(byPhone), patientId: other })).toMatchObject({
      ok: true,
    })
  })
})
