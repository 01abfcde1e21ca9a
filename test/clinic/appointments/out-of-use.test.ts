import { describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { findAppointment } from '../../../src/clinic/appointments/find.ts'
import { readOffers } from '../../../src/clinic/appointments/read-booking-page.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { takeWalkIn } from '../../../src/clinic/appointments/walk-in.ts'
import { findOpenSlots } from '../../../src/clinic/availability/find-open-slots.ts'
import { findVisitTypes } from '../../../src/clinic/availability/find-visit-types.ts'
import { searchSlots } from '../../../src/clinic/availability/search-slots.ts'
import type { ClinicContext } from '../../../src/clinic/context.ts'
import { findDoctor, findDoctors } from '../../../src/clinic/doctors/find.ts'
import { Forbidden, NotSignedIn } from '../../../src/clinic/errors.ts'
import { allLocations } from '../../../src/clinic/locations/find.ts'
import { anonymous, desk, doctor } from '../../support/actors.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  insertAppointment,
  locationOf,
  openPatient,
  registerPatient,
} from '../../support/people.ts'

const { sql, as, at, hold } = await openMondayClinic()

async function openPlace() {
  const visitTypeId = await defineVisitType(sql, { name: `Visit ${Math.random()}` })
  const doctorId = await hireDoctor(sql, { visitTypes: [visitTypeId], specialty: `Of ${visitTypeId}` })
  const patientId = await registerPatient(sql)
  const patient = await openPatient(sql, [patientId])
  return { visitTypeId, doctorId, patientId, patient, locationId: await locationOf(sql, doctorId) }
}

type Place = Awaited<ReturnType<typeof openPlace>>

const cases: [string, (place: Place) => string, hidden: ('doctors' | 'locations' | 'visitTypes')[]][] = [
  [
    'a retired doctor',
    ({ doctorId }) => `update doctors set is_active = false where id = ${doctorId}`,
    ['doctors'],
  ],
  [
    'a location closed for good',
    ({ locationId }) => `update locations set is_active = false where id = ${locationId}`,
    // Its only doctor works nowhere else.
    ['doctors', 'locations'],
  ],
  [
    'a withdrawn visit type',
    ({ visitTypeId }) => `update visit_types set is_active = false where id = ${visitTypeId}`,
    ['visitTypes'],
  ],
]

const outcome = (answer: { ok: true } | { ok: false; refusal: string }) => answer.ok || answer.refusal

describe.each(cases)('%s', (_, remove, hidden) => {
  it('is offered to nobody', async () => {
    const place = await openPlace()
    const { doctorId, visitTypeId } = place
    await sql.query(remove(place))
    const day = { doctorId, visitTypeId, from: '2026-11-23', to: '2026-11-23' }
    for (const ctx of [as(), as(anonymous)]) {
      expect(outcome(await findOpenSlots(ctx, day))).toMatch(/^(not_offered|invalid)$/)
      expect(outcome(await searchSlots(ctx, { ...day, limit: 5 }))).toMatch(/^(not_offered|invalid)$/)
      const search = { visitTypeId, limit: 5 }
      expect(outcome(await searchSlots(ctx, search))).toMatch(/^(not_offered|invalid)$/)
      const { doctors, locations, visitTypes, specialties } = await readOffers(ctx, { search: null })
      const offered = {
        doctors: doctors.some(({ id, visitTypes }) => id === doctorId && visitTypes.length > 0),
        specialty: specialties.includes(`Of ${visitTypeId}`),
        location: locations.some(({ id }) => id === place.locationId),
        visitType: visitTypes.some(({ id }) => id === visitTypeId),
      }
      expect(Object.values(offered)).toContain(false)
      expect(offered.doctors).toBe(false)
    }
  })

  it('is listed for staff alone, when they ask for it', async () => {
    const place = await openPlace()
    const { doctorId, locationId, visitTypeId, patient } = place
    const lists = {
      doctors: async (ctx: ClinicContext, asked: object) => {
        const found = await findDoctors(ctx, { specialty: `Of ${visitTypeId}`, limit: 5, ...asked })
        return found.ok && found.doctors.some(({ id }) => id === doctorId)
      },
      locations: async (ctx: ClinicContext, asked: object) =>
        (await allLocations(ctx, asked)).some(({ id }) => id === locationId),
      visitTypes: async (ctx: ClinicContext, asked: object) =>
        (await findVisitTypes(ctx, asked)).some(({ id }) => id === visitTypeId),
    }
    const isListed = async (ctx: ClinicContext, asked: object) => ({
      doctors: await lists.doctors(ctx, asked),
      locations: await lists.locations(ctx, asked),
      visitTypes: await lists.visitTypes(ctx, asked),
    })
    const listed = { doctors: true, locations: true, visitTypes: true }
    const inUse = { ...listed, ...Object.fromEntries(hidden.map((list) => [list, false])) }
    const all = { includeInactive: 'true' }
    await sql.query(remove(place))
    for (const actor of [desk, doctor]) expect(await isListed(as(actor), all)).toEqual(listed)
    for (const ctx of [as(), as(doctor), as(patient), as(anonymous)])
      expect(await isListed(ctx, {})).toEqual(inUse)
    for (const list of Object.values(lists)) {
      await expect(list(as(patient), all)).rejects.toThrow(Forbidden)
      await expect(list(as(anonymous), all)).rejects.toThrow(NotSignedIn)
    }
  })

  it('can be booked by nobody, the front desk included', async () => {
    const place = await openPlace()
    const { doctorId, visitTypeId, patientId, patient } = place
    const held = await hold(as(patient), { doctorId, visitTypeId, patientId, startAt: at('11:00') })
    await sql.query(remove(place))
    const wish = { visitTypeId, patientId, startAt: at('10:00') }
    const override = { overrideReason: 'A favour' }
    expect(outcome(await bookAppointment(as(patient), { ...wish, doctorId }))).toBe('not_offered')
    expect(outcome(await bookAppointment(as(), { ...wish, doctorId, ...override }))).toBe('not_offered')
    expect(outcome(await bookAppointment(as(), wish))).toBe('not_offered')
    expect(outcome(await takeWalkIn(as(), { visitTypeId, patientId, doctorId, ...override }))).toBe(
      'not_offered',
    )
    expect(outcome(await bookHold(as(patient), { holdId: held.id }))).toBe('not_offered')
  })
})

