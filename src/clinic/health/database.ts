import { sql } from 'drizzle-orm'
import type { ClinicContext } from '../context.ts'
import { tzdataRelease } from './tzdata.ts'

export interface Table extends Record<string, unknown> {
  name: string
  /** PostgreSQL's estimate. */
  rows: number
  /** Without its indexes. */
  bytes: number
  indexBytes: number
}

export interface Index extends Record<string, unknown> {
  name: string
  table: string
  bytes: number
  /** How often it was read since the statistics were reset. */
  scans: number
  /** Never read, and not needed by a constraint. */
  isUnused: boolean
}

export interface Versions extends Record<string, unknown> {
  /** Such as `18.4`. */
  postgres: string
  tzdata: string
  /** The journal's time of the last migration that ran, in milliseconds since 1970. */
  migratedWhen: number | null
  /** When the statistics were last reset; null when never. */
  watchedSince: string | null
}

/** Queries for one batch: versions and sizes. */
export function aboutDatabase({ db }: ClinicContext) {
  return [
    db.execute<Table>(sql`
      select
        relname as name, greatest(reltuples, 0)::float8 as rows,
        pg_table_size(oid)::float8 as bytes, pg_indexes_size(oid)::float8 as "indexBytes"
      from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      order by pg_total_relation_size(oid) desc, 1`),
    db.execute<Index>(sql`
      select
        indexrelname as name, relname as table, pg_relation_size(indexrelid)::float8 as bytes, idx_scan::float8 as scans,
        idx_scan = 0 and not (indisunique or indisexclusion) as "isUnused"
      from pg_stat_user_indexes join pg_index using (indexrelid) where schemaname = 'public'
      order by 3 desc, 1`),
    db.execute<Versions>(sql`
      select
        split_part(current_setting('server_version'), ' ', 1) as postgres, ${tzdataRelease()} as tzdata,
        (select max(created_at)::float8 from drizzle.__drizzle_migrations) as "migratedWhen",
        (
          select to_char(stats_reset at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"')
          from pg_stat_database where datname = current_database()
        ) as "watchedSince"`),
  ] as const
}
