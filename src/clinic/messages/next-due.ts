import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'

/** What waits to go out. */
export interface Waiting {
  /** When the next message, or the next change to tell, is due; null when nothing waits. */
  nextAt: Date | null
  /** How many should have gone out more than five minutes ago, changes that no one has been told of among them. */
  overdue: number
}

/** In one trip. @throws NotSignedIn, Forbidden for everyone but the system itself and admins. */
export async function findWaiting(ctx: ClinicContext): Promise<Waiting> {
  requireRight(ctx.actor, 'see what waits')
  const { rows } = await waitingIn(ctx)
  return toWaiting(rows)
}

/** The query, for one batch; not sent yet. */
function waitingIn({ db, now }: Pick<ClinicContext, 'db' | 'now'>) {
  return db.execute<WaitingRow>(sql`select * from find_waiting(${now.toISOString()}::timestamptz)`)
}

function toWaiting([row]: WaitingRow[]): Waiting {
  if (!row) throw new Error('The function always answers.')
  return { nextAt: row.next_at === null ? null : new Date(row.next_at), overdue: Number(row.overdue) }
}

interface WaitingRow extends Record<string, unknown> {
  next_at: string | null
  overdue: number
}
