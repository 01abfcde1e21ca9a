import { type SQL, sql } from 'drizzle-orm'
import type { ClinicContext } from './context.ts'
import type { Answering } from './idempotency.ts'

/** Bookings share this lock, and what takes time away takes it exclusively, so one of the two always sees the other. */
export const lockOutBookings = sql`select pg_advisory_xact_lock(hashtext('absences'))`

/** From now on. */
export const fromNow = ({ now }: Pick<ClinicContext, 'now'>): SQL => sql`
  tstzrange(${now.toISOString()}::timestamptz, null), ${now.toISOString()}::timestamptz`

/**
 * The appointments that a change strands: they stay booked, and staff have to call the patients, so they are noted for the
 * front desk's list. A statement of its own,
 * so that it sees every booking that was made while the change waited for the lock.
 */
export function strandedIn(appointments: SQL): Answering {
  return {
    doing: sql`
      stranded as materialized (select id, start_at from ${appointments}),
      noted as materialized (select notice_stranded(array(select id from stranded)))`,
    rows: sql`select stranded.id from stranded cross join noted order by stranded.start_at, stranded.id`,
  }
}

/** In place of `strandedIn`, when nothing can be stranded. */
export const nothingStranded: Answering = { rows: sql`select id from appointments where false` }

export type StrandedRow = { id: string }

export const idsOf = (stranded: StrandedRow[] = []): number[] => stranded.map(({ id }) => Number(id))
