import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import type { Fault } from '../refusals.ts'
import { calendarDate, closed, id, line } from '../shapes.ts'
import { clockTime } from '../weekly-ranges.ts'

export const writeDayNoteInput = closed({
  locationId: id,
  text: line(300),
  /** How long it is shown, on the location's clock: until the end of today, or of a day, or until a time on it. */
  untilOn: calendarDate.optional(),
  untilAt: clockTime.optional(),
})

export type WriteDayNote = z.infer<typeof writeDayNoteInput>

export type WrittenDayNote =
  | { ok: true; dayNoteId: number }
  | { ok: false; refusal: 'invalid'; faults: { untilAt: Fault } }

/**
 * Writes a note that everyone at a location sees until it expires or someone clears it, in one trip.
 *
 * @throws NotFound for a location where the actor does not work, NotSignedIn, Forbidden.
 */
export async function writeDayNote(
  ctx: ClinicContext,
  { locationId, text, untilOn, untilAt }: WriteDayNote,
): Promise<WrittenDayNote> {
  requireRight(ctx.actor, 'run the day')
  const person = sql`(${acting(ctx)})`
  const wanted = sql`
    select seen.id, now.at, (
      coalesce(${untilOn ?? null}::date, (now.at at time zone seen.time_zone)::date)
      + coalesce(${untilAt ?? null}::time, '24:00')
    ) at time zone seen.time_zone as until
    from places_of_staff(${person}) seen
    cross join (select ${ctx.now.toISOString()}::timestamptz as at) now
    where seen.id = ${locationId}::bigint`
  type Answers = [{ id: string }, { is_over: boolean }]
  const [[note], [place]] = await sendIdempotently<Answers>(ctx, [
    {
      doing: sql`
        wanted as (${wanted}),
        written as (
          insert into day_notes (location_id, text, written_by, written_at, expires_at)
          select wanted.id, ${text}, (${person}).account_id, wanted.at, wanted.until
          from wanted
          where wanted.until > wanted.at
          returning id
        )`,
      rows: sql`select id from written`,
    },
    { rows: sql`select wanted.until <= wanted.at as is_over from (${wanted}) wanted` },
  ])
  if (!place) throw new NotFound('location')
  if (!note) return { ok: false, refusal: 'invalid', faults: { untilAt: 'not_after_start' } }
  const dayNoteId = Number(note.id)
  ctx.tell({ kind: 'day_note.added', dayNoteId, locationId, ...deedOf(ctx) })
  return { ok: true, dayNoteId }
}
