import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { timeOffKinds } from '../../../drizzle/schema/time-off.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { recorded, recordedNew } from '../recorded.ts'
import { closed, fault, id, remark, wallClock } from '../shapes.ts'
import { lockOutBookings } from '../stranded.ts'
import { type Absentee, absenceReachOf } from './absence-reach.ts'
import {
  type Absence,
  type AbsenceRow,
  kinds,
  noteStranded,
  selectAbsences,
  type ToldRow,
  toAbsence,
  toldColumns,
} from './absence-row.ts'

const longest = 731 * 24 * 60 * 60 * 1000
type Times = { startLocal: string; endLocal: string }
const lengthOf = ({ startLocal, endLocal }: Times) =>
  Date.parse(`${endLocal}Z`) - Date.parse(`${startLocal}Z`)
const endsAfterStart = (times: Times) => lengthOf(times) > 0
const isNotTooLong = (times: Times) => lengthOf(times) <= longest

const fields = {
  startLocal: wallClock,
  endLocal: wallClock,
  /** Shown to staff only. */
  reason: remark.optional(),
}

/** `[startLocal, endLocal)` on the location's wall clock; at most two years long. */
export const absenceInput = closed(fields)
  .refine(endsAfterStart, { path: ['endLocal'], error: () => 'not_after_opening' })
  .refine(isNotTooLong, { path: ['endLocal'], error: () => 'absence_too_long' })

/** The same at one of the doctor's locations; without one, at all of them. */
export const timeOffInput = closed({
  ...fields,
  locationId: id.nullable().optional(),
  /** Left out, they are away. In a reserve the front desk still books, without a reason. */
  kind: z.enum(timeOffKinds, { error: fault('not_a_choice') }).optional(),
})
  .refine(endsAfterStart, { path: ['endLocal'], error: () => 'not_after_opening' })
  .refine(isNotTooLong, { path: ['endLocal'], error: () => 'absence_too_long' })

export type AbsenceInput = z.infer<typeof absenceInput>
export type TimeOffInput = z.infer<typeof timeOffInput>

/**
 * Enters an absence, in one trip. Entering it again keeps its reason unless a new one is given. Time off at the same time
 * at another location is one entry for all locations.
 *
 * @throws NotFound for an unknown doctor, location or resource, and for a location where the doctor does not work.
 */
export async function enterAbsence(
  ctx: ClinicContext,
  absentee: Absentee,
  absenteeId: number,
  { startLocal, endLocal, reason, locationId = null, kind }: TimeOffInput,
): Promise<Absence> {
  const { table } = kinds[absentee]
  const owner = sql.identifier(`${absentee}_id`)
  const { mayChange } = absenceReachOf(ctx, absentee, absenteeId)
  const isFine = sql`(${worksAt(absenteeId, locationId)} and ${mayChange(sql`${locationId}::bigint`)})`
  const place = placeOf(absentee, locationId, kind)
  const [[row], [check]] = await sendIdempotently<[AbsenceRow, { is_fine: boolean }]>(ctx, [
    lockOutBookings,
    sql`
      insert into ${table} (${owner}, starts_at, ends_at, reason ${place.column})
      select id, ${startLocal}::timestamp, ${endLocal}::timestamp, ${reason ?? null} ${place.value}
      from ${sql.identifier(`${absentee}s`)} where id = ${absenteeId}::bigint and ${isFine}
      on conflict (${owner}, ends_at, starts_at)
      do update set reason = coalesce(excluded.reason, ${table}.reason) ${place.widening}
      where excluded.reason <> coalesce(${table}.reason, '') ${place.isWider}`,
    noteStranded(ctx, absentee, absenteeId),
    // A separate statement, so that it sees every booking made while we waited for the lock.
    {
      rows: sql`
        ${selectAbsences(ctx, absentee, absenteeId)}
        and starts_at = ${startLocal}::timestamp and ends_at = ${endLocal}::timestamp`,
    },
    { rows: sql`select ${isFine} as is_fine` },
    recordedNew(ctx, kinds[absentee].subject, table, sql`added.${owner} = ${absenteeId}::bigint`),
  ])
  if (check?.is_fine === false) throw new NotFound('location')
  if (!row) throw new NotFound(absentee)
  if (row.is_new) tellAbsence(ctx, absentee, 'entered', row)
  else if (row.is_changed) tellAbsence(ctx, absentee, 'changed', row)
  return toAbsence(row)
}

