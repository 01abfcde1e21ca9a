import { sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { onLocalClock } from '../local-clock.ts'
import type { Answering } from '../once.ts'
import { type Asked, selectAsked } from './asked.ts'

export interface Surroundings extends Record<string, unknown> {
  doctor_is_taken: boolean
  patient_is_busy: boolean
  next_start_at: string | null
  next_end_at: string
  next_start_local: string
  next_end_local: string
  time_zone: string
}

/**
 * What stands in the way, and where it is free. A statement of its own, sent behind the booking: only a
 * new snapshot sees the appointment that won the race. No row, and no work, when this very transaction began one.
 */
export function lookAroundUnlessBegun(wish: Asked, now: Date): Answering {
  const at = sql`${now.toISOString()}::timestamptz`
  const restOfDay = sql`tstzrange(not_before, greatest(not_before, next_midnight))`
  const slot = sql`next_slot(doctor_id, visit_type_id, patient_id, ${restOfDay}, ${at})`
  const gap = sql`next_gap(
    doctor_id, patient_id, ${restOfDay}, length,
    coalesce(buffer_before_minutes, 0) * interval '1 minute',
    coalesce(buffer_after_minutes, 0) * interval '1 minute', ${at}
  )`
  const isTheirs =
    wish.patientId === null
      ? sql`mine.stranger_id = ${wish.strangerId} and mine.status = 'pending'`
      : sql`mine.patient_id = wish.patient_id`
  const doing = sql`
    asked as (
      select
        *, end_at - start_at as length, tstzrange(start_at, end_at) as during,
        greatest(start_at, ${at}) as not_before,
        ((start_at at time zone time_zone)::date + 1)::timestamp at time zone time_zone as next_midnight
      from (${selectAsked(wish)}) wish
      where start_at < end_at
      and not exists (
        select from ${appointments} mine
        where ${isTheirs}
        and mine.start_at = wish.start_at
        and mine.status <> 'cancelled'
        and mine.xmin = pg_current_xact_id_if_assigned()::xid
      )
    )`
  const rows = sql`
    select
      time_zone,
      exists (
        select from ${appointments} other
        where other.doctor_id = asked.doctor_id and other.doctor_occupied && asked.during
      ) as doctor_is_taken,
      exists (
        select from ${appointments} other
        where other.patient_id = asked.patient_id and other.patient_occupied && asked.during
      ) as patient_is_busy,
      next.start_at as next_start_at, next.start_at + length as next_end_at,
      ${onLocalClock(sql`next.start_at`)} as next_start_local,
      ${onLocalClock(sql`next.start_at + length`)} as next_end_local
    from asked
    cross join lateral (select ${wish.byDesk ? gap : slot} as start_at) next
    order by next.start_at, doctor_id
    limit 1`
  return { doing, rows }
}
