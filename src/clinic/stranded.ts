import { type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import * as z from 'zod'
import type { ClinicContext } from './context.ts'
import type { Answering } from './idempotency.ts'
import { fault, id } from './shapes.ts'

/** Bookings share this lock, and what takes time away takes it exclusively, so one of the two always sees the other. */
export const lockOutBookings = sql`select pg_advisory_xact_lock(hashtext('absences'))`

/** From now on. */
export const fromNow = ({ now }: Pick<ClinicContext, 'now'>): SQL => sql`
  tstzrange(${now.toISOString()}::timestamptz, null), ${now.toISOString()}::timestamptz`

/** The appointments ahead that a change may strand, because its author has seen them. Left out, any. */
export const mayStrand = z
  .array(id, { error: fault('not_a_list') })
  .max(10_000, { error: fault('too_many_items') })
  .optional()

/** Comes before something in use is retired: fails with WouldStrand if that strands other appointments than those named. */
export const refuseToStrand = (
  table: PgTable,
  id: number,
  appointments: SQL,
  named: number[] | undefined,
): SQL[] =>
  named
    ? [
        sql`
          select refuse_to_strand(array(select id from ${appointments}), ${`{${named}}`}::bigint[])
          from ${table}
          where id = ${id}::bigint and is_active`,
      ]
    : []

/**
 * The appointments that a change strands: they stay booked, and staff have to call the patients, so they are noted for the
 * front desk's list. A statement of its own, so that it sees every booking that was made while the change waited for the lock.
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
