import { expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { enterExtraHours, removeExtraHours } from '../../../src/clinic/availability/extra-hours.ts'
import { setWeeklyHours } from '../../../src/clinic/availability/set-weekly-hours.ts'
import type { Actor, ClinicContext } from '../../../src/clinic/context.ts'
import { Forbidden, NotFound, NotSignedIn } from '../../../src/clinic/errors.ts'
import { openClinic } from '../../support/clinic.ts'
import { untilBlockedOrDone } from '../../support/concurrency.ts'
import {
  hireDoctor,
  insertAppointment,
  locationOf,
  openAccount,
  openLocation,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const on = '2030-01-07'
const evening = { on, opensAt: '18:00', closesAt: '20:00' }

/** A doctor on Mondays from nine to five. */
async function openPlace() {
  const doctorId = await hireDoctor(sql, { hours: [{ weekdays: [1], opensAt: '09:00', closesAt: '17:00' }] })
  return { doctorId, locationId: await locationOf(sql, doctorId) }
}

async function book(doctorId: number, startAt: string, endAt: string) {
  const booked = await bookAppointment(clinic.context(), {
    ...{ doctorId, startAt, endAt },
    patientId: await registerPatient(sql),
  })
  return booked.ok || booked.refusal
}

const countHours = async (doctorId: number) =>
  (await sql.query('select count(*)::int from weekly_hours where doctor_id = $1', [doctorId])).rows[0].count

/** Enters the evening, and says what that told. */
async function enter(doctorId: number, hours: Parameters<typeof enterExtraHours>[2], ctx = clinic.context()) {
  const told: string[] = []
  const tell: ClinicContext['tell'] = (happening) => void told.push(happening.kind)
  return { entered: await enterExtraHours({ ...ctx, tell }, doctorId, hours), told }
}

it('extra hours open one date only, in one trip, and entering them again changes nothing', async () => {
  const { doctorId, locationId } = await openPlace()
  expect(await book(doctorId, `${on}T18:00`, `${on}T18:30`)).toBe('outside_hours')
  clinic.takeTrips()
  const first = await enter(doctorId, { locationId, ...evening })
  expect(clinic.takeTrips()).toHaveLength(1)
  expect(first).toEqual({ entered: { ok: true, id: expect.any(Number) }, told: ['weekly_hours.changed'] })
  expect(await enter(doctorId, { locationId, ...evening })).toEqual({ entered: first.entered, told: [] })
  expect(await countHours(doctorId)).toBe(2)
  expect(await book(doctorId, `${on}T18:00`, `${on}T18:30`)).toBe(true)
  expect(await book(doctorId, '2030-01-14T18:00', '2030-01-14T18:30')).toBe('outside_hours')
})

it('extra hours may last until midnight, on a day without any others', async () => {
  const { doctorId, locationId } = await openPlace()
  const late = { locationId, on: '2030-01-12', opensAt: '22:00', closesAt: '24:00' }
  expect((await enter(doctorId, late)).entered.ok).toBe(true)
  expect(await book(doctorId, '2030-01-12T23:30', '2030-01-13T00:00')).toBe(true)
})

it('extra hours that overlap others of that day are refused, wherever those are', async () => {
  const { doctorId, locationId } = await openPlace()
  const other = await openLocation(sql)
  await sql.query('insert into doctor_locations values ($1, $2)', [doctorId, other])
  for (const place of [locationId, other])
    expect(await enter(doctorId, { locationId: place, on, opensAt: '16:00', closesAt: '18:00' })).toEqual({
      entered: { ok: false, refusal: 'overlaps_hours', opensAt: '09:00', closesAt: '17:00' },
      told: [],
    })
  const next = { locationId, on, opensAt: '17:00', closesAt: '18:00' }
  expect((await enter(doctorId, next)).entered.ok).toBe(true)
  expect((await enter(doctorId, { ...next, locationId: other })).entered).toMatchObject({ opensAt: '17:00' })
})

it('of two that overlap and are entered at once, the later one is refused', async () => {
  const { doctorId, locationId } = await openPlace()
  const holder = await sql.connect()
  await holder.query('begin')
  await holder.query('select from doctors where id = $1 for no key update', [doctorId])
  await holder.query(
    `insert into weekly_hours (doctor_id, location_id, weekday, opens_at, closes_at, starts_on, ends_on)
     values ($1, $2, 1, '19:00', '21:00', $3, $3)`,
    [doctorId, locationId, on],
  )
  const entering = enter(doctorId, { locationId, ...evening })
  await untilBlockedOrDone(sql, entering)
  await holder.query('commit')
  holder.release()
  expect((await entering).entered).toMatchObject({ refusal: 'overlaps_hours', opensAt: '19:00' })
  expect(await countHours(doctorId)).toBe(2)
})

it('removing them strands who is booked in them, and no one else', async () => {
  const { doctorId, locationId } = await openPlace()
  const { entered } = await enter(doctorId, { locationId, ...evening })
  const id = entered.ok ? entered.id : 0
  await insertAppointment(sql, { doctorId, startAt: `${on}T10:00+07:00` })
  const stranded = await insertAppointment(sql, { doctorId, startAt: `${on}T18:00+07:00` })
  clinic.takeTrips()
  expect(await removeExtraHours(clinic.context(), doctorId, id)).toEqual([stranded])
  expect(clinic.takeTrips()).toHaveLength(1)
  const { rows } = await sql.query(
    `select appointment_id from strandings join appointments on id = appointment_id where doctor_id = $1`,
    [doctorId],
  )
  expect(rows.map(({ appointment_id }) => Number(appointment_id))).toEqual([stranded])
  await expect(removeExtraHours(clinic.context(), doctorId, id)).rejects.toThrow(NotFound)
})

it('hours of the week are not removed as extra hours', async () => {
  const { doctorId } = await openPlace()
  const { rows } = await sql.query('select id from weekly_hours where doctor_id = $1', [doctorId])
  await expect(removeExtraHours(clinic.context(), doctorId, Number(rows[0].id))).rejects.toThrow(NotFound)
  expect(await countHours(doctorId)).toBe(1)
})

it('doctors change only their own, and only where they work', async () => {
  const { doctorId, locationId } = await openPlace()
  const colleague = await openPlace()
  const ctx = clinic.context({ actor: { kind: 'doctor', accountId: 1, doctorId } })
  expect((await enter(doctorId, { locationId, ...evening }, ctx)).entered.ok).toBe(true)
  const theirs = await enter(colleague.doctorId, { locationId: colleague.locationId, ...evening })
  const theirId = theirs.entered.ok ? theirs.entered.id : 0
  for (const attempt of [
    () => enterExtraHours(ctx, colleague.doctorId, { locationId: colleague.locationId, ...evening }),
    () => removeExtraHours(ctx, colleague.doctorId, theirId),
  ])
    await expect(attempt()).rejects.toThrow(Forbidden)
  await expect(removeExtraHours(ctx, doctorId, theirId)).rejects.toThrow(NotFound)
  const elsewhere = { locationId: await openLocation(sql), ...evening }
  await expect(enterExtraHours(clinic.context(), doctorId, elsewhere)).rejects.toEqual(
    new NotFound('location'),
  )
  await expect(enterExtraHours(clinic.context(), 999_999, elsewhere)).rejects.toEqual(new NotFound('doctor'))
})

it('a bound front desk changes only those at its locations', async () => {
  const { doctorId, locationId } = await openPlace()
  const other = await openLocation(sql)
  await sql.query('insert into doctor_locations values ($1, $2)', [doctorId, other])
  const accountId = await openAccount(sql, { role: 'front_desk' })
  await sql.query('insert into account_locations values ($1, $2)', [accountId, other])
  const bound = clinic.context({ actor: { kind: 'front_desk', accountId, locationIds: [other] } })
  await expect(enterExtraHours(bound, doctorId, { locationId, ...evening })).rejects.toThrow(NotFound)
  const { entered } = await enter(doctorId, { locationId, ...evening })
  await expect(removeExtraHours(bound, doctorId, entered.ok ? entered.id : 0)).rejects.toThrow(NotFound)
  const own = await enter(doctorId, { locationId: other, on, opensAt: '07:00', closesAt: '08:00' }, bound)
  expect(await removeExtraHours(bound, doctorId, own.entered.ok ? own.entered.id : 0)).toEqual([])
  expect(await countHours(doctorId)).toBe(2)
})

it.each([
  ['a stranger', { kind: 'anonymous' }, NotSignedIn],
  ['a patient', { kind: 'patient', accountId: 1, patientIds: [1] }, Forbidden],
] satisfies [string, Actor, unknown][])('%s changes none', async (_, actor, refusal) => {
  const { doctorId, locationId } = await openPlace()
  const ctx = clinic.context({ actor })
  await expect(enterExtraHours(ctx, doctorId, { locationId, ...evening })).rejects.toThrow(refusal)
  await expect(removeExtraHours(ctx, doctorId, 1)).rejects.toThrow(refusal)
  expect(await countHours(doctorId)).toBe(1)
})

it('hours set for the whole week replace them, as they replace all', async () => {
  const { doctorId, locationId } = await openPlace()
  await enter(doctorId, { locationId, ...evening })
  const ctx = clinic.context({ actor: { kind: 'admin', accountId: 1 } })
  await setWeeklyHours(ctx, doctorId, [{ weekday: 1, opensAt: '09:00', closesAt: '17:00' }])
  expect(await countHours(doctorId)).toBe(1)
})
