import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { Forbidden, NoLongerSignedIn, NotFound, NotSignedIn, RoleChanged, Stale } from '../clinic/errors.ts'
import { KeyReused, StillRunning } from '../clinic/idempotency.ts'
import { isUnreachable } from '../database/connect.ts'
import { reportFailure } from '../observability/failures.ts'
import type { AppEnv } from './app-env.ts'
import { UnknownCursor } from './cursor.ts'
import type { HttpRefusal, Refuse } from './refuse.ts'

interface Outcome {
  code: HttpRefusal
  about?: string
  /** Seconds. */
  retryAfter?: number
}

/**
 * The `onError` of a door: maps what a handler threw to a refusal. An error that no rule expects is a bug; it is reported
 * once, and the answer reveals nothing.
 */
export function refuseErrors(refuse: Refuse) {
  return (error: unknown, c: Context<AppEnv>): Response | Promise<Response> => {
    if (error instanceof NoLongerSignedIn || error instanceof RoleChanged)
      c.var.apiClients.forget(c.var.keyHash)
    const { code, about, retryAfter } = expected(error) ?? unexpected(error)
    if (retryAfter) c.header('Retry-After', String(retryAfter))
    return refuse(c, code, about)
  }
}

function expected(error: unknown): Outcome | undefined {
  if (error instanceof NotFound) return { code: 'not_found', about: error.message }
  if (error instanceof NoLongerSignedIn) return { code: 'unknown_key' }
  if (error instanceof NotSignedIn) return { code: 'not_signed_in' }
  if (error instanceof Forbidden) return { code: 'forbidden', about: error.message }
  if (error instanceof Stale) return { code: 'stale' }
  if (error instanceof KeyReused) return { code: 'key_reused' }
  if (error instanceof StillRunning) return { code: 'still_running', retryAfter: 1 }
  if (error instanceof UnknownCursor) return { code: 'unknown_cursor' }
  if (error instanceof HTTPException && error.status === 400) return { code: 'malformed_json' }
  return undefined
}

function unexpected(error: unknown): Outcome {
  reportFailure(error)
  return isUnreachable(error) ? { code: 'unavailable', retryAfter: 5 } : { code: 'internal' }
}
