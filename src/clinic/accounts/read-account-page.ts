import { eq, sql } from 'drizzle-orm'
import { accounts } from '../../../drizzle/schema/accounts.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { requireRight } from './guard.ts'
import { type OwnLinks, ownLinksOf, toOwnLinks } from './links.ts'
import { type Passkey, passkeysOf } from './passkeys/find-passkeys.ts'

/** A browser in which the account is signed in. */
export interface Session {
  id: number
  /** Such as `Firefox, Windows`; null when the browser does not tell. */
  device: string | null
  /** Such as `Bandung, ID`, where it signed in; null when unknown. */
  place: string | null
  /** Five minutes out of date at most. */
  lastSeenAt: Date
  /** Whether the request came from it. */
  isCurrent: boolean
}

export interface AccountPageContent {
  name: string
  email: string
  links: OwnLinks
  passkeys: Passkey[]
  /** This one first, then those used last. */
  sessions: Session[]
}

/**
 * All that the page of the actor's own account shows, in one trip.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function readAccountPage(ctx: ClinicContext): Promise<AccountPageContent> {
  const { accountId } = requireRight(ctx.actor, 'manage own sessions')
  const [[account], passkeys, sessions, links] = await ctx.db.batch([
    ctx.db
      .select({ name: accounts.name, email: accounts.email })
      .from(accounts)
      .where(eq(accounts.id, accountId)),
    passkeysOf(ctx.db, accountId),
    sessionsOf(ctx, accountId),
    ownLinksOf(ctx, accountId),
  ])
  if (!account) throw new NotFound('account')
  return {
    ...account,
    passkeys,
    sessions: sessions.rows.map(toSession),
    links: toOwnLinks(links.rows, accountId),
  }
}

function sessionsOf({ db, now, sessionHash }: ClinicContext, accountId: number) {
  return db.execute<SessionRow>(sql`
    select
      sessions.id, device, place, coalesce(token_hash = ${sessionHash ?? null}, false) as is_current,
      to_char(last_seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as last_seen_at
    from sessions
    join accounts on accounts.id = account_id
    where account_id = ${accountId}::bigint
    and session_is_live(sessions, role, ${now.toISOString()}::timestamptz)
    order by is_current desc, sessions.last_seen_at desc, sessions.id desc
    limit 100`)
}

interface SessionRow extends Record<string, unknown> {
  id: string
  device: string | null
  place: string | null
  is_current: boolean
  last_seen_at: string
}

function toSession({ id, device, place, is_current: isCurrent, last_seen_at }: SessionRow): Session {
  return { id: Number(id), device, place, lastSeenAt: new Date(last_seen_at), isCurrent }
}
