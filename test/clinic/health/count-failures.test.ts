import { beforeAll, beforeEach, expect, it } from 'vitest'
import { Forbidden } from '../../../src/clinic/errors.ts'
import { type AppointmentFailure, countFailures } from '../../../src/clinic/health/count-failures.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import { hireDoctor, insertAppointment } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
let doctor: number

beforeAll(async () => {
  doctor = await hireDoctor(sql)
})
beforeEach(() => sql.query('delete from appointment_failures'))

const taken: AppointmentFailure = { at: new Date('2026-11-23T03:02:59Z'), door: 'web', code: 'slot_taken' }
const system = () => clinic.context({ actor: { kind: 'system' } })

async function counted() {
  const { rows } = await sql.query(
    `select to_char(counted_at at time zone 'UTC', 'HH24:MI') as at, door, code, doctor_id::int as doctor, failures
     from appointment_failures order by 1, 2, 3, 4`,
  )
  return rows
}

it('failures in the same five minutes are one count per code, door and doctor', async () => {
  await countFailures(system(), [
    { ...taken, doctorId: doctor },
    { ...taken, doctorId: doctor, at: new Date('2026-11-23T03:00:00Z') },
    { ...taken, doctorId: doctor, door: 'api' },
    { ...taken, code: 'unavailable' },
  ])
  await countFailures(system(), [
    { ...taken, doctorId: doctor },
    { ...taken, code: 'unavailable' },
    { ...taken, doctorId: doctor, at: new Date('2026-11-23T03:05:00Z') },
  ])
  expect(await counted()).toEqual([
    { at: '03:00', door: 'api', code: 'slot_taken', doctor, failures: 1 },
    { at: '03:00', door: 'web', code: 'slot_taken', doctor, failures: 3 },
    { at: '03:00', door: 'web', code: 'unavailable', doctor: null, failures: 2 },
    { at: '03:05', door: 'web', code: 'slot_taken', doctor, failures: 1 },
  ])
})

it('a failed change counts for the appointment’s doctor', async () => {
  const appointmentId = await insertAppointment(sql, { doctorId: doctor, startAt: '2030-01-07T09:00Z' })
  await countFailures(system(), [{ ...taken, code: 'too_late', appointmentId }])
  expect(await counted()).toMatchObject([{ code: 'too_late', doctor }])
})

it('unknown doctors and appointments count as none', async () => {
  await countFailures(
    system(),
    [1, 2, 3].map((n) => ({ ...taken, doctorId: 999_999_999_999_990 + n, appointmentId: 999_999 + n })),
  )
  expect(await counted()).toMatchObject([{ doctor: null, failures: 3 }])
})

it('counts at once lose nothing and do not deadlock', async () => {
  const codes = Array.from({ length: 20 }, (_, n) => ({ ...taken, code: `code_${'x'.repeat(n)}` }))
  await atOnce(16, (n) => countFailures(system(), n % 2 ? codes : codes.toReversed()))
  const numbers = (await counted()).map(({ failures }) => failures)
  expect(numbers).toEqual(Array(20).fill(16))
})

it('only the system may count', async () => {
  await expect(countFailures(clinic.context(), [taken])).rejects.toThrow(Forbidden)
})
