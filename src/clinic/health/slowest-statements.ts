import { sql } from 'drizzle-orm'
import { databaseErrorIn } from '../../database/connect.ts'
import type { ClinicContext } from '../context.ts'

interface Statement extends Record<string, unknown> {
  /** With `$1` in place of values. */
  text: string
  calls: number
  /** Milliseconds in the database per call. */
  meanMs: number
  longestMs: number
  /** Milliseconds of all calls together. */
  totalMs: number
}

/** The slowest first; or why they are unknown. */
export type SlowestStatements =
  | { known: true; statements: Statement[] }
  | { known: false; why: 'not_installed' | 'not_loaded' | 'not_permitted' }

/** undefined_table, object_not_in_prerequisite_state, insufficient_privilege */
const reasons = { '42P01': 'not_installed', '55000': 'not_loaded', '42501': 'not_permitted' } as const

/**
 * The ten statements of the Worker with the longest mean time, from `pg_stat_statements`. It takes a trip of its own,
 * because it fails where the extension is missing. A role may always see its own statements.
 */
export async function slowestStatements({ db }: Pick<ClinicContext, 'db'>): Promise<SlowestStatements> {
  try {
    const { rows } = await db.execute<Statement>(sql`
      select
        query as text, calls::float8 as calls, mean_exec_time as "meanMs", max_exec_time as "longestMs",
        total_exec_time as "totalMs"
      from pg_stat_statements
      where userid = (select oid from pg_roles where rolname = current_user)
      and dbid = (select oid from pg_database where datname = current_database())
      and query !~* '^(begin|commit|rollback|set)'
      order by mean_exec_time desc limit 10`)
    return { known: true, statements: rows }
  } catch (error) {
    const why = reasons[databaseErrorIn(error)?.code as keyof typeof reasons]
    if (!why) throw error
    return { known: false, why }
  }
}
