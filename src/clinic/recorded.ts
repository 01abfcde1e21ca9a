import { getTableName, type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { settingsSubjects } from '../../drizzle/schema/settings-states.ts'
import { acting } from './composite.ts'
import type { ClinicContext } from './context.ts'
import type { Answering } from './idempotency.ts'
import { snakeKeys } from './snake-case.ts'

/** Something that admins manage: what it is and its id. */
export interface Subject {
  subject: (typeof settingsSubjects)[number]
  key: number | string
}

/** What `recorded` answers. Without the thing itself, its version is null. */
export interface Recorded<State = object> extends Record<string, unknown> {
  version: number | null
  /** Whether the change changed anything. */
  is_changed: boolean
  /** The thing as it is, with the names of its columns; null when there is none. */
  state: State | null
}

/**
 * Comes before a change of something that admins manage: changes take turns, and one of another version is refused.
 *
 * @param version the one that the caller saw; undefined when any will do.
 */
export const requireVersion = ({ subject, key }: Subject, version: number | undefined): SQL => sql`
  select require_settings_version(${subject}, ${String(key)}, ${version ?? null}::integer)`

/** Comes after the change: gives it a version, and writes what was and what is into the history. Its row is `Recorded`. */
export const recorded = (ctx: ClinicContext, { subject, key }: Subject): Answering => ({
  rows: sql`
    select answer.*
    from jsonb_to_record(record_settings(${subject}, ${String(key)}, ${acting(ctx)}))
      as answer (version integer, is_changed boolean, state jsonb)`,
})

/**
 * The same for what this very transaction has added to a table.
 *
 * @param among a condition on `added` that an index serves, where the table may be large.
 */
export const recordedNew = (
  ctx: ClinicContext,
  subject: Subject['subject'],
  table: PgTable,
  among: SQL = sql`true`,
): Answering => ({
  rows: sql`
    select answer.*
    from ${table} added
    cross join lateral jsonb_to_record(record_settings(${subject}, added.id::text, ${acting(ctx)}))
      as answer (version integer, is_changed boolean, state jsonb)
    where added.xmin = pg_current_xact_id()::xid
    and ${among}`,
})

/** The version of each thing of a kind, for the list or the page that shows it. */
export const versionOf = (subject: Subject['subject'], id: SQL | object): SQL<number> => sql`coalesce((
  select version from settings_states where subject = ${subject} and key = ${id}::text
), 0)`

/** Sets the columns of one row that the wish names; what is undefined stays as it is. */
export const changeColumns = (table: PgTable, id: number, wish: object): SQL => sql`
  select change_columns(${getTableName(table)}, ${id}::bigint, ${JSON.stringify(snakeKeys(wish))}::jsonb)`
