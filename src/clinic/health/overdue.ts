import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'

/** What should have gone out more than five minutes ago. */
export interface Overdue {
  overdue: number
  /** When the first of them was due; null when there are none. */
  since: Date | null
  /** Of these: changes that no one has been told of, because nothing plans messages. */
  untold: number
  /** Of these: messages above the day's limit. */
  limited: number
  /** Of these: messages that a provider has not taken yet. */
  tried: number
}

/** In one trip. @throws NotSignedIn, Forbidden for everyone but the system itself and admins. */
export async function findOverdue(ctx: ClinicContext): Promise<Overdue> {
  requireRight(ctx.actor, 'see what waits')
  return toOverdue((await overdueIn(ctx)).rows)
}

/** The query, for one batch; not sent yet. */
export function overdueIn({ db, now }: Pick<ClinicContext, 'db' | 'now'>) {
  return db.execute<OverdueRow>(sql`select * from find_overdue(${now.toISOString()}::timestamptz)`)
}

export function toOverdue([row]: OverdueRow[]): Overdue {
  if (!row) throw new Error('The function always answers.')
  return { ...row, since: row.since === null ? null : new Date(row.since) }
}

interface OverdueRow extends Record<string, unknown> {
  overdue: number
  since: string | null
  untold: number
  limited: number
  tried: number
}