describe('an appointment with what is out of use', () => {
  it.each(cases)('(%s) stays readable', async (_, remove) => {
    const place = await openPlace()
    const { doctorId, visitTypeId, patientId, patient } = place
    const booked = await insertAppointment(sql, {
      doctorId,
      visitTypeId,
      patientId,
      startAt: `${at('10:00')}+07:00`,
    })
    await sql.query(remove(place))
    for (const ctx of [as(), as(patient)])
      expect(await findAppointment(ctx, booked)).toMatchObject({ id: booked, visitType: { id: visitTypeId } })
    expect((await findDoctor(as(), doctorId)).id).toBe(doctorId)
  })

  it('can be moved to another doctor, but not within it', async () => {
    const [place, other] = [await openPlace(), await openPlace()]
    const { doctorId, visitTypeId, patientId } = place
    await sql.query('insert into doctor_visit_types values ($1, $2)', [other.doctorId, visitTypeId])
    const id = await insertAppointment(sql, {
      doctorId,
      visitTypeId,
      patientId,
      startAt: `${at('10:00')}+07:00`,
    })
    await sql.query('update doctors set is_active = false where id = $1', [doctorId])
    const move = { id, startAt: at('12:00'), overrideReason: 'A favour' }
    expect(outcome(await rescheduleAppointment(as(), move))).toBe('not_offered')
    expect(outcome(await rescheduleAppointment(as(), { ...move, doctorId: other.doctorId }))).toBe(true)
    expect(outcome(await rescheduleAppointment(as(), { ...move, doctorId }))).toBe('not_offered')
  })

  it('of a withdrawn visit type can be moved by the front desk, with the same doctor', async () => {
    const [place, other] = [await openPlace(), await openPlace()]
    const { doctorId, visitTypeId, patientId, patient } = place
    await sql.query('insert into doctor_visit_types values ($1, $2)', [other.doctorId, visitTypeId])
    const id = await insertAppointment(sql, {
      doctorId,
      visitTypeId,
      patientId,
      startAt: `${at('10:00')}+07:00`,
    })
    await sql.query('update visit_types set is_active = false where id = $1', [visitTypeId])
    const move = { id, startAt: at('12:00') }
    expect(outcome(await rescheduleAppointment(as(patient), move))).toBe('not_offered')
    expect(outcome(await rescheduleAppointment(as(), { ...move, doctorId: other.doctorId }))).toBe(
      'not_offered',
    )
    expect(outcome(await rescheduleAppointment(as(), move))).toBe(true)
  })
})

it('a doctor of a closed location is not listed, unless they work at another one, too', async () => {
  const [place, other] = [await openPlace(), await openPlace()]
  await sql.query('update locations set is_active = false where id = $1', [place.locationId])
  const listed = async () => {
    const found = await findDoctors(as(anonymous), { specialty: `Of ${place.visitTypeId}`, limit: 5 })
    return found.ok && found.doctors.map(({ id }) => id)
  }
  expect(await listed()).toEqual([])
  await sql.query('insert into doctor_locations values ($1, $2)', [place.doctorId, other.locationId])
  expect(await listed()).toEqual([place.doctorId])
})
