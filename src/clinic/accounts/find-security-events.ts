import { and, desc, eq, gte, isNotNull, lt, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import * as z from 'zod'
import { accounts } from '../../../drizzle/schema/accounts.ts'
import { securityCounts } from '../../../drizzle/schema/security-counts.ts'
import {
  type SecurityEventKind,
  securityEventKinds,
  securityEvents,
} from '../../../drizzle/schema/security-events.ts'
import type { ClinicContext } from '../context.ts'
import type { AlarmSubject } from '../happenings.ts'
import { pageOf } from '../page-of.ts'
import { closed, fault, id, instant, moment } from '../shapes.ts'
import { requireRight } from './guard.ts'

export { type SecurityEventKind, securityEventKinds }

export const findSecurityEventsInput = closed({
  /** The account that an event is about. */
  accountId: id.optional(),
  kind: z.enum(securityEventKinds, { error: fault('not_a_choice') }).optional(),
  /** Events of `[from, to)`. */
  from: moment.optional(),
  to: moment.optional(),
}).refine(({ from, to }) => !from || !to || from < to, { path: ['to'], error: () => 'not_after_opening' })

export interface FindSecurityEvents extends z.infer<typeof findSecurityEventsInput> {
  /** Of one page. */
  limit: number
  /** The last event of the previous page. */
  after?: SecurityEventKey | undefined
}

/** What the log is ordered by. */
export const securityEventKey = z.tuple([instant, id]).transform(([at, id]) => ({ at: new Date(at), id }))

export type SecurityEventKey = z.infer<typeof securityEventKey>

/** An account that an event is about, or that did it. The name is empty until they have told it. */
export interface Concerned {
  id: number
  name: string
}

export interface SecurityEvent {
  id: number
  at: Date
  kind: SecurityEventKind
  /** Null when no account had the mailbox yet. */
  account: Concerned | null
  actorKind: string
  by: Concerned | null
  byApiKeyId: number | null
  /** A keyed hash: the same for all events from one network. */
  network: string | null
  place: string | null
  requestId: string | null
  /** What the kind adds, such as `from` and `to` of a role. */
  details: Record<string, unknown>
}

/** Something that was done too often within an hour. */
export interface Alarm {
  kind: SecurityEventKind
  by: AlarmSubject
  since: Date
  times: number
}

/**
 * A page of the security log, newest first, in one trip.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function findSecurityEvents(
  { db, actor }: ClinicContext,
  search: FindSecurityEvents,
): Promise<SecurityEventsPage> {
  requireRight(actor, 'see security log')
  return toPage(await selectEvents(db, search), search.limit)
}

/**
 * The same page with the alarms of the last seven days, newest first, in one trip.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function readSecurityPage(
  { db, actor, now }: ClinicContext,
  search: FindSecurityEvents,
): Promise<SecurityEventsPage & { alarms: Alarm[] }> {
  requireRight(actor, 'see security log')
  const { kind, subject, since, times } = securityCounts
  const weekAgo = new Date(now.getTime() - 7 * 24 * 60 * 60 * 1000)
  const [found, alarms] = await db.batch([
    selectEvents(db, search),
    db
      .select({ kind, by: sql<AlarmSubject>`split_part(${subject}, ':', 1)`, since, times })
      .from(securityCounts)
      .where(and(isNotNull(securityCounts.alarmRequestId), gte(since, weekAgo)))
      .orderBy(desc(since))
      .limit(10),
  ])
  return { ...toPage(found, search.limit), alarms: alarms as Alarm[] }
}

interface SecurityEventsPage {
  events: SecurityEvent[]
  /** What to ask for as `after`, or null on the last page. */
  next: SecurityEventKey | null
}

const about = alias(accounts, 'about')
const agent = alias(accounts, 'agent')

function selectEvents(
  db: ClinicContext['db'],
  { accountId, kind, from, to, limit, after }: FindSecurityEvents,
) {
  return db
    .select({
      id: securityEvents.id,
      at: securityEvents.at,
      kind: securityEvents.kind,
      accountId: securityEvents.accountId,
      accountName: about.name,
      actorKind: securityEvents.actorKind,
      byAccountId: securityEvents.byAccountId,
      byName: agent.name,
      byApiKeyId: securityEvents.byApiKeyId,
      network: securityEvents.networkHash,
      place: securityEvents.place,
      requestId: securityEvents.requestId,
      details: securityEvents.details,
    })
    .from(securityEvents)
    .leftJoin(about, eq(about.id, securityEvents.accountId))
    .leftJoin(agent, eq(agent.id, securityEvents.byAccountId))
    .where(
      and(
        accountId === undefined ? undefined : eq(securityEvents.accountId, accountId),
        kind && eq(securityEvents.kind, kind),
        from && gte(securityEvents.at, from),
        to && lt(securityEvents.at, to),
        after && isBehind(after),
      ),
    )
    .orderBy(desc(securityEvents.at), desc(securityEvents.id))
    .limit(limit + 1)
}

type Found = Awaited<ReturnType<typeof selectEvents>>

function toPage(found: Found, limit: number): SecurityEventsPage {
  const { page, last } = pageOf(found, limit)
  return { events: page.map(toEvent), next: last && { at: last.at, id: last.id } }
}

function toEvent({
  accountId,
  accountName,
  byAccountId,
  byName,
  details,
  ...event
}: Found[number]): SecurityEvent {
  return {
    ...event,
    account: accountId === null ? null : { id: accountId, name: accountName ?? '' },
    by: byAccountId === null ? null : { id: byAccountId, name: byName ?? '' },
    details: details as Record<string, unknown>,
  }
}

function isBehind({ at, id }: SecurityEventKey): SQL {
  return sql`(${securityEvents.at}, ${securityEvents.id}) < (${at.toISOString()}::timestamptz, ${id}::bigint)`
}
