import { NeonDbError, neon, neonConfig } from '@neondatabase/serverless'
import { drizzle } from 'drizzle-orm/neon-http'
import type { Settings } from './env.ts'

/** Opens nothing: every query, and every `db.batch([...])`, is one HTTP request to Neon. */
export function connect(
  settings: Pick<Settings, 'DATABASE_URL' | 'NEON_BRIDGE_URL' | 'DATABASE_TIME_LIMIT_MS'>,
) {
  // Long enough for a sleeping Neon to wake, short enough for whoever waits.
  const timeLimit = settings.DATABASE_TIME_LIMIT_MS ?? 10_000
  neonConfig.fetchFunction = async (url: string, init: RequestInit) => {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(timeLimit) })
    // Read in here, where the driver takes what is thrown for "nobody answered": an answer may break off.
    const text = await answer.text()
    const body = answer.status < 500 ? JSON.parse(text) : null
    return { ok: answer.ok, status: answer.status, json: async () => body, text: async () => text }
  }
  if (settings.NEON_BRIDGE_URL) neonConfig.fetchEndpoint = settings.NEON_BRIDGE_URL
  return drizzle(neon(settings.DATABASE_URL))
}

export type Database = ReturnType<typeof connect>

/** The driver's own error: Drizzle wraps it for a single query, and passes it bare from a batch. */
export function databaseErrorIn(error: unknown): NeonDbError | undefined {
  if (error instanceof NeonDbError) return error
  return error instanceof Error && error.cause ? databaseErrorIn(error.cause) : undefined
}

/**
 * Whether the error says that nobody answered, rather than that PostgreSQL objected. An objection carries a
 * SQLSTATE; of these, class 53 (no room), 57P (shutting down), 08 (connection) and 40 (undone, for another's sake)
 * still mean "not now".
 */
export function isUnreachable(error: unknown): boolean {
  const fromDatabase = databaseErrorIn(error)
  return fromDatabase !== undefined && (!fromDatabase.code || /^(08|40|53|57P)/.test(fromDatabase.code))
}
