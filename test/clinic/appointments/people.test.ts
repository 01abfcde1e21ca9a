import { beforeAll, describe, expect, it } from 'vitest'
import { type BookAppointment, bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { Forbidden, NotFound } from '../../../src/clinic/errors.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  openLocation,
  openPatient,
  registerPatient,
} from '../../support/people.ts'

const { sql, as, at } = await openMondayClinic()
const office = [{ weekdays: [1], opensAt: '09:00', closesAt: '17:00' }]
let [buffered, locationId] = [0, 0]

beforeAll(async () => {
  locationId = await openLocation(sql)
  buffered = await defineVisitType(sql, { name: 'Operation', minutes: 60, bufferBefore: 10, bufferAfter: 20 })
})

/** All work at one location. */
async function newDoctor(hours = office, visitTypes = [buffered]) {
  const id = await hireDoctor(sql, { hours, visitTypes })
  await sql.query('delete from doctor_locations where doctor_id = $1', [id])
  await sql.query('update doctors set location_id = $2 where id = $1', [id, locationId])
  await sql.query('insert into doctor_locations values ($1, $2) on conflict do nothing', [id, locationId])
  return id
}
const newPatient = () => registerPatient(sql)

/** An operation at ten with a new surgeon, for a new patient. */
async function book(wish: Partial<BookAppointment> = {}, ctx = as()) {
  return bookAppointment(ctx, {
    doctorId: await newDoctor(),
    patientId: await newPatient(),
    visitTypeId: buffered,
    startAt: at('10:00'),
    ...wish,
  })
}

const claimsOf = async (id: number) =>
  (
    await sql.query(
      `select part, doctor_id::integer, to_char(lower(during) at time zone 'Asia/Jakarta', 'HH24:MI') as from,
         to_char(upper(during) at time zone 'Asia/Jakarta', 'HH24:MI') as to
       from claims where appointment_id = $1 order by array_position(array['doctor', 'patient', 'colleague', 'companion'], part)`,
      [id],
    )
  ).rows

describe('an appointment with a colleague and a companion', () => {
  it('takes them all, the colleague with the buffers of the visit type', async () => {
    const [surgeon, anaesthetist] = [await newDoctor(), await newDoctor()]
    const companion = await newPatient()
    const { id } = await appointmentOf(
      book({ doctorId: surgeon, colleagueIds: [anaesthetist], companionIds: [companion] }),
    )
    expect(await claimsOf(id)).toEqual([
      { part: 'doctor', doctor_id: surgeon, from: '09:50', to: '11:20' },
      { part: 'patient', doctor_id: null, from: '10:00', to: '11:00' },
      { part: 'colleague', doctor_id: anaesthetist, from: '09:50', to: '11:20' },
      { part: 'companion', doctor_id: null, from: '10:00', to: '11:00' },
    ])
    expect(await book({ doctorId: anaesthetist })).toMatchObject({ ok: false, refusal: 'slot_taken' })
    expect(await book({ patientId: companion })).toMatchObject({ ok: false, refusal: 'patient_busy' })
  })

  it('frees everyone once it is cancelled', async () => {
    const [colleague, companion] = [await newDoctor(), await newPatient()]
    const { id } = await appointmentOf(book({ colleagueIds: [colleague], companionIds: [companion] }))
    await appointmentOf(cancelAppointment(as(), { id, reason: 'Ill' }))
    expect(await book({ doctorId: colleague, patientId: companion })).toMatchObject({ ok: true })
  })
})

