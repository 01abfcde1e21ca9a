import { type SQL, sql } from 'drizzle-orm'
import type { ClinicContext } from '../context.ts'
import { fromNow, idsOf, type StrandedRow } from '../stranded.ts'

export type OutsideRow = StrandedRow & { on_purpose: boolean }

/**
 * The statements around a change of a doctor's hours that note which appointments it strands: `outside` before and after it,
 * `onPurpose` before and `noted` after.
 */
export function strandingsOfHours(
  ctx: ClinicContext,
  doctorId: number,
): { outside: SQL; onPurpose: SQL; noted: SQL } {
  const outside = sql`
    select id, on_purpose
    from stranded_by_hours(${doctorId}::bigint, ${ctx.now.toISOString()}::timestamptz)
    order by start_at, id`
  // Booked with a reason, and inside the hours so far. The list checks whether it still is.
  const onPurpose = sql`
    select notice_stranded(array(
      select one.id
      from appointments_of_doctor(${doctorId}::bigint, ${fromNow(ctx)}) one
      where one.override_reason is not null
      and one.id not in (select outside.id from (${outside}) outside)
    ))`
  const noted = sql`
    select notice_stranded(array(select outside.id from (${outside}) outside where not outside.on_purpose))`
  return { outside, onPurpose, noted }
}

/** One that the front desk booked outside the hours on purpose counts only if it was inside the old ones. */
export function strandedSince(before: OutsideRow[], after: OutsideRow[]): number[] {
  const wereOutside = new Set(before.map(({ id }) => id))
  return idsOf(after.filter(({ id, on_purpose }) => !(on_purpose && wereOutside.has(id))))
}
