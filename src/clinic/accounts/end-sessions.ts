import { type SQL, sql } from 'drizzle-orm'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { requireRight } from './guard.ts'
import { hashKey } from './hash-key.ts'

/** Why a session ended before its time; the security log keeps it. */
type EndingReason = 'signed_out' | 'ended_by_owner' | 'everywhere' | 'replaced'

/** The hashes of the tokens that no longer work, so that this isolate can forget them at once. */
export type EndedSessions = string[]

/** Calls the function that ends sessions and records it, as `ended`. @param which a condition on `sessions`. */
export function endingSessions(ctx: Omit<ClinicContext, 'db'>, which: SQL, reason: EndingReason): SQL {
  const ids = sql`array(select id from sessions where ${which})`
  return sql`to_json(end_sessions(${ids}, ${reason}, ${acting(ctx)})) as ended`
}

/** Ends the session of this token, in one trip; it may have ended already. */
export async function signOut(ctx: ClinicContext, token: string): Promise<EndedSessions> {
  const ending = endingSessions(ctx, sql`token_hash = ${hashKey(token)}`, 'signed_out')
  const { rows } = await ctx.db.execute<{ ended: EndedSessions }>(sql`select ${ending}`)
  return rows[0]?.ended ?? []
}

/**
 * Ends one of the actor's own sessions, in one trip; of a browser that they left signed in, for example.
 *
 * @throws NotFound when it has ended, or is not theirs; NotSignedIn, Forbidden.
 */
export async function endSession(ctx: ClinicContext, sessionId: number): Promise<EndedSessions> {
  const { accountId } = requireRight(ctx.actor, 'manage own sessions')
  const which = sql`id = ${sessionId}::bigint and account_id = ${accountId}::bigint`
  const ended = await end(ctx, which, 'ended_by_owner')
  if (ended.length === 0) throw new NotFound('session')
  return ended
}

/**
 * Ends all sessions of the actor, this one included, in one trip.
 *
 * @throws NotSignedIn, Forbidden.
 */
export function endAllSessions(ctx: ClinicContext): Promise<EndedSessions> {
  const { accountId } = requireRight(ctx.actor, 'manage own sessions')
  return end(ctx, sql`account_id = ${accountId}::bigint`, 'everywhere')
}

async function end(ctx: ClinicContext, which: SQL, reason: EndingReason): Promise<EndedSessions> {
  const rows = sql`select ${endingSessions(ctx, which, reason)}`
  const [[row]] = await sendIdempotently<[{ ended: EndedSessions }]>(ctx, [{ rows }])
  return row?.ended ?? []
}
