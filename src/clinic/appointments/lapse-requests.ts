import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import type { AppointmentRow } from './appointment-row.ts'
import { tellReleased } from './tell-appointment.ts'

/**
 * Ends the requests that the clinic has not decided in time, the oldest first, in one trip. Safe to repeat at any time,
 * even by two callers at once.
 *
 * @returns how many; there may be more when it is as large as `atMost`.
 * @throws NotSignedIn, Forbidden.
 */
export async function lapseRequests(ctx: ClinicContext, atMost = 500): Promise<number> {
  requireRight(ctx.actor, 'lapse requests')
  const { rows } = await ctx.db.execute<{ lapsed: AppointmentRow[] }>(
    sql`select lapse_requests(${acting(ctx)}, ${atMost}) as lapsed`,
  )
  const lapsed = rows[0]?.lapsed ?? []
  for (const one of lapsed) tellReleased(ctx, one)
  return lapsed.length
}
