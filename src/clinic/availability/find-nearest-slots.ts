import { type SQL, sql } from 'drizzle-orm'
import { isDesk } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { onLocalClock } from '../local-clock.ts'
import type { SlotRow } from './find-open-slots.ts'

export interface NearSlot {
  doctorId: number
  visitTypeId: number
  /** An instant in UTC (`…Z`), or without an offset a local time at the doctor's location. */
  near: string
}

const most = 3

/**
 * The query for the doctor's three slots nearest to an instant, in order of start. It looks from a week before to two
 * weeks after, and finds nothing for unknown ids. It is not sent yet, so that a page can add it to its one batch. Open to
 * everyone.
 */
export function nearestSlots(ctx: ClinicContext, { doctorId, visitTypeId, near }: NearSlot) {
  return nearestSlotsOf(
    ctx,
    sql`
      select doctor.id as doctor_id, ${visitTypeId}::bigint as visit_type_id, instant_at(${near}, time_zone) as near
      from doctors doctor
      join locations location on location.id = doctor.location_id
      where doctor.id = ${doctorId}::bigint`,
  )
}

/** The same for the row of `wanted`, if any: `doctor_id`, `visit_type_id` and the instant `near`. */
export function nearestSlotsOf({ db, actor, now }: ClinicContext, wanted: SQL) {
  return db.execute<SlotRow>(sql`
    -- Materialized, because next to the search it looks so cheap that PostgreSQL may choose a bad plan for it.
    with wanted as materialized (${wanted})
    select *
    from (
      select
        doctor.id as doctor_id, doctor.name as doctor,
        location.id as location_id, location.name as location, location.time_zone,
        slot.start_at, slot.end_at,
        ${onLocalClock(sql`slot.start_at`, sql`location.time_zone`)} as start_local,
        ${onLocalClock(sql`slot.end_at`, sql`location.time_zone`)} as end_local
      from wanted
      join doctors doctor on doctor.id = wanted.doctor_id
      cross join lateral open_slots(
        wanted.doctor_id, null, wanted.visit_type_id,
        tstzrange(wanted.near - interval '7 days', wanted.near + interval '14 days', '[]'),
        ${isDesk(actor)}, ${now.toISOString()}::timestamptz, null
      ) slot
      join locations location on location.id = slot.location_id
      order by abs(extract(epoch from slot.start_at - wanted.near)), slot.start_at
      limit ${most}
    ) nearest
    order by start_at`)
}
