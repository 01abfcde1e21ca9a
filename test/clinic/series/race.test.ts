import { beforeAll, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { bookSeries } from '../../../src/clinic/series/book.ts'
import { rescheduleSeries } from '../../../src/clinic/series/reschedule.ts'
import { openClinic } from '../../support/clinic.ts'
import { defineVisitType, hireDoctor, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const now = new Date('2026-11-22T12:00:00Z')
const context = () => clinic.context({ now })
let visitType: number

beforeAll(async () => {
  visitType = await defineVisitType(clinic.sql)
})

const deadlocks = async () =>
  Number(
    (await clinic.sql.query('select deadlocks from pg_stat_database where datname = current_database()'))
      .rows[0].deadlocks,
  )

/** Every day from then on, for a patient of its own. */
async function bookDays(doctorId: number, startAt = '2026-11-23T09:00', count = 8) {
  const patientId = await registerPatient(clinic.sql)
  const rule = { every: 1, unit: 'day', count } as const
  return bookSeries(context(), { patientId, doctorId, visitTypeId: visitType, startAt, rule })
}

const halves = async () =>
  (
    await clinic.sql.query(
      `select series_id, count(*)::int as many from appointments where series_id is not null group by 1 having count(*) <> 8`,
    )
  ).rows

it('of series that cross each other at once, one is booked and none by half', async () => {
  const doctor = await hireDoctor(clinic.sql, { visitTypes: [visitType] })
  const starts = Array.from({ length: 12 }, (_, n) => `2026-11-${23 + (n % 6)}T09:${n % 2 ? '00' : '15'}`)
  const booked = await Promise.all(starts.map((startAt) => bookDays(doctor, startAt)))
  const { rows } = await clinic.sql.query('select count(*)::int as many from series where doctor_id = $1', [
    doctor,
  ])
  expect(booked.filter(({ ok }) => ok)).toHaveLength(rows[0].many)
  expect(rows[0].many).toBeGreaterThanOrEqual(1)
  for (const one of booked) if (!one.ok) expect(one.refusal).toBe('dates_refused')
  expect(await halves()).toEqual([])
  expect(await deadlocks()).toBe(0)
})

it('series, moves that go back and single bookings never wait for each other for ever', async () => {
  const doctor = await hireDoctor(clinic.sql, { visitTypes: [visitType] })
  const singles = await Promise.all(
    Array.from({ length: 6 }, async (_, n) =>
      bookAppointment(context(), {
        doctorId: doctor,
        patientId: await registerPatient(clinic.sql),
        visitTypeId: visitType,
        startAt: `2026-12-0${n + 3}T09:00`,
      }),
    ),
  )
  const series = await bookDays(doctor, '2026-11-23T11:00')
  if (!series.ok) throw new Error(series.refusal)
  const from = series.series.appointments[0]?.id ?? 0
  const work = [0, 1, 2].flatMap((round) => [
    ...singles.map((single, n) =>
      rescheduleAppointment(context(), {
        id: single.ok ? single.appointment.id : 0,
        startAt: `2026-11-${30 - n}T${round === 1 ? '10' : '09'}:0${round}`,
      }),
    ),
    bookDays(doctor, `2026-11-24T09:${round}0`),
    bookDays(doctor, `2026-11-24T10:${round}0`),
    rescheduleSeries(context(), {
      id: series.series.id,
      from,
      scope: 'following',
      startAt: `2026-11-2${3 + round}T09:3${round}`,
    }),
  ])
  const done = await Promise.allSettled(work)
  expect(done.filter(({ status }) => status === 'rejected')).toEqual([])
  expect(await halves()).toEqual([])
  expect(await deadlocks()).toBe(0)
})
