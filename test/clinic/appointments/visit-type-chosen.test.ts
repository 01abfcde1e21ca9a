import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { takeWalkIn } from '../../../src/clinic/appointments/walk-in.ts'
import { findOpenSlots } from '../../../src/clinic/availability/find-open-slots.ts'
import { searchSlots } from '../../../src/clinic/availability/search-slots.ts'
import { desk, patient } from '../../support/actors.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import { defineVisitType, hireDoctor, registerPatient } from '../../support/people.ts'

const { sql, at, as } = await openMondayClinic()
let half: number
let byPhone: number
let inPerson: number

beforeAll(async () => {
  half = await defineVisitType(sql, { name: 'Half an hour', bufferAfter: 15 })
  byPhone = await defineVisitType(sql, { name: 'A call', mode: 'phone', minutes: 20 })
  inPerson = await defineVisitType(sql, { name: 'In person', minutes: 20 })
})

const hire = (visitTypes: number[]) => hireDoctor(sql, { visitTypes })

/** What the appointment's row and the doctor's claim say. */
async function stored(id: number) {
  const { rows } = await sql.query(
    `select
       visit_type_id::int as type, one.buffer_after_minutes as buffer,
       extract(epoch from upper(during) - lower(during))::int / 60 as minutes
     from appointments one join claims claim on claim.appointment_id = one.id and claim.part = 'doctor'
     where one.id = $1`,
    [id],
  )
  return rows[0]
}

describe('an appointment of another length than the visit type that the front desk named', () => {
  const begin = { book: bookAppointment, hold: holdSlot, 'walk in': takeWalkIn }

  it.each(['book', 'hold', 'walk in'] as const)('has no visit type and no buffers: %s', async (how) => {
    const [doctorId, patientId] = [await hire([half]), await registerPatient(sql)]
    const wish = { doctorId, patientId, visitTypeId: half, startAt: at('10:00') }
    const begun = await begin[how](as(), { ...wish, endAt: at('11:00') })
    expect(begun).toMatchObject({
      ok: true,
      visitTypeChosen: { visit_type_id: null, because: 'other_length' },
    })
    if (!begun.ok) throw new Error(begun.refusal)
    expect(await stored(begun.appointment.id)).toEqual({ type: null, buffer: 0, minutes: 60 })
    const exact = { ...wish, startAt: at('12:00'), endAt: at('12:30') }
    const usual = await appointmentOf(bookAppointment(as(), exact))
    expect(await stored(usual.id)).toEqual({ type: half, buffer: 15, minutes: 45 })
  })

  it('is the same hold when it is held again', async () => {
    const [doctorId, patientId] = [await hire([half]), await registerPatient(sql)]
    const wish = { doctorId, patientId, visitTypeId: half, startAt: at('10:00'), endAt: at('11:00') }
    const first = await appointmentOf(holdSlot(as(), wish))
    expect(await appointmentOf(holdSlot(as(), wish))).toMatchObject({ id: first.id })
  })

  it('loses them when it is moved to another length, and keeps them otherwise', async () => {
    const [doctorId, patientId] = [await hire([half]), await registerPatient(sql)]
    const wish = { doctorId, patientId, visitTypeId: half, startAt: at('10:00') }
    const { id } = await appointmentOf(bookAppointment(as(), wish))
    await appointmentOf(rescheduleAppointment(as(), { id, startAt: at('11:00') }))
    expect(await stored(id)).toEqual({ type: half, buffer: 15, minutes: 45 })
    const moved = await appointmentOf(
      rescheduleAppointment(as(), { id, startAt: at('11:00'), endAt: at('12:00') }),
    )
    expect(moved.visitType).toBeNull()
    expect(await stored(id)).toEqual({ type: null, buffer: 0, minutes: 60 })
    const { rows } = await sql.query(
      `select after ->> 'visit_type_id' as after from events where appointment_id = $1 order by number`,
      [id],
    )
    expect(rows.map(({ after }) => after)).toEqual([String(half), String(half), null])
  })

  it('keeps a length that its visit type no longer has when it is only moved', async () => {
    const changing = await defineVisitType(sql, { name: 'Changing' })
    const [doctorId, patientId] = [await hire([changing]), await registerPatient(sql)]
    const wish = { doctorId, patientId, visitTypeId: changing, startAt: at('10:00') }
    const { id } = await appointmentOf(bookAppointment(as(), wish))
    await sql.query('update visit_types set minutes = 40 where id = $1', [changing])
    await appointmentOf(rescheduleAppointment(as(), { id, startAt: at('11:00') }))
    expect(await stored(id)).toEqual({ type: changing, buffer: 0, minutes: 30 })
  })
})

