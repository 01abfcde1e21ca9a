import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'

export type LeftWalkIn =
  | { ok: true; number: number }
  /** They have an appointment by now, or another number. */
  | { ok: false; refusal: 'not_waiting'; number: number }

/**
 * Notes that a walk-in left without being seen, in one trip. Their number is not given again that day.
 *
 * @throws NotFound, NotSignedIn, Forbidden.
 */
export const leaveWalkIn = (ctx: ClinicContext, id: number): Promise<LeftWalkIn> => note(ctx, id, true)

/** They are back, or it was pressed by mistake: they wait again, with the number they had. @throws as above. */
export const returnWalkIn = (ctx: ClinicContext, id: number): Promise<LeftWalkIn> => note(ctx, id, false)

type LeftRow = { location_id: string; number: number; is_done: boolean; is_changed: boolean }

async function note(ctx: ClinicContext, id: number, leaves: boolean): Promise<LeftWalkIn> {
  requireRight(ctx.actor, 'take walk-ins')
  const [[row]] = await sendIdempotently<[LeftRow]>(ctx, [
    {
      rows: sql`
        select location_id, number, is_done, is_changed
        from leave_walk_in(${id}::bigint, ${leaves}, ${acting(ctx)})`,
    },
  ])
  if (!row) throw new NotFound('walk-in')
  const { number } = row
  if (!row.is_done) return { ok: false, refusal: 'not_waiting', number }
  const kind = leaves ? 'walk_in.left' : 'walk_in.returned'
  if (row.is_changed) ctx.tell({ kind, walkInId: id, locationId: Number(row.location_id), ...deedOf(ctx) })
  return { ok: true, number }
}
