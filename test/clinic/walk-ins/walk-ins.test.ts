import { beforeAll, describe, expect, it } from 'vitest'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { addWalkIn } from '../../../src/clinic/walk-ins/add.ts'
import { bookWalkIn } from '../../../src/clinic/walk-ins/book.ts'
import { leaveWalkIn, returnWalkIn } from '../../../src/clinic/walk-ins/leave.ts'
import { readNewWalkIn, readWalkIn } from '../../../src/clinic/walk-ins/read-walk-in-pages.ts'
import { findTicket, readTicket, signTicket } from '../../../src/clinic/walk-ins/ticket.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import { defineVisitType, hireDoctor, locationOf, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const now = new Date('2030-01-07T09:00+07:00')
const ctx = clinic.context({ now })
let visitTypeId: number

beforeAll(async () => {
  visitTypeId = await defineVisitType(sql)
})

async function openPlace() {
  const doctorId = await hireDoctor(sql, { visitTypes: [visitTypeId] })
  return { doctorId, locationId: await locationOf(sql, doctorId), visitTypeId }
}

const come = async (place: { locationId: number; visitTypeId: number; doctorId?: number }) => {
  const { locationId, visitTypeId } = place
  return addWalkIn(ctx, { locationId, visitTypeId, patientId: await registerPatient(sql) })
}

async function addedTo(place: Awaited<ReturnType<typeof openPlace>>) {
  const added = await come(place)
  if (!added.ok) throw new Error(added.refusal)
  return added.walkIn
}

it('has arrived when they came, not when they were booked', async () => {
  const place = await openPlace()
  const { id } = await addedTo(place)
  const later = clinic.context({ now: new Date('2030-01-07T09:25+07:00') })
  const booked = await bookWalkIn(later, { id, doctorId: place.doctorId, startAt: '2030-01-07T09:30' })
  expect(booked).toMatchObject({ ok: true, appointment: { arrivedLocal: '2030-01-07T09:00' } })
})

describe('adding a walk-in', () => {
  it('gives each the next number of the day, without gaps, when many come at once', async () => {
    const place = await openPlace()
    const added = await atOnce(24, () => come(place))
    expect(added.every(({ ok }) => ok)).toBe(true)
    const { rows } = await sql.query('select number from walk_ins where location_id = $1 order by number', [
      place.locationId,
    ])
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 24 }, (_, n) => n + 1))
  })

  it('begins with one again on the next day', async () => {
    const place = await openPlace()
    await addedTo(place)
    const tomorrow = clinic.context({ now: new Date('2030-01-08T00:01+07:00') })
    const { locationId } = place
    const added = await addWalkIn(tomorrow, {
      locationId,
      visitTypeId,
      patientId: await registerPatient(sql),
    })
    expect(added).toMatchObject({ ok: true, walkIn: { number: 1 } })
  })

  it('gives nobody a second number', async () => {
    const { locationId } = await openPlace()
    const wish = { locationId, visitTypeId, patientId: await registerPatient(sql) }
    const first = await addWalkIn(ctx, wish)
    expect(await addWalkIn(ctx, wish)).toEqual({ ...first, ok: false, refusal: 'already_waiting' })
  })

  it('refuses what nobody there offers, and tells of who was added', async () => {
    const place = await openPlace()
    const other = await defineVisitType(sql, { name: 'Surgery' })
    clinic.takeHappenings()
    expect(await come({ ...place, visitTypeId: other })).toEqual({ ok: false, refusal: 'not_offered' })
    expect(clinic.takeHappenings()).toEqual([])
    const { id } = await addedTo(place)
    expect(clinic.takeHappenings()).toMatchObject([
      { kind: 'walk_in.added', walkInId: id, locationId: place.locationId },
    ])
  })

  it('is only for the front desk', async () => {
    const { doctorId } = await openPlace()
    const asDoctor = clinic.context({ actor: { kind: 'doctor', accountId: 1, doctorId }, now })
    await expect(addWalkIn(asDoctor, { locationId: 1, visitTypeId, patientId: 1 })).rejects.toThrow()
  })
})