describe('without a visit type, a patient', () => {
  it.each([
    ['the only one of that length', () => [half], '10:30', () => half, 'only_one_of_that_length'],
    ['one in person first', () => [byPhone, inPerson], '10:20', () => inPerson, 'in_person_first'],
  ] as const)('gets %s', async (_, offered, end, chosen, because) => {
    const [doctorId, patientId] = [await hire([...offered()]), await registerPatient(sql)]
    const wish = { doctorId, patientId, startAt: at('10:00'), endAt: at(end) }
    const booked = await bookAppointment(as(patient(patientId)), wish)
    expect(booked).toMatchObject({ ok: true, visitTypeChosen: { visit_type_id: chosen(), because } })
    const held = await holdSlot(as(patient(patientId)), {
      ...wish,
      startAt: at('14:00'),
      endAt: `${at('14')}${end.slice(2)}`,
    })
    expect(held).toMatchObject({
      ok: true,
      appointment: { visitType: { id: chosen() } },
      visitTypeChosen: { because },
    })
  })

  it('gets the one with the lowest id when several fit as well', async () => {
    const another = await defineVisitType(sql, { name: 'In person, too', minutes: 20 })
    const [doctorId, patientId] = [await hire([another, byPhone, inPerson]), await registerPatient(sql)]
    const wish = { doctorId, patientId, startAt: at('10:00'), endAt: at('10:20') }
    expect(await bookAppointment(as(patient(patientId)), wish)).toMatchObject({
      visitTypeChosen: { visit_type_id: inPerson, name: 'In person', because: 'lowest_id' },
    })
  })

  it('is told when one was named, and the front desk that it named none', async () => {
    const [doctorId, patientId] = [await hire([half]), await registerPatient(sql)]
    const wish = { doctorId, patientId, startAt: at('10:00') }
    const named = await bookAppointment(as(), { ...wish, visitTypeId: half })
    expect(named).toMatchObject({ visitTypeChosen: { visit_type_id: half, because: 'named' } })
    const none = await bookAppointment(as(), { ...wish, startAt: at('12:00'), endAt: at('12:30') })
    expect(none).toMatchObject({ visitTypeChosen: { visit_type_id: null, because: 'none_named' } })
  })
})

describe('a visit type that is not offered', () => {
  it('comes with those that are, online for a patient and all for the front desk', async () => {
    const atDesk = await defineVisitType(sql, { name: 'At the desk', minutes: 45, online: false })
    const [doctorId, patientId] = [await hire([half, atDesk]), await registerPatient(sql)]
    const online = [{ visit_type_id: half, name: 'Half an hour', minutes: 30 }]
    const all = [{ visit_type_id: atDesk, name: 'At the desk', minutes: 45 }, ...online]
    const wish = { doctorId, patientId, startAt: at('10:00') }
    const odd = { ...wish, endAt: at('10:50') }
    const refused = (offered: object[]) => ({ ok: false, refusal: 'not_offered', offered })
    expect(await bookAppointment(as(patient(patientId)), odd)).toEqual(refused(online))
    expect(await holdSlot(as(patient(patientId)), odd)).toEqual(refused(online))
    expect(await bookAppointment(as(), { ...wish, visitTypeId: byPhone })).toEqual(refused(all))
    expect(await takeWalkIn(as(), { ...wish, visitTypeId: byPhone })).toEqual(refused(all))
    const search = { doctorId, visitTypeId: byPhone, from: '2026-11-23' }
    expect(await findOpenSlots(as(patient(patientId)), search)).toEqual(refused(online))
    expect(await searchSlots(as(desk), { ...search, limit: 1 })).toEqual(refused(all))
  })
})

describe('beyond the horizon the front desk needs a reason', () => {
  const inYears = (year: number) => `${year}-11-24T10:00`

  async function patientOf(visitTypes: number[]) {
    return { doctorId: await hire(visitTypes), patientId: await registerPatient(sql) }
  }

  it.each([
    ['the horizon of the visit type that was named', [30, 900], true, 0.1, 0.05],
    ['without one, the longest that the doctor offers', [30, 900], false, 2.6, 2.3],
    ['a year with a doctor who offers nothing', [], false, 1.1, 0.9],
  ] as const)('%s', async (title, horizons, isNamed, beyond, within) => {
    const types = await Promise.all(
      horizons.map((horizonDays) => defineVisitType(sql, { name: `${title} ${horizonDays}`, horizonDays })),
    )
    const people = await patientOf(types)
    const inDays = (years: number) =>
      new Date(Date.parse(`${at('10:00')}+07:00`) + Math.round(years * 365) * 86_400_000).toISOString()
    const wishFor = (years: number) => {
      const startAt = inDays(years)
      const endAt = new Date(Date.parse(startAt) + 30 * 60_000).toISOString()
      return isNamed ? { ...people, visitTypeId: types[0], startAt } : { ...people, startAt, endAt }
    }
    expect(await bookAppointment(as(), wishFor(beyond))).toMatchObject({ refusal: 'beyond_horizon' })
    expect(await holdSlot(as(), wishFor(beyond))).toMatchObject({ refusal: 'beyond_horizon' })
    const { id } = await appointmentOf(bookAppointment(as(), wishFor(within)))
    const moving = { id, startAt: inDays(beyond) }
    expect(await rescheduleAppointment(as(), moving)).toMatchObject({ refusal: 'beyond_horizon' })
    const overrideReason = 'Yearly check, as the patient asked'
    expect(await rescheduleAppointment(as(), { ...moving, overrideReason })).toMatchObject({ ok: true })
    const booked = await bookAppointment(as(), { ...wishFor(beyond + 0.05), overrideReason })
    expect(booked).toMatchObject({ ok: true, appointment: { overrideReason } })
  })

  it('asks for it in a mistyped year, and offers no slots there', async () => {
    const own = await defineVisitType(sql, { name: 'Of the year', horizonDays: 180 })
    const people = await patientOf([own])
    const wish = { ...people, visitTypeId: own, startAt: inYears(2062) }
    // Another time of that day is no better.
    expect(await bookAppointment(as(), wish)).toMatchObject({ refusal: 'beyond_horizon', nextFree: null })
    const search = { doctorId: people.doctorId, visitTypeId: own, from: '2027-05-21', to: '2027-05-24' }
    const found = await findOpenSlots(as(), search)
    const days = found.ok && found.slots.map(({ startLocal }) => startLocal.slice(0, 10))
    expect([...new Set(days || [])]).toEqual(['2027-05-21', '2027-05-22'])
  })
})
