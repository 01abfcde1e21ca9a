import { type SQL, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { type AppointmentRow, toAppointment } from '../appointments/appointment-row.ts'
import { tellReleased } from '../appointments/tell-appointment.ts'
import type { VerdictOf } from '../appointments/verdicts.ts'
import { acting, composite, wantedAppointment } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { callIdempotently } from '../idempotency.ts'
import type { Fault, TimeRefusal } from '../refusals.ts'
import { calendarDate, closed, id, listOf, minuteOrWallClock, remark, wholeNumber } from '../shapes.ts'
import { seriesRuleInput } from './rule.ts'
import type { SeriesRow } from './series-row.ts'

/** Another start for a date of the rule. */
export const changedDateInput = closed({ date: calendarDate, startAt: minuteOrWallClock })

export const planFields = closed({
  patientId: id,
  doctorId: id,
  visitTypeId: id.optional(),
  /** How long each takes; without it, the visit type says so. */
  minutes: wholeNumber(5, 480).optional(),
  /** The first start. All others have the same time on the wall clock of the location. */
  startAt: minuteOrWallClock,
  rule: seriesRuleInput,
  /** Dates of the rule to leave out. They still count: a series of ten with one left out has nine. */
  skip: listOf(calendarDate).optional(),
  changes: listOf(changedDateInput).optional(),
  /** Lets dates be outside the doctor's hours, or too far ahead. Only the dates that need it keep it. */
  overrideReason: remark.optional(),
  reasonForVisit: remark.optional(),
})

type Lengths = { visitTypeId?: number | undefined; minutes?: number | undefined }

/** For `refine`: something must say how long each takes. */
export const requireLength = [
  ({ visitTypeId, minutes }: Lengths) => visitTypeId !== undefined || minutes !== undefined,
  { path: ['visitTypeId'] as PropertyKey[], error: () => 'missing' satisfies Fault },
] as const

export const planSeriesInput = planFields.refine(...requireLength)

export type PlanSeries = z.infer<typeof planSeriesInput>

/** Why one date cannot be booked, while others can. */
export type DateRefusal = TimeRefusal | 'in_the_past'

export interface PlannedDate {
  /** As the rule says, also when another day was chosen for it. */
  date: string
  startAt: Date
  endAt: Date
  startLocal: string
  endLocal: string
  timeZone: string
  refusal: DateRefusal | null
  /** Up to three free times near it, the nearest first. */
  alternatives: Pick<PlannedDate, 'startAt' | 'endAt' | 'startLocal' | 'endLocal'>[]
}

/** Why the plan as a whole is refused. */
export type PlanRefused =
  | { ok: false; refusal: 'not_offered' | 'patient_inactive' }
  | { ok: false; refusal: 'invalid'; faults: PlanFaults }

type PlanFaults = Partial<Record<keyof PlanSeries, Fault>>

/** What `judge_series` answers; test/verdicts.test.ts compares them. */
export const seriesVerdicts = [
  'no_doctor',
  'no_patient',
  'too_many_dates',
  'no_dates',
  'skips_another_date',
  'changes_another_date',
] as const

type SeriesVerdict = (typeof seriesVerdicts)[number]

interface DateRow extends Record<string, unknown> {
  date: string
  time_zone: string
  start_at: string
  end_at: string
  start_local: string
  end_local: string
  verdict: Verdict | null
  alternatives?: AppointmentRow[]
}

type Head = Partial<SeriesRow> & { verdict: SeriesVerdict | null }

/** What became of a plan: its dates, and the rows of the series when it was booked. */
export interface TriedPlan {
  ok: true
  dates: PlannedDate[]
  head: Head
  booked: AppointmentRow[]
}

/**
 * Asks the database to book a plan, or only what it would answer, in one trip.
 *
 * @throws NotFound for an unknown doctor or patient.
 */
export async function tryPlan(
  ctx: ClinicContext,
  plan: PlanSeries,
  how: { isPreview: boolean },
): Promise<TriedPlan | PlanRefused> {
  type Answers = [Head, DateRow, AppointmentRow, AppointmentRow]
  const [[head], rows, booked, released] = await callIdempotently<Answers>(ctx, callToBook(ctx, plan, how))
  if (!head) throw new Error('book_series always returns one row.')
  for (const hold of released) tellReleased(ctx, hold)
  const against = head.verdict ?? rows.map(({ verdict }) => verdict).find((one) => one && !isOfDate(one))
  if (against) return refuse(against)
  return { ok: true, dates: rows.map(toPlannedDate), head, booked }
}

function callToBook(ctx: ClinicContext, plan: PlanSeries, { isPreview }: { isPreview: boolean }): SQL {
  const { patientId, doctorId, visitTypeId, overrideReason, reasonForVisit } = plan
  const { startAt, minutes, rule, skip, changes = [] } = plan
  const columns = {
    patientId,
    doctorId,
    visitTypeId,
    overrideReason,
    reasonForVisit,
    status: 'booked',
  } as const
  const request = composite('series_request', {
    starts: startAt,
    minutes,
    ...rule,
    skip,
    changes: Object.fromEntries(changes.map(({ date, startAt }) => [date, startAt])),
    is_preview: isPreview,
  })
  return sql`book_series(${wantedAppointment(columns)}, ${request}, ${acting(ctx)})`
}

type Verdict = VerdictOf<'judge_beginning'> | DateRefusal

/** What holds for every date alike. */
const againstAll = new Set<string>([
  'no_doctor',
  'no_patient',
  'not_offered',
  'patient_inactive',
  'not_after_start',
  'too_short',
  'too_long',
  'not_the_length',
  'not_today',
  'too_many_holds',
  'too_many_appointments',
  'phone_needed',
] satisfies Exclude<Verdict, DateRefusal>[])

const isOfDate = (verdict: Verdict): verdict is DateRefusal => !againstAll.has(verdict)

function refuse(verdict: SeriesVerdict | Verdict): PlanRefused {
  const invalid = (faults: PlanFaults): PlanRefused => ({ ok: false, refusal: 'invalid', faults })
  switch (verdict) {
    case 'no_doctor':
      throw new NotFound('doctor')
    case 'no_patient':
      throw new NotFound('patient')
    case 'not_offered':
    case 'patient_inactive':
      return { ok: false, refusal: verdict }
    case 'too_many_dates':
    case 'no_dates':
      return invalid({ rule: verdict })
    case 'skips_another_date':
      return invalid({ skip: 'not_a_date_of_the_rule' })
    case 'changes_another_date':
      return invalid({ changes: 'not_a_date_of_the_rule' })
    default:
      throw new Error(`A series is never refused as ${verdict}.`)
  }
}

function toPlannedDate(row: DateRow): PlannedDate {
  const { alternatives = [] } = row
  return {
    date: row.date,
    startAt: new Date(row.start_at),
    endAt: new Date(row.end_at),
    startLocal: row.start_local,
    endLocal: row.end_local,
    timeZone: row.time_zone,
    refusal: row.verdict && isOfDate(row.verdict) ? row.verdict : null,
    alternatives: alternatives.map(toAppointment),
  }
}
