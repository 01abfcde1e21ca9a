import { sql } from 'drizzle-orm'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { recorded } from '../recorded.ts'
import { lockOutBookings } from '../stranded.ts'
import { type TimeOffInput, tellAbsence } from './absence.ts'
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

export type ChangedAbsence = { ok: true; absence: Absence } | { ok: false; refusal: 'already_there' }

/**
 * Gives an absence other times, another name, or another kind, in one trip. Two at the same times stay two only if they are of
 * others (`already_there`).
 *
 * @throws NotFound when that doctor, location or resource has none with that id.
 */
export async function changeAbsence(
  ctx: ClinicContext,
  absentee: Absentee,
  absenteeId: number,
  id: number,
  { startLocal, endLocal, reason, locationId = null, kind = 'away' }: TimeOffInput,
): Promise<ChangedAbsence> {
  const { table, noun } = kinds[absentee]
  const owner = sql`${table}.${sql.identifier(`${absentee}_id`)}`
  const { mayChange } = absenceReachOf(ctx, absentee, absenteeId)
  const isOfDoctor = absentee === 'doctor'
  const place = isOfDoctor ? sql`, location_id = ${locationId}::bigint, kind = ${kind}` : sql``
  const mayBoth = isOfDoctor
    ? sql`${mayChange(sql`time_off.location_id`)} and ${mayChange(sql`${locationId}::bigint`)}`
    : mayChange(sql`null`)
  const found = sql`${owner} = ${absenteeId}::bigint and ${table}.id = ${id}::bigint and ${mayBoth}`
  const [[before], taken, [row]] = await sendIdempotently<[ToldRow, { id: string }, AbsenceRow]>(ctx, [
    lockOutBookings,
    { rows: sql`select ${toldColumns(absentee, absenteeId)} from ${table} where ${found}` },
    {
      rows: sql`
        select ${table}.id from ${table}
        where ${owner} = ${absenteeId}::bigint and ${table}.id <> ${id}::bigint
        and ${table}.starts_at = ${startLocal}::timestamp and ${table}.ends_at = ${endLocal}::timestamp`,
    },
    sql`
      update ${table}
      set starts_at = ${startLocal}::timestamp, ends_at = ${endLocal}::timestamp, reason = ${reason ?? null} ${place}
      where ${found}
      and not exists (
        select from ${table} other
        where other.${sql.identifier(`${absentee}_id`)} = ${absenteeId}::bigint and other.id <> ${id}::bigint
        and other.starts_at = ${startLocal}::timestamp and other.ends_at = ${endLocal}::timestamp
      )`,
    noteStranded(ctx, absentee, absenteeId),
    { rows: sql`${selectAbsences(ctx, absentee, absenteeId)} and ${table}.id = ${id}::bigint` },
    recorded(ctx, { subject: kinds[absentee].subject, key: id }),
  ])
  if (!before || !row) throw new NotFound(noun)
  if (taken.length > 0) return { ok: false, refusal: 'already_there' }
  // Both the days that are free again and those that no longer are.
  tellAbsence(ctx, absentee, 'withdrawn', before)
  tellAbsence(ctx, absentee, 'entered', row)
  return { ok: true, absence: toAbsence(row) }
}