describe('booking a walk-in', () => {
  it('makes an appointment at which they have arrived, and ends their waiting', async () => {
    const place = await openPlace()
    const { id } = await addedTo(place)
    clinic.takeHappenings()
    const booked = await bookWalkIn(ctx, { id, startAt: '2030-01-07T09:30' })
    expect(clinic.takeHappenings()).toMatchObject([
      { kind: 'appointment.walked_in' },
      { kind: 'walk_in.booked', walkInId: id, locationId: place.locationId },
    ])
    expect(booked).toMatchObject({
      ok: true,
      appointment: { status: 'arrived', startLocal: '2030-01-07T09:30', doctor: { id: place.doctorId } },
    })
    expect(await readWalkIn(ctx, id)).toMatchObject({
      state: 'booked',
      expectedLocal: '2030-01-07T09:30',
      appointmentId: booked.ok && booked.appointment.id,
    })
  })

  it('books one of two who are quick, and only once', async () => {
    const place = await openPlace()
    const { id } = await addedTo(place)
    let half = 0
    const answers = await atOnce(8, () => {
      half += 30
      return bookWalkIn(ctx, { id, startAt: new Date(now.getTime() + half * 60_000).toISOString() })
    })
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const { rows } = await sql.query('select from appointments where doctor_id = $1', [place.doctorId])
    expect(rows).toHaveLength(1)
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: 'not_waiting' })
  })

  it('says until when a time is taken, and leaves them waiting', async () => {
    const place = await openPlace()
    const [one, two] = [await addedTo(place), await addedTo(place)]
    await bookWalkIn(ctx, { id: one.id, startAt: '2030-01-07T09:30' })
    expect(await bookWalkIn(ctx, { id: two.id, startAt: '2030-01-07T09:45' })).toMatchObject({
      refusal: 'slot_taken',
      nextFree: { startLocal: '2030-01-07T10:00' },
    })
    expect(await readWalkIn(ctx, two.id)).toMatchObject({ state: 'waiting', ahead: 0 })
  })

  it('is undone by cancelling the appointment: they wait again with their number', async () => {
    const place = await openPlace()
    const walkIn = await addedTo(place)
    const booked = await bookWalkIn(ctx, { id: walkIn.id, startAt: '2030-01-07T09:30' })
    if (!booked.ok) throw new Error(booked.refusal)
    await cancelAppointment(ctx, { id: booked.appointment.id, reason: 'Not yet' })
    expect(await readWalkIn(ctx, walkIn.id)).toMatchObject({ state: 'waiting', number: walkIn.number })
    expect(await bookWalkIn(ctx, { id: walkIn.id, startAt: '2030-01-07T10:00' })).toMatchObject({ ok: true })
  })
})

describe('leaving', () => {
  it('can be undone, unless they came again meanwhile', async () => {
    const { locationId } = await openPlace()
    const wish = { locationId, visitTypeId, patientId: await registerPatient(sql) }
    const added = await addWalkIn(ctx, wish)
    if (!added.ok) throw new Error(added.refusal)
    const { id } = added.walkIn
    expect(await leaveWalkIn(ctx, id)).toEqual({ ok: true, number: 1 })
    expect(await leaveWalkIn(ctx, id)).toEqual({ ok: true, number: 1 })
    expect(await readWalkIn(ctx, id)).toMatchObject({ state: 'left' })
    expect(await returnWalkIn(ctx, id)).toEqual({ ok: true, number: 1 })
    await leaveWalkIn(ctx, id)
    expect(await addWalkIn(ctx, wish)).toMatchObject({ ok: true, walkIn: { number: 2 } })
    expect(await returnWalkIn(ctx, id)).toEqual({ ok: false, refusal: 'not_waiting', number: 1 })
  })

  it('is refused once they have an appointment', async () => {
    const { id } = await addedTo(await openPlace())
    await bookWalkIn(ctx, { id, startAt: '2030-01-07T09:30' })
    expect(await leaveWalkIn(ctx, id)).toMatchObject({ ok: false, refusal: 'not_waiting' })
  })
})

describe('the address on a slip', () => {
  it('opens its own walk-in, and no other', async () => {
    const { id } = await addedTo(await openPlace())
    const token = await signTicket(ctx.secrets, id)
    expect(token).toMatch(/^\d+-[\w-]{16}$/)
    expect(await readTicket(ctx.secrets, token)).toBe(id)
    expect(await readTicket(ctx.secrets, token.replace(/^\d+/, String(id + 1)))).toBeNull()
    expect(await readTicket(ctx.secrets, `${token}x`)).toBeNull()
    const ticket = await findTicket(ctx, id)
    expect(ticket).toMatchObject({ number: 1, state: 'waiting', ahead: 0, expectedLocal: '2030-01-07T09:00' })
    expect(JSON.stringify(ticket)).not.toContain('Patient')
  })
})

it('the form offers what the location has, in one trip', async () => {
  const place = await openPlace()
  clinic.takeTrips()
  const content = await readNewWalkIn(ctx, { locationId: place.locationId })
  expect(clinic.takeTrips()).toHaveLength(1)
  expect(content).toMatchObject({
    location: { id: place.locationId },
    doctors: [{ id: place.doctorId }],
    visitTypes: [{ id: visitTypeId, minutes: 30 }],
  })
})
