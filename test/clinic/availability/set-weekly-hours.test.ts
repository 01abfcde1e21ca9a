import { expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { setWeeklyHours, weeklyHoursInput } from '../../../src/clinic/availability/set-weekly-hours.ts'
import { hireDoctor, hireDoctorInput } from '../../../src/clinic/doctors/hire.ts'
import { NotFound } from '../../../src/clinic/errors.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor as insertDoctor, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const asAdmin = () => clinic.context({ actor: { kind: 'admin', accountId: 1 } })

async function book(doctorId: number, startAt: string, endAt: string) {
  const patientId = await registerPatient(clinic.sql)
  const booked = await bookAppointment(clinic.context(), { doctorId, patientId, startAt, endAt })
  return booked.ok || booked.refusal
}

it('a new doctor cannot be booked until they have hours', async () => {
  await insertDoctor(clinic.sql)
  const hired = await hireDoctor(asAdmin(), hireDoctorInput.parse({ name: 'Dr. New', locationId: 1 }))
  const id = hired.ok ? hired.id : 0
  await clinic.sql.query('insert into doctor_visit_types values ($1, 1)', [id])
  expect(await book(id, '2030-01-07T09:00', '2030-01-07T09:30')).toBe('outside_hours')
  await setWeeklyHours(asAdmin(), id, [{ weekday: 1, opensAt: '09:00', closesAt: '12:00' }])
  expect(await book(id, '2030-01-07T09:00', '2030-01-07T09:30')).toBe(true)
})

it('new hours replace all old ones, and booked appointments stay', async () => {
  const id = await insertDoctor(clinic.sql)
  expect(await book(id, '2030-01-07T09:00', '2030-01-07T09:30')).toBe(true)
  clinic.takeTrips()
  await setWeeklyHours(asAdmin(), id, [
    { weekday: 2, opensAt: '22:00', closesAt: '24:00', endsOn: '2030-01-08' },
  ])
  expect(clinic.takeTrips()).toHaveLength(1)
  expect(await book(id, '2030-01-07T10:00', '2030-01-07T10:30')).toBe('outside_hours')
  expect(await book(id, '2030-01-08T23:30', '2030-01-09T00:00')).toBe(true)
  expect(await book(id, '2030-01-15T23:30', '2030-01-16T00:00')).toBe('outside_hours')
  const { rows } = await clinic.sql.query('select count(*)::int from appointments where doctor_id = $1', [id])
  expect(rows).toEqual([{ count: 2 }])
})

it('of four weeks set at once, one remains', async () => {
  const id = await insertDoctor(clinic.sql)
  const set = (weekday: number) =>
    setWeeklyHours(asAdmin(), id, [{ weekday, opensAt: '09:00', closesAt: '12:00' }])
  await Promise.all([set(1), set(2), set(3), set(4)])
  const { rows } = await clinic.sql.query('select weekday from weekly_hours where doctor_id = $1', [id])
  expect(rows).toHaveLength(1)
})

it('unknown locations and doctors are not found', async () => {
  await expect(
    hireDoctor(asAdmin(), hireDoctorInput.parse({ name: 'Dr. No', locationId: 999 })),
  ).rejects.toEqual(new NotFound('location'))
  await expect(setWeeklyHours(asAdmin(), 999_999, [])).rejects.toEqual(new NotFound('doctor'))
})

it.each([
  ['an eighth weekday', { weekday: 8 }, 'not_a_choice'],
  ['a time past midnight', { closesAt: '25:00' }, 'not_a_clock_time'],
  ['a closing before the opening', { closesAt: '08:00' }, 'not_after_opening'],
  ['an impossible date', { startsOn: '2026-02-30' }, 'not_a_date'],
  ['a last day before the first', { startsOn: '2026-02-02', endsOn: '2026-02-01' }, 'not_after_opening'],
])('hours with %s are refused', (_, wrong, fault) => {
  const read = weeklyHoursInput.safeParse({ weekday: 1, opensAt: '09:00', closesAt: '12:00', ...wrong })
  expect(read.error?.issues.map(({ message }) => message)).toEqual([fault])
})
