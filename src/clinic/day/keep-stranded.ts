import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'

/**
 * The patient was called: the appointment stays as it is, although something is in its way, in one trip. It is back on the list
 * when something else gets in its way, or when it moves into time that is not open.
 *
 * @throws NotFound when it is not on the actor's list, NotSignedIn, Forbidden.
 */
export const keepStranded = (ctx: ClinicContext, appointmentId: number): Promise<void> =>
  change(ctx, appointmentId, true)

/** Puts it back on the list. @throws as above. */
export const reopenStranded = (ctx: ClinicContext, appointmentId: number): Promise<void> =>
  change(ctx, appointmentId, false)

type ChangedRow = { location_id: string; is_changed: boolean }

async function change(ctx: ClinicContext, appointmentId: number, keeps: boolean): Promise<void> {
  requireRight(ctx.actor, 'change appointments')
  const [[row]] = await sendIdempotently<[ChangedRow]>(ctx, [
    {
      rows: sql`
        select location_id, is_changed
        from keep_stranded(${appointmentId}::bigint, ${keeps}, ${acting(ctx)})`,
    },
  ])
  if (!row) throw new NotFound('appointment')
  const locationId = Number(row.location_id)
  if (row.is_changed) ctx.tell({ kind: 'stranding.changed', appointmentId, locationId, ...deedOf(ctx) })
}
