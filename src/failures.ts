import type { Context } from 'hono'
import { databaseErrorIn } from './db.ts'
import type { AppEnv } from './door.ts'

/**
 * Writes a failure of ours to the log, as one JSON line, at the door where it ended. Says nothing of the
 * request's body, nor of a query's parameters: they name people.
 */
export function reportFailure(c: Context<AppEnv>, error: unknown): void {
  const fromDatabase = databaseErrorIn(error)
  const known = error instanceof Error ? error : new Error(String(error))
  const line = {
    level: 'error',
    request_id: c.get('requestId'),
    method: c.req.method,
    path: c.req.path,
    error: fromDatabase?.message ?? known.message,
    sqlstate: fromDatabase?.code,
    constraint: fromDatabase?.constraint,
    stack: fromDatabase ? undefined : known.stack,
  }
  console.error(JSON.stringify(line))
}
