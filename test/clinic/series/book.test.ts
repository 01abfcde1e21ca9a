import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { Forbidden, NotFound, NotSignedIn } from '../../../src/clinic/errors.ts'
import { bookSeries } from '../../../src/clinic/series/book.ts'
import { findSeries } from '../../../src/clinic/series/find.ts'
import type { PlanSeries } from '../../../src/clinic/series/plan.ts'
import { previewSeries } from '../../../src/clinic/series/preview.ts'
import { openClinic } from '../../support/clinic.ts'
import { defineVisitType, hireDoctor, openPatient, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const now = new Date('2026-11-22T12:00:00Z')
const office = [{ weekdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00' }]
let consultation: number
let doctor: number
let patient: number

beforeAll(async () => {
  consultation = await defineVisitType(clinic.sql)
})
beforeEach(async () => {
  doctor = await hireDoctor(clinic.sql, { hours: office })
  patient = await registerPatient(clinic.sql)
  clinic.takeHappenings()
})

const context = () => clinic.context({ now })

/** Ten Mondays at nine, from 23 November 2026. */
const tenMondays = (changed: Partial<PlanSeries> = {}): PlanSeries => ({
  patientId: patient,
  doctorId: doctor,
  visitTypeId: consultation,
  startAt: '2026-11-23T09:00',
  rule: { every: 1, unit: 'week', count: 10 },
  ...changed,
})

/** Someone else's appointment of half an hour with that doctor. */
async function takeTime(startAt: string) {
  const other = await registerPatient(clinic.sql, 'Patient One')
  const booked = await bookAppointment(context(), {
    doctorId: doctor,
    patientId: other,
    visitTypeId: consultation,
    startAt,
  })
  if (!booked.ok) throw new Error(booked.refusal)
  return booked.appointment
}

const rowsOfSeries = async () =>
  (await clinic.sql.query('select count(*)::int as many from appointments where patient_id = $1', [patient]))
    .rows[0].many

describe('a series', () => {
  it('is booked in one trip, each appointment with its event and its happening', async () => {
    clinic.takeTrips()
    const booked = await bookSeries(context(), tenMondays())
    expect(clinic.takeTrips()).toHaveLength(1)
    if (!booked.ok) throw new Error(booked.refusal)
    const { series } = booked
    expect(series.appointments.map(({ startLocal }) => startLocal).slice(0, 3)).toEqual([
      '2026-11-23T09:00',
      '2026-11-30T09:00',
      '2026-12-07T09:00',
    ])
    expect(series).toMatchObject({
      patientId: patient,
      rule: { every: 1, unit: 'week', count: 10 },
      version: 10,
    })
    expect(clinic.takeHappenings().map(({ kind }) => kind)).toEqual(Array(10).fill('appointment.booked'))
    const { rows } = await clinic.sql.query(
      `select count(*)::int as events from events join appointments one on one.id = appointment_id
       where series_id = $1`,
      [series.id],
    )
    expect(rows[0].events).toBe(10)
    expect(await findSeries(context(), series.id)).toMatchObject({ id: series.id, version: 10 })
  })

  it('is refused as a whole when one date is taken, and names free times near it', async () => {
    await takeTime('2026-12-07T09:00')
    const refused = await bookSeries(context(), tenMondays())
    expect(refused).toMatchObject({ ok: false, refusal: 'dates_refused' })
    if (refused.ok || refused.refusal !== 'dates_refused') throw new Error()
    const taken = refused.dates.filter(({ refusal }) => refusal)
    expect(taken).toMatchObject([
      {
        date: '2026-12-07',
        refusal: 'slot_taken',
        alternatives: [
          { startLocal: '2026-12-07T09:30' },
          { startLocal: '2026-12-07T09:45' },
          { startLocal: '2026-12-07T10:00' },
        ],
      },
    ])
    expect(await rowsOfSeries()).toBe(0)
    expect(clinic.takeHappenings().map(({ kind }) => kind)).toEqual(['appointment.booked'])
    expect((await clinic.sql.query('select from series where patient_id = $1', [patient])).rowCount).toBe(0)
    expect(
      (await clinic.sql.query('select from claims where resource_id = -$1::bigint', [patient])).rowCount,
    ).toBe(0)
  })

  it('takes other starts for single dates, and leaves dates out', async () => {
    await takeTime('2026-12-07T09:00')
    const plan = tenMondays({
      changes: [{ date: '2026-12-07', startAt: '2026-12-08T10:15' }],
      skip: ['2026-11-30'],
    })
    const booked = await bookSeries(context(), plan)
    if (!booked.ok) throw new Error(booked.refusal)
    expect(booked.series.appointments).toHaveLength(9)
    expect(booked.series.appointments[1]).toMatchObject({ startLocal: '2026-12-08T10:15' })
  })

  it('needs a reason outside the hours, which only the dates that need it keep', async () => {
    const plan = tenMondays({ changes: [{ date: '2026-12-07', startAt: '2026-12-07T18:00' }] })
    const refused = await bookSeries(context(), plan)
    if (refused.ok || refused.refusal !== 'dates_refused') throw new Error()
    expect(refused.dates.map(({ refusal }) => refusal).filter(Boolean)).toEqual(['outside_hours'])
    const booked = await bookSeries(context(), { ...plan, overrideReason: 'The patient works until six' })
    if (!booked.ok) throw new Error(booked.refusal)
    const reasons = booked.series.appointments.map(({ overrideReason }) => overrideReason)
    expect(reasons.filter(Boolean)).toEqual(['The patient works until six'])
    expect(booked.series.appointments[2]).toMatchObject({ startLocal: '2026-12-07T18:00' })
  })

  it('collides with itself, too', async () => {
    const plan = tenMondays({ changes: [{ date: '2026-12-07', startAt: '2026-11-30T09:15' }] })
    const refused = await bookSeries(context(), plan)
    if (refused.ok || refused.refusal !== 'dates_refused') throw new Error()
    expect(refused.dates.filter(({ refusal }) => refusal)).toMatchObject([
      { date: '2026-12-07', refusal: 'patient_busy' },
    ])
  })

  it('uses the time of a hold that has expired', async () => {
    const { rows } = await clinic.sql.query(
      `insert into appointments (doctor_id, patient_id, location_id, status, start_at, end_at, hold_expires_at)
       select id, $2, location_id, 'pending', '2026-12-07 09:00+07', '2026-12-07 09:30+07', '2026-11-22 11:00Z'
       from doctors where id = $1 returning id`,
      [doctor, await registerPatient(clinic.sql)],
    )
    expect(await bookSeries(context(), tenMondays())).toMatchObject({ ok: true })
    const [released] = clinic.takeHappenings()
    expect(released).toMatchObject({ kind: 'appointment.released', appointmentId: Number(rows[0].id) })
  })
})

describe('the limits of a rule', () => {
  it.each([
    [
      '53 dates until a day',
      { rule: { every: 1, unit: 'day', until: '2027-01-14' } },
      { rule: 'too_many_dates' },
    ],
    ['no date at all', { rule: { every: 1, unit: 'day', until: '2026-11-22' } }, { rule: 'no_dates' }],
    [
      'every date skipped',
      { rule: { every: 1, unit: 'day', count: 1 }, skip: ['2026-11-23'] },
      { rule: 'no_dates' },
    ],
    ['another date skipped', { skip: ['2026-11-24'] }, { skip: 'not_a_date_of_the_rule' }],
    [
      'another date changed',
      { changes: [{ date: '2026-11-24', startAt: '2026-11-24T10:00' }] },
      { changes: 'not_a_date_of_the_rule' },
    ],
  ] as [string, Partial<PlanSeries>, object][])('%s is refused', async (_, changed, faults) => {
    const refused = { ok: false, refusal: 'invalid', faults }
    expect(await bookSeries(context(), tenMondays(changed))).toEqual(refused)
    expect(await previewSeries(context(), tenMondays(changed))).toEqual(refused)
  })

  it('52 are booked', async () => {
    const rule = { every: 1, unit: 'week', weekdays: [1, 3], until: '2027-05-19' } as const
    const plan = tenMondays({ rule: { ...rule, weekdays: [...rule.weekdays] } })
    const booked = await bookSeries(context(), plan)
    if (!booked.ok) throw new Error(booked.refusal)
    expect(booked.series.appointments).toHaveLength(52)
  })
})

describe('a preview', () => {
  it('books nothing, in one trip, and what it calls free can be booked', async () => {
    await takeTime('2026-11-30T09:00')
    const off = await takeTime('2026-12-14T09:15')
    clinic.takeTrips()
    const previewed = await previewSeries(context(), tenMondays())
    expect(clinic.takeTrips()).toHaveLength(1)
    if (!previewed.ok) throw new Error(previewed.refusal)
    expect(previewed.dates.map(({ refusal }) => refusal)).toEqual([
      null,
      'slot_taken',
      null,
      'slot_taken',
      ...Array(6).fill(null),
    ])
    expect(await rowsOfSeries()).toBe(0)
    const [, second, , fourth] = previewed.dates
    const changes = [second, fourth].flatMap((planned) => {
      const alternative = planned?.alternatives[0]
      return planned && alternative
        ? [{ date: planned.date, startAt: alternative.startAt.toISOString() }]
        : []
    })
    expect(changes).toHaveLength(2)
    expect(await bookSeries(context(), tenMondays({ changes }))).toMatchObject({ ok: true })
    await cancelAppointment(context(), { id: off.id, reason: 'test' })
  })
})

describe('permissions', () => {
  it('keep patients from planning, and show them their own series only', async () => {
    const booked = await bookSeries(context(), tenMondays())
    if (!booked.ok) throw new Error(booked.refusal)
    const own = clinic.context({ now, actor: await openPatient(clinic.sql, [patient]) })
    const other = clinic.context({
      now,
      actor: await openPatient(clinic.sql, [await registerPatient(clinic.sql)]),
    })
    await expect(bookSeries(own, tenMondays())).rejects.toThrow(Forbidden)
    await expect(previewSeries(own, tenMondays())).rejects.toThrow(Forbidden)
    expect((await findSeries(own, booked.series.id)).appointments).toHaveLength(10)
    await expect(findSeries(other, booked.series.id)).rejects.toThrow(NotFound)
    await expect(findSeries(clinic.context({ actor: { kind: 'anonymous' } }), 1)).rejects.toThrow(NotSignedIn)
  })

  it('hide unknown doctors and patients', async () => {
    await expect(bookSeries(context(), tenMondays({ doctorId: 999_999 }))).rejects.toThrow(
      new NotFound('doctor'),
    )
    await expect(bookSeries(context(), tenMondays({ patientId: 999_999 }))).rejects.toThrow(
      new NotFound('patient'),
    )
  })
})
