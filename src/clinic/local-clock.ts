import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** An instant as the wall clock of the zone shows it, to the minute: `2026-11-23T09:00`. */
export function onLocalClock(
  instant: SQL | PgColumn,
  timeZone: SQL | PgColumn = sql`time_zone`,
): SQL<string> {
  return sql<string>`to_char((${instant}) at time zone ${timeZone}, 'YYYY-MM-DD"T"HH24:MI')`
}
