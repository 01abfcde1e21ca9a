import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { bookSeries } from '../../../src/clinic/series/book.ts'
import { rescheduleSeries } from '../../../src/clinic/series/reschedule.ts'
import { openClinic } from '../../support/clinic.ts'
import { countDeadlocks, untilBlocked } from '../../support/concurrency.ts'
import {
  addResource,
  defineVisitType,
  hireDoctor,
  locationOf,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const now = new Date('2026-11-22T12:00:00Z')
const context = () => clinic.context({ now })
let visitType: number

beforeAll(async () => {
  visitType = await defineVisitType(clinic.sql)
})

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
  expect(await countDeadlocks(clinic.sql)).toBe(0)
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
  expect(await countDeadlocks(clinic.sql)).toBe(0)
})

describe('stopped halfway, a series', () => {
  /** Keeps whoever needs what this statement takes from going on, until `meanwhile` waits as well. */
  async function stop<T>(
    statement: string,
    values: unknown[],
    series: () => Promise<T>,
    meanwhile: () => Promise<unknown>,
  ) {
    const other = await clinic.sql.connect()
    await other.query('begin')
    await other.query(statement, values)
    const both = [series()]
    await untilBlocked(clinic.sql)
    both.push(meanwhile() as Promise<T>)
    await untilBlocked(clinic.sql, 2)
    await other.query('rollback')
    other.release()
    const done = await Promise.all(both)
    expect(await countDeadlocks(clinic.sql)).toBe(0)
    return done
  }
  const takeTime = `insert into appointments (doctor_id, patient_id, status, start_at, end_at)
    values ($1, $2, 'booked', $3, $3::timestamptz + interval '30 minutes')`

  async function book(
    doctorId: number,
    startAt: string,
    wish: { visitTypeId?: number; resourceIds?: number[] } = {},
  ) {
    const patientId = await registerPatient(clinic.sql)
    const visit = { patientId, doctorId, startAt, visitTypeId: visitType, ...wish }
    const booked = await bookAppointment(context(), visit)
    if (!booked.ok) throw new Error(booked.refusal)
    return booked.appointment.id
  }

  /** Needs a room of that location. */
  async function defineScan(name: string, dailyCap?: number) {
    const scan = await defineVisitType(clinic.sql, { name, ...(dailyCap && { dailyCap }) })
    await clinic.sql.query(
      `insert into visit_type_needs (visit_type_id, type, kinds) values ($1, 'room', $2)`,
      [scan, [name]],
    )
    return scan
  }

  it('keeps a move from its last date to its first waiting', async () => {
    const doctor = await hireDoctor(clinic.sql, { visitTypes: [visitType] })
    const id = await book(doctor, '2027-01-06T09:00')
    const nobody = await registerPatient(clinic.sql)
    const [series] = await stop(
      takeTime,
      [doctor, nobody, '2027-01-05T02:00Z'],
      () => bookDays(doctor, '2027-01-04T09:00', 3),
      () => rescheduleAppointment(context(), { id, startAt: '2027-01-04T09:00' }),
    )
    expect(series).toMatchObject({ ok: false, refusal: 'dates_refused' })
  })

  it('keeps a move of an appointment with the rooms of two of its dates waiting', async () => {
    const scan = await defineScan('mri')
    const [doctor, other] = [
      await hireDoctor(clinic.sql, { visitTypes: [scan, visitType] }),
      await hireDoctor(clinic.sql, { visitTypes: [visitType] }),
    ]
    await clinic.sql.query('update doctors set location_id = $2 where id = $1', [
      other,
      await locationOf(clinic.sql, doctor),
    ])
    const place = await locationOf(clinic.sql, doctor)
    const rooms = [
      await addResource(clinic.sql, place, { kind: 'mri', name: 'MRI 1' }),
      await addResource(clinic.sql, place, { kind: 'mri', name: 'MRI 2' }),
    ]
    // Others take their turns in this order, so the series gets these rooms in the opposite one.
    const { rows } = await clinic.sql.query(
      `select id::int from unnest($1::bigint[]) id order by hashtextextended('resource ' || id, 0)`,
      [rooms],
    )
    const [first, last] = rows.map(({ id }) => id)
    await clinic.sql.query('update resources set sort_order = 1 where id = $1', [last])
    const both = await book(other, '2027-01-20T09:00', { resourceIds: rooms })
    await book(other, '2027-01-11T09:00', { resourceIds: [first] })
    const booked = await bookSeries(context(), {
      patientId: await registerPatient(clinic.sql),
      doctorId: doctor,
      visitTypeId: scan,
      startAt: '2027-01-11T09:00',
      rule: { every: 1, unit: 'day', count: 2 },
    })
    if (!booked.ok) throw new Error(booked.refusal)
    const { id, appointments } = booked.series
    expect(appointments.map(({ resources }) => resources.map((room) => room.id))).toEqual([[last], [first]])
    const [moved, single] = await stop(
      takeTime,
      [doctor, await registerPatient(clinic.sql), '2027-01-11T04:00Z'],
      () =>
        rescheduleSeries(context(), {
          id,
          from: appointments[0]?.id ?? 0,
          scope: 'following',
          startAt: '2027-01-11T11:00',
        }),
      () => rescheduleAppointment(context(), { id: both, startAt: '2027-01-20T11:00' }) as Promise<never>,
    )
    expect([moved?.ok, single?.ok]).toEqual([true, true])
  })

  it('has taken its turns for the rooms of every date, also when only the visit type says how long each takes', async () => {
    const scan = await defineScan('ct', 5)
    const doctor = await hireDoctor(clinic.sql, { visitTypes: [scan] })
    await addResource(clinic.sql, await locationOf(clinic.sql, doctor), { kind: 'ct', name: 'CT' })
    const patientId = await registerPatient(clinic.sql)
    const plan = { doctorId: doctor, visitTypeId: scan, startAt: '2027-01-11T10:00', patientId }
    const [series] = await stop(
      `select pg_advisory_xact_lock(hashtext('absences'))`,
      [],
      () => bookSeries(context(), { ...plan, rule: { every: 1, unit: 'day', count: 2 } }),
      () => book(doctor, '2027-01-12T11:00', { visitTypeId: scan }),
    )
    expect(series?.ok).toBe(true)
  })
})
