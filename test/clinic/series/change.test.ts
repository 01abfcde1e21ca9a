import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { checkIn } from '../../../src/clinic/appointments/check-in.ts'
import { NotFound } from '../../../src/clinic/errors.ts'
import { bookSeries } from '../../../src/clinic/series/book.ts'
import { cancelSeries } from '../../../src/clinic/series/cancel.ts'
import { findSeries } from '../../../src/clinic/series/find.ts'
import type { PlanSeries } from '../../../src/clinic/series/plan.ts'
import { rescheduleSeries } from '../../../src/clinic/series/reschedule.ts'
import type { Series } from '../../../src/clinic/series/series-row.ts'
import { openClinic } from '../../support/clinic.ts'
import { defineVisitType, hireDoctor, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const before = new Date('2026-11-22T12:00:00Z')
/** After the second Monday's appointment. */
const later = new Date('2026-11-30T05:00:00Z')
const office = [{ weekdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00' }]
let consultation: number
let doctor: number
let patient: number

beforeAll(async () => {
  consultation = await defineVisitType(clinic.sql)
})
beforeEach(async () => {
  doctor = await hireDoctor(clinic.sql, { hours: office, visitTypes: [consultation] })
  patient = await registerPatient(clinic.sql)
})

const context = (now = before) => clinic.context({ now })

/** At nine on five Mondays from 23 November 2026, or on five days of one week. */
async function book(changed: Partial<PlanSeries> = {}): Promise<Series> {
  const booked = await bookSeries(context(), {
    patientId: patient,
    doctorId: doctor,
    visitTypeId: consultation,
    startAt: '2026-11-23T09:00',
    rule: { every: 1, unit: 'week', count: 5 },
    ...changed,
  })
  if (!booked.ok) throw new Error(booked.refusal)
  clinic.takeHappenings()
  return booked.series
}

const nth = (series: Series, n: number) => series.appointments[n]?.id ?? 0
const starts = (series: Series) => series.appointments.map(({ startLocal }) => startLocal.slice(5))
const ofSeries = async ({ id }: Series) => await findSeries(context(), id)

/** What the series of the patient has taken. */
const claimed = async () =>
  (
    await clinic.sql.query(
      `select count(*)::int as many from claims
       where during is not null
       and appointment_id in (select id from appointments where patient_id = $1 and series_id is not null)`,
      [patient],
    )
  ).rows[0].many

describe('this and following', () => {
  it('move by as much on the wall clock, in one trip, each with its event', async () => {
    const series = await book()
    clinic.takeTrips()
    const moved = await rescheduleSeries(context(), {
      id: series.id,
      from: nth(series, 2),
      scope: 'following',
      startAt: '2026-12-09T14:15',
    })
    expect(clinic.takeTrips()).toHaveLength(1)
    if (!moved.ok) throw new Error(moved.refusal)
    const expected = ['11-23T09:00', '11-30T09:00', '12-09T14:15', '12-16T14:15', '12-23T14:15']
    expect(starts(moved.series)).toEqual(expected)
    expect(starts(await ofSeries(series))).toEqual(expected)
    expect(moved.series.version).toBe(5 + 3)
    const happenings = clinic.takeHappenings()
    expect(happenings.map(({ kind }) => kind)).toEqual(Array(3).fill('appointment.rescheduled'))
    expect(happenings[0]).toMatchObject({ before: { from: '2026-12-07' }, after: { from: '2026-12-09' } })
  })

  it('move over one another: every day by one day', async () => {
    const series = await book({ rule: { every: 1, unit: 'day', count: 4 } })
    for (const startAt of ['2026-11-24T09:00', '2026-11-23T09:15']) {
      const change = { id: series.id, from: nth(series, 0), scope: 'following', startAt } as const
      expect(await rescheduleSeries(context(), change)).toMatchObject({ ok: true })
    }
    expect(starts(await ofSeries(series))).toEqual([
      '11-23T09:15',
      '11-24T09:15',
      '11-25T09:15',
      '11-26T09:15',
    ])
    expect(await claimed()).toBe(8)
  })

  it('go to another doctor at the same times', async () => {
    const series = await book()
    const other = await hireDoctor(clinic.sql, { hours: office, visitTypes: [consultation] })
    const change = { id: series.id, from: nth(series, 3), scope: 'following', doctorId: other } as const
    const moved = await rescheduleSeries(context(), change)
    if (!moved.ok) throw new Error(moved.refusal)
    expect(starts(moved.series)).toEqual(starts(series))
    const doctors = moved.series.appointments.map((one) => one.doctor.id)
    expect(doctors).toEqual([doctor, doctor, doctor, other, other])
    expect(await rescheduleSeries(context(), change)).toMatchObject({ ok: true, series: { version: 7 } })
    expect(await claimed()).toBe(10)
  })

  it('do not move when one of them cannot', async () => {
    const series = await book()
    await bookAppointment(context(), {
      doctorId: doctor,
      patientId: await registerPatient(clinic.sql),
      visitTypeId: consultation,
      startAt: '2026-12-14T10:00',
    })
    clinic.takeHappenings()
    const refused = await rescheduleSeries(context(), {
      id: series.id,
      from: nth(series, 1),
      scope: 'following',
      startAt: '2026-11-30T10:15',
    })
    expect(refused).toMatchObject({
      ok: false,
      refusal: 'dates_refused',
      hindrances: [{ verdict: 'slot_taken', appointment: { id: nth(series, 3) } }],
    })
    expect(starts(await ofSeries(series))).toEqual(starts(series))
    expect(await claimed()).toBe(10)
    expect(clinic.takeHappenings()).toEqual([])
  })

  it('leave what is over, checked in or cancelled as it is', async () => {
    const series = await book()
    await checkIn(clinic.context({ now: new Date('2026-11-23T01:00:00Z') }), nth(series, 0))
    const third = { id: series.id, from: nth(series, 2), scope: 'this', reason: 'Away' } as const
    expect(await cancelSeries(context(later), third)).toMatchObject({ ok: true })
    const moved = await rescheduleSeries(context(later), {
      id: series.id,
      from: nth(series, 0),
      scope: 'following',
      startAt: '2026-11-23T11:00',
    })
    if (!moved.ok) throw new Error(moved.refusal)
    expect(starts(moved.series)).toEqual([
      '11-23T09:00',
      '11-30T09:00',
      '12-07T09:00',
      '12-14T11:00',
      '12-21T11:00',
    ])
    const statuses = moved.series.appointments.map(({ status }) => status)
    expect(statuses).toEqual(['arrived', 'booked', 'cancelled', 'booked', 'booked'])
    const over = { id: series.id, from: nth(series, 1), scope: 'this', startAt: '2026-12-02T11:00' } as const
    expect(await rescheduleSeries(context(later), over)).toEqual({ ok: false, refusal: 'wrong_status' })
  })

  it('are cancelled together, and release everything that they had taken', async () => {
    const series = await book()
    const change = {
      id: series.id,
      from: nth(series, 0),
      scope: 'following',
      reason: 'Feeling better',
    } as const
    clinic.takeTrips()
    expect(await cancelSeries(context(), change)).toMatchObject({ ok: true, series: { version: 10 } })
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(await claimed()).toBe(0)
    expect(clinic.takeHappenings().map(({ kind }) => kind)).toEqual(Array(5).fill('appointment.cancelled'))
    expect(await cancelSeries(context(), change)).toMatchObject({ ok: true, series: { version: 10 } })
    expect(clinic.takeHappenings()).toEqual([])
    await book({ patientId: await registerPatient(clinic.sql) })
  })
})

describe('this', () => {
  it('moves and is cancelled alone', async () => {
    const series = await book()
    const change = { id: series.id, from: nth(series, 1), scope: 'this' } as const
    const moved = await rescheduleSeries(context(), { ...change, startAt: '2026-12-01T10:00' })
    if (!moved.ok) throw new Error(moved.refusal)
    expect(starts(moved.series)).toEqual([
      '11-23T09:00',
      '12-01T10:00',
      '12-07T09:00',
      '12-14T09:00',
      '12-21T09:00',
    ])
    const cancelled = await cancelSeries(context(), { ...change, reason: 'Holiday' })
    if (!cancelled.ok) throw new Error(cancelled.refusal)
    expect(cancelled.series.appointments.filter(({ status }) => status === 'cancelled')).toHaveLength(1)
  })
})

it('a change of something older than what is there is stale', async () => {
  const series = await book()
  const change = { id: series.id, from: nth(series, 1), scope: 'this', version: series.version } as const
  expect(await cancelSeries(context(), { ...change, reason: 'Holiday' })).toMatchObject({ ok: true })
  expect(await cancelSeries(context(), { ...change, reason: 'Holiday' })).toEqual({
    ok: false,
    refusal: 'stale',
  })
})

it('another series’s appointment, and an unknown series, are not found', async () => {
  const [series, other] = [await book(), await book({ startAt: '2026-11-23T10:00' })]
  const change = { scope: 'following', reason: 'Holiday' } as const
  await expect(cancelSeries(context(), { ...change, id: series.id, from: nth(other, 0) })).rejects.toThrow(
    NotFound,
  )
  await expect(cancelSeries(context(), { ...change, id: 999_999, from: nth(other, 0) })).rejects.toThrow(
    NotFound,
  )
})

it('a clock change keeps the local time of a move', async () => {
  doctor = await hireDoctor(clinic.sql, { timeZone: 'Europe/Berlin', visitTypes: [consultation] })
  const series = await book({ startAt: '2027-03-22T09:00', rule: { every: 1, unit: 'week', count: 3 } })
  const moved = await rescheduleSeries(context(), {
    id: series.id,
    from: nth(series, 0),
    scope: 'following',
    startAt: '2027-03-21T02:30',
  })
  if (!moved.ok) throw new Error(moved.refusal)
  // In the night to 28 March there is no 02:30.
  expect(starts(moved.series)).toEqual(['03-21T02:30', '03-28T03:30', '04-04T02:30'])
})