describe('someone who cannot come', () => {
  it('is named, with the next time that suits everyone', async () => {
    const [surgeon, anaesthetist, patientId] = [await newDoctor(), await newDoctor(), await newPatient()]
    const companion = await newPatient()
    await appointmentOf(book({ doctorId: anaesthetist, startAt: at('10:30') }))
    await appointmentOf(book({ patientId: companion, startAt: at('12:30') }))
    const people = { colleagueIds: [anaesthetist], companionIds: [companion] }
    // 10:20 to 11:50 is the anaesthetist's, and so an hour with buffers begins at 12:00; the companion has 12:30 to 13:30.
    expect(await book({ doctorId: surgeon, patientId, ...people })).toMatchObject({
      ok: false,
      refusal: 'resource_taken',
      missing: { type: 'doctor', id: anaesthetist, name: 'Dr. Strange' },
      nextFree: { startLocal: at('13:30') },
    })
    expect(await book({ doctorId: surgeon, patientId, ...people, startAt: at('12:15') })).toMatchObject({
      ok: false,
      refusal: 'patient_busy',
      missing: { type: 'patient', id: companion, name: 'Patient Zero' },
      nextFree: { startLocal: at('13:30') },
    })
    expect(await book({ doctorId: surgeon, patientId, ...people, startAt: at('13:30') })).toMatchObject({
      ok: true,
    })
  })

  it('leaves nothing behind', async () => {
    const [busy, surgeon, patientId] = [await newDoctor(), await newDoctor(), await newPatient()]
    await appointmentOf(book({ doctorId: busy }))
    const others = { colleagueIds: [await newDoctor(), busy], companionIds: [await newPatient()] }
    expect(await book({ doctorId: surgeon, patientId, ...others })).toMatchObject({ ok: false })
    const { rows } = await sql.query('select from claims where doctor_id = $1', [surgeon])
    expect(rows).toEqual([])
    expect(await book({ doctorId: surgeon, patientId })).toMatchObject({ ok: true })
  })

  it('may be a colleague who does not work then, unless the front desk says why', async () => {
    const away = await newDoctor([{ weekdays: [1], opensAt: '14:00', closesAt: '17:00' }])
    const asked = { colleagueIds: [away], doctorId: await newDoctor(), patientId: await newPatient() }
    expect(await book(asked)).toMatchObject({
      ok: false,
      refusal: 'outside_hours',
      missing: { id: away },
      nextFree: { startLocal: at('14:00') },
    })
    expect(await book({ ...asked, overrideReason: 'An emergency' })).toMatchObject({ ok: true })
  })
})

describe('who is named', () => {
  it.each([
    ['an unknown colleague', async () => ({ colleagueIds: [999_999] })],
    ['an unknown companion', async () => ({ companionIds: [999_999] })],
    ['an erased companion', async () => ({ companionIds: [await withPatient('erased_at = now()')] })],
  ])('%s is not found', async (_, people) => {
    await expect(book(await people())).rejects.toThrow(NotFound)
  })

  it.each(['is_active = false', 'is_deceased = true'])('a companion with %s is refused', async (state) => {
    const refused = await book({ companionIds: [await withPatient(state)] })
    expect(refused).toMatchObject({ ok: false, refusal: 'patient_inactive' })
  })

  const withPatient = async (state: string) => {
    const id = await newPatient()
    await sql.query(`update patients set ${state} where id = $1`, [id])
    return id
  }

  it('cannot be the doctor or the patient again', async () => {
    const [doctorId, patientId] = [await newDoctor(), await newPatient()]
    expect(await book({ doctorId, colleagueIds: [doctorId] })).toEqual({
      ok: false,
      refusal: 'invalid',
      faults: { colleagueIds: 'named_twice' },
    })
    expect(await book({ patientId, companionIds: [patientId] })).toEqual({
      ok: false,
      refusal: 'invalid',
      faults: { companionIds: 'named_twice' },
    })
  })

  it('cannot be one person by two rows or two records', async () => {
    const [one, same, kept, merged] = [
      await newDoctor(),
      await newDoctor(),
      await newPatient(),
      await newPatient(),
    ]
    await sql.query(
      'update doctors set resource_id = (select resource_id from doctors where id = $1) where id = $2',
      [one, same],
    )
    await sql.query('update patients set moved_to_id = $1 where id = $2', [kept, merged])
    expect(await book({ colleagueIds: [one, same] })).toMatchObject({
      faults: { colleagueIds: 'named_twice' },
    })
    expect(await book({ companionIds: [kept, merged] })).toMatchObject({
      faults: { companionIds: 'named_twice' },
    })
    expect(await book({ patientId: kept, companionIds: [merged] })).toMatchObject({
      faults: { companionIds: 'named_twice' },
    })
    await appointmentOf(book({ companionIds: [merged] }))
    expect(await book({ patientId: kept })).toMatchObject({ refusal: 'patient_busy' })
  })

  it('with any doctor, is never taken for the doctor, too', async () => {
    const visitTypeId = await defineVisitType(sql, { name: 'By two' })
    const [busy, free] = [await newDoctor(office, [visitTypeId]), await newDoctor(office, [visitTypeId])]
    const asked = { doctorId: undefined, visitTypeId, colleagueIds: [busy] }
    expect(await appointmentOf(book(asked))).toMatchObject({ doctor: { id: free } })
  })
})

