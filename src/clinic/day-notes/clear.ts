import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'

/** Takes a note down for everyone, in one trip. Clearing it again is the same. @throws NotFound, NotSignedIn, Forbidden. */
export const clearDayNote = (ctx: ClinicContext, id: number): Promise<void> => change(ctx, id, true)

/** Puts a cleared note up again, until it expires. @throws as above. */
export const restoreDayNote = (ctx: ClinicContext, id: number): Promise<void> => change(ctx, id, false)

type ChangedRow = { location_id: string; is_changed: boolean }

async function change(ctx: ClinicContext, id: number, clears: boolean): Promise<void> {
  requireRight(ctx.actor, 'run the day')
  const person = sql`(${acting(ctx)})`
  const now = sql`${ctx.now.toISOString()}::timestamptz`
  const [[row]] = await sendIdempotently<[ChangedRow]>(ctx, [
    {
      doing: sql`
        changed as (
          update day_notes
          set
            cleared_at = case when ${clears} then ${now} end,
            cleared_by = case when ${clears} then (${person}).account_id end
          where id = ${id}::bigint
          and (cleared_at is null) = ${clears}
          and location_id in (select seen.id from places_of_staff(${person}) seen)
          returning id
        )`,
      rows: sql`
        select note.location_id, exists (select from changed) as is_changed
        from day_notes note
        where note.id = ${id}::bigint
        and note.location_id in (select seen.id from places_of_staff(${person}) seen)`,
    },
  ])
  if (!row) throw new NotFound('day note')
  const kind = clears ? 'day_note.cleared' : 'day_note.restored'
  if (row.is_changed) ctx.tell({ kind, dayNoteId: id, locationId: Number(row.location_id), ...deedOf(ctx) })
}