/** Of time off: the statement's parts about its location and kind. What is added to an entry for another one is for all. */
function placeOf(absentee: Absentee, locationId: number | null, kind: TimeOffInput['kind']) {
  if (absentee !== 'doctor') return { column: sql``, value: sql``, widening: sql``, isWider: sql`` }
  return {
    column: sql`, location_id, kind`,
    value: sql`, ${locationId}::bigint, ${kind ?? 'away'}`,
    widening: sql`,
      location_id = case when time_off.location_id = excluded.location_id then excluded.location_id end,
      kind = coalesce(${kind ?? null}, time_off.kind)`,
    isWider: sql`
      or time_off.location_id <> coalesce(excluded.location_id, 0)
      or time_off.kind <> ${kind ?? null}`,
  }
}

const worksAt = (doctorId: number, locationId: number | null) => sql`(
  ${locationId}::bigint is null
  or not exists (select from doctors where id = ${doctorId}::bigint)
  or exists (
    select from doctor_locations
    where doctor_id = ${doctorId}::bigint and location_id = ${locationId}::bigint
  )
)`

export function tellAbsence(ctx: ClinicContext, absentee: Absentee, verb: AbsenceVerb, row: ToldRow): void {
  const id = Number(row.id)
  const locationIds = row.location_ids
  const [locationId = 0] = locationIds
  const days = { from: row.first_day, to: row.last_day }
  const absenteeId = Number(row.absentee_id)
  const deed = deedOf(ctx)
  if (absentee === 'doctor')
    ctx.tell({ kind: `time_off.${verb}`, timeOffId: id, doctorId: absenteeId, locationIds, ...days, ...deed })
  else if (absentee === 'location')
    ctx.tell({ kind: `closure.${verb}`, closureId: id, locationId, ...days, ...deed })
  else
    ctx.tell({
      kind: `resource_absence.${verb}`,
      absenceId: id,
      resourceId: absenteeId,
      locationId,
      ...days,
      ...deed,
    })
}

type AbsenceVerb = 'entered' | 'changed' | 'withdrawn'

/** Current and future absences, by their end, in one trip. @throws NotFound for an unknown doctor, location or resource. */
export async function findAbsences(
  ctx: ClinicContext,
  absentee: Absentee,
  absenteeId: number,
): Promise<Absence[]> {
  const { db, now } = ctx
  // No location's clock is a whole day behind UTC.
  const yesterday = sql`(${now.toISOString()}::timestamptz at time zone 'UTC') - interval '1 day'`
  const { knows, sees } = absenceReachOf(ctx, absentee, absenteeId)
  const [known, found] = await db.batch([
    db.execute(sql`
      select from ${sql.identifier(`${absentee}s`)}
      where id = ${absenteeId}::bigint and ${knows}`),
    db.execute<AbsenceRow>(sql`
      ${selectAbsences(ctx, absentee, absenteeId)} and ends_at > ${yesterday} and ${sees} order by ends_at, starts_at`),
  ])
  if (known.rows.length === 0) throw new NotFound(absentee)
  return found.rows.map(toAbsence)
}

/** Withdraws an absence. @throws NotFound when that doctor, location or resource has none with that id. */
export async function withdrawAbsence(
  ctx: ClinicContext,
  absentee: Absentee,
  absenteeId: number,
  id: number,
): Promise<void> {
  const { table, noun } = kinds[absentee]
  const withdrawn = sql`
    delete from ${table}
    where id = ${id}::bigint and ${sql.identifier(`${absentee}_id`)} = ${absenteeId}::bigint
    and ${absenceReachOf(ctx, absentee, absenteeId).mayChange(sql`time_off.location_id`)}
    returning ${toldColumns(absentee, absenteeId)}`
  const [[row]] = await sendIdempotently<[ToldRow]>(ctx, [
    { rows: withdrawn },
    recorded(ctx, { subject: kinds[absentee].subject, key: id }),
  ])
  if (!row) throw new NotFound(noun)
  tellAbsence(ctx, absentee, 'withdrawn', row)
}