describe('a patient', () => {
  it('may bring those for whom the account acts, and no one else', async () => {
    const [self, child, stranger] = [await newPatient(), await newPatient(), await newPatient()]
    const ctx = as(await openPatient(sql, [self, child]))
    expect(await book({ patientId: self, companionIds: [stranger] }, ctx)).toEqual({
      ok: false,
      refusal: 'not_your_patient',
    })
    await expect(book({ patientId: self, colleagueIds: [await newDoctor()] }, ctx)).rejects.toThrow(Forbidden)
    await appointmentOf(book({ patientId: self, companionIds: [child] }, ctx))
    expect(await book({ patientId: child })).toMatchObject({ refusal: 'patient_busy' })
  })

  it('whose account acts for someone no longer, does not bring them', async () => {
    const [self, child] = [await newPatient(), await newPatient()]
    const ctx = as(await openPatient(sql, [self, child]))
    await appointmentOf(book({ patientId: self, companionIds: [child] }, ctx))
    await sql.query('delete from account_patients where patient_id = $1', [child])
    const later = { patientId: self, companionIds: [child], startAt: at('13:00') }
    await expect(book(later, ctx)).rejects.toThrow(NotFound)
  })
})

describe('a move', () => {
  it('takes everyone along', async () => {
    const [colleague, companion] = [await newDoctor(), await newPatient()]
    const { id } = await appointmentOf(book({ colleagueIds: [colleague], companionIds: [companion] }))
    // It overlaps its own time.
    await appointmentOf(rescheduleAppointment(as(), { id, startAt: at('10:30') }))
    expect(await claimsOf(id)).toMatchObject([
      { from: '10:20', to: '11:50' },
      { from: '10:30', to: '11:30' },
      { part: 'colleague', from: '10:20', to: '11:50' },
      { part: 'companion', from: '10:30', to: '11:30' },
    ])
  })

  it('is refused for everyone when one cannot come, with who it is and the next time', async () => {
    const [colleague, companion] = [await newDoctor(), await newPatient()]
    const { id } = await appointmentOf(book({ colleagueIds: [colleague], companionIds: [companion] }))
    await appointmentOf(book({ doctorId: colleague, startAt: at('13:00') }))
    await appointmentOf(book({ patientId: companion, startAt: at('15:00') }))
    const before = await claimsOf(id)
    expect(await rescheduleAppointment(as(), { id, startAt: at('13:00') })).toEqual({
      ok: false,
      refusal: 'resource_taken',
      missing: { type: 'doctor', id: colleague, name: 'Dr. Strange' },
      nextFreeStartAt: new Date('2026-11-23T16:00+07:00'),
    })
    expect(await rescheduleAppointment(as(), { id, startAt: at('15:00') })).toMatchObject({
      refusal: 'patient_busy',
      missing: { type: 'patient', id: companion },
    })
    expect(await rescheduleAppointment(as(), { id, startAt: at('16:30') })).toMatchObject({
      refusal: 'outside_hours',
      nextFreeStartAt: null,
    })
    expect(await claimsOf(id)).toEqual(before)
  })

  it('to a doctor who takes part already is refused', async () => {
    const colleague = await newDoctor()
    const { id } = await appointmentOf(book({ colleagueIds: [colleague] }))
    expect(await rescheduleAppointment(as(), { id, doctorId: colleague, startAt: at('10:00') })).toEqual({
      ok: false,
      refusal: 'invalid',
      faults: { doctorId: 'named_twice' },
    })
  })

  it('is not hindered by an expired hold of a colleague', async () => {
    const colleague = await newDoctor()
    const { id } = await appointmentOf(book({ colleagueIds: [colleague] }))
    await sql.query(
      `insert into appointments (doctor_id, patient_id, status, start_at, end_at, hold_expires_at)
       values ($1, $2, 'pending', '2026-11-23T13:00+07:00', '2026-11-23T14:00+07:00', '2026-11-23T07:00+07:00')`,
      [colleague, await newPatient()],
    )
    expect(await rescheduleAppointment(as(), { id, startAt: at('13:00') })).toMatchObject({ ok: true })
  })
})
