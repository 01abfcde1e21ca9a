import { and, asc, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { accounts } from '../../../drizzle/schema/accounts.ts'
import { apiKeys } from '../../../drizzle/schema/api-keys.ts'
import { settingsEvents } from '../../../drizzle/schema/settings-events.ts'
import { settingsStates, settingsSubjects } from '../../../drizzle/schema/settings-states.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { pageOf } from '../page-of.ts'
import { closed, fault, id, instant, line, moment } from '../shapes.ts'
import type { SettingsState, SettingsSubject } from './read-managed.ts'

export { settingsSubjects }

export const findHistoryInput = closed({
  subject: z.enum(settingsSubjects, { error: fault('not_a_choice') }).optional(),
  /** One of them, by its id. */
  key: line(100).optional(),
  /** Who changed it. */
  accountId: id.optional(),
  /** Changes of `[from, to)`. */
  from: moment.optional(),
  to: moment.optional(),
})

export interface FindHistory extends z.infer<typeof findHistoryInput> {
  /** Of one page. */
  limit: number
  /** The last change of the previous page. */
  after?: HistoryKey | undefined
}

/** What the history is ordered by. */
export const historyKey = z.tuple([instant, id]).transform(([at, id]) => ({ at: new Date(at), id }))

export type HistoryKey = z.infer<typeof historyKey>

/** One change of something that admins manage. */
export interface HistoryEntry {
  id: number
  subject: SettingsSubject
  key: string
  /** What it is called, or was when it went; null for what has no name. */
  name: string | null
  at: Date
  /** Null when a job did it. */
  accountId: number | null
  by: string | null
  /** The name of the key, if it came through the API. */
  apiKey: string | null
  /** The fields that changed, as they were; null when it was added. */
  before: SettingsState | null
  /** The same, as they are; null when it was removed. */
  after: SettingsState | null
}

export interface HistoryContent {
  entries: HistoryEntry[]
  next: HistoryKey | null
}

export interface HistoryPageContent extends HistoryContent {
  /** Whose changes can be asked for. */
  admins: { id: number; name: string }[]
}

/** A page of the changes, newest first, in one trip. @throws NotSignedIn, Forbidden. */
export async function findHistory(ctx: ClinicContext, search: FindHistory): Promise<HistoryContent> {
  requireRight(ctx.actor, 'manage settings')
  return toPage(await selectEntries(ctx, search), search.limit)
}

/** The same with the admins, in one trip. @throws NotSignedIn, Forbidden. */
export async function readHistoryPage(ctx: ClinicContext, search: FindHistory): Promise<HistoryPageContent> {
  requireRight(ctx.actor, 'manage settings')
  const [found, admins] = await ctx.db.batch([
    selectEntries(ctx, search),
    ctx.db
      .select({ id: accounts.id, name: accounts.name })
      .from(accounts)
      .where(eq(accounts.role, 'admin'))
      .orderBy(asc(accounts.name), asc(accounts.id)),
  ])
  return { ...toPage(found, search.limit), admins: admins.map((one) => ({ ...one, name: one.name ?? '' })) }
}

function selectEntries({ db }: ClinicContext, { limit, ...filter }: FindHistory) {
  return db
    .select({
      id: settingsEvents.id,
      subject: settingsEvents.subject,
      key: settingsEvents.key,
      name: sql<
        string | null
      >`coalesce(${settingsStates.state} ->> 'name', ${settingsEvents.before} ->> 'name')`,
      at: settingsEvents.at,
      accountId: settingsEvents.accountId,
      by: accounts.name,
      apiKey: apiKeys.name,
      before: settingsEvents.before,
      after: settingsEvents.after,
    })
    .from(settingsEvents)
    .leftJoin(
      settingsStates,
      and(eq(settingsStates.subject, settingsEvents.subject), eq(settingsStates.key, settingsEvents.key)),
    )
    .leftJoin(accounts, eq(accounts.id, settingsEvents.accountId))
    .leftJoin(apiKeys, eq(apiKeys.id, settingsEvents.apiKeyId))
    .where(filterOf(filter))
    .orderBy(desc(settingsEvents.at), desc(settingsEvents.id))
    .limit(limit + 1)
}

const filterOf = ({
  subject,
  key,
  accountId,
  from,
  to,
  after,
}: Omit<FindHistory, 'limit'>): SQL | undefined =>
  and(
    subject && eq(settingsEvents.subject, subject),
    key === undefined ? undefined : eq(settingsEvents.key, key),
    accountId === undefined ? undefined : eq(settingsEvents.accountId, accountId),
    from && gte(settingsEvents.at, from),
    to && lt(settingsEvents.at, to),
    after &&
      sql`(${settingsEvents.at}, ${settingsEvents.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::bigint)`,
  )

type Found = Awaited<ReturnType<typeof selectEntries>>

function toPage(found: Found, limit: number): HistoryContent {
  const { page, last } = pageOf(found, limit)
  return { entries: page as HistoryEntry[], next: last && { at: last.at, id: last.id } }
}
