import { sql } from 'drizzle-orm'
import type { settingsSubjects } from '../../../drizzle/schema/settings-states.ts'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, personOf } from '../context.ts'
import { NotFound } from '../errors.ts'

export type SettingsSubject = (typeof settingsSubjects)[number]

/** The fields of something that admins manage, by the names of its columns. */
export type SettingsState = Record<string, unknown>

export interface SettingsChange {
  /** The version that it made. */
  version: number
  at: Date
  /** The account's name; null when it was a key or a job. */
  by: string | null
  /** Whether the reader's own account made it. */
  isOwn: boolean
  /** The fields that changed, as they were; null when it was added. */
  before: SettingsState | null
}

export interface Managed {
  version: number
  state: SettingsState
  /** From the earliest on. */
  changes: SettingsChange[]
}

const nouns = {
  location: 'location',
  resource: 'resource',
  doctor: 'doctor',
  visit_type: 'visit type',
} as const

/**
 * One thing that admins manage, and who has changed it since a version, in one trip: what a form needs to be filled in, and
 * to be filled in again when someone else saved first.
 *
 * @throws NotFound, NotSignedIn, Forbidden.
 */
export async function readManaged(
  { db, actor }: ClinicContext,
  subject: keyof typeof nouns,
  key: number,
  since?: number,
): Promise<Managed> {
  requireRight(actor, 'manage settings')
  const { rows } = await db.execute<Row>(sql`
    select
      settings_of(${subject}, ${String(key)}) as state,
      coalesce((
        select version from settings_states where subject = ${subject} and key = ${String(key)}
      ), 0) as version,
      (
        select coalesce(json_agg(json_build_object(
          'version', event.version, 'at', event.at, 'by', account.name, 'account_id', event.account_id,
          'before', event.before
        ) order by event.version), '[]')
        from settings_events event
        left join accounts account on account.id = event.account_id
        where event.subject = ${subject}
        and event.key = ${String(key)}
        and event.version > ${since ?? null}::integer
      ) as changes`)
  const [row] = rows
  if (!row?.state) throw new NotFound(nouns[subject])
  const own = personOf(actor)?.accountId
  const changes = row.changes.map(({ at, account_id, ...change }) => ({
    ...change,
    at: new Date(at),
    isOwn: account_id !== null && account_id === own,
  }))
  return { version: row.version, state: row.state, changes }
}

type Row = {
  state: SettingsState | null
  version: number
  changes: {
    version: number
    at: string
    by: string | null
    account_id: number | null
    before: SettingsState | null
  }[]
}
