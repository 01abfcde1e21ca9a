import { type SQL, sql } from 'drizzle-orm'
import type { ClinicContext } from './context.ts'

/** Bookings share this lock, and what takes time away takes it exclusively, so one of the two always sees the other. */
export const lockOutBookings = sql`select pg_advisory_xact_lock(hashtext('absences'))`

/** From now on. */
export const fromNow = ({ now }: Pick<ClinicContext, 'now'>): SQL => sql`
  tstzrange(${now.toISOString()}::timestamptz, null), ${now.toISOString()}::timestamptz`

/**
 * The appointments that a change strands: they stay booked, and staff have to call the patients. A statement of its own,
 * so that it sees every booking that was made while the change waited for the lock.
 */
export function strandedIn(appointments: SQL): { rows: SQL } {
  return { rows: sql`select id from ${appointments} order by start_at, id` }
}

export type StrandedRow = { id: string }

export const idsOf = (stranded: StrandedRow[] = []): number[] => stranded.map(({ id }) => Number(id))
