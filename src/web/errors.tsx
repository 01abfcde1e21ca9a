import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { Forbidden, NoLongerSignedIn, NotFound, NotSignedIn, RoleChanged, Stale } from '../clinic/errors.ts'
import { StillRunning } from '../clinic/idempotency.ts'
import { isUnreachable } from '../database/connect.ts'
import type { AppEnv } from '../http/app-env.ts'
import { reportFailure } from '../observability/failures.ts'
import { holdingCookie, sessionCookie, visitorCookie } from './cookies.ts'
import { frameOf } from './frame.ts'
import { askToSignIn } from './sign-in/ask-to-sign-in.ts'
import { MessagePage } from './ui/message-page.tsx'

type AppContext = Context<AppEnv>

const exceptions = { 400: 'noForm', 403: 'crossSite' } as const

/** Answers an error with a page that says what went wrong and what to do next. */
export function answerError(error: unknown, c: AppContext): Response | Promise<Response> {
  if (error instanceof NoLongerSignedIn || error instanceof RoleChanged) believeNoLonger(error, c)
  if (error instanceof NotFound) return message(c, 'notFound', 404)
  if (error instanceof NotSignedIn) return askToSignIn(c)
  if (error instanceof Forbidden) return message(c, 'forbidden', 403)
  if (error instanceof Stale) return message(c, 'stale', 412)
  if (error instanceof HTTPException && (error.status === 400 || error.status === 403))
    return message(c, exceptions[error.status], error.status)
  if (error instanceof StillRunning) return message(c, 'unavailable', 503, '1')
  reportFailure(error)
  return isUnreachable(error) ? message(c, 'unavailable', 503, '5') : message(c, 'internal', 500)
}

/** The isolate and the browser still believe what the database has just denied. */
function believeNoLonger(error: NoLongerSignedIn | RoleChanged, c: AppContext): void {
  const { sessionHash, now } = c.var.clinic
  visitorCookie.clear(c)
  if (error instanceof RoleChanged) {
    if (sessionHash) c.var.visitors.forget(sessionHash)
    return
  }
  if (sessionHash) c.var.visitors.end(sessionHash, now)
  c.set('sessionHasEnded', true)
  sessionCookie.clear(c)
  holdingCookie.clear(c)
}

type Problem =
  | 'notFound'
  | 'forbidden'
  | 'stale'
  | 'crossSite'
  | 'noForm'
  | 'tooMany'
  | 'tooLarge'
  | 'unavailable'
  | 'internal'

/** The codes for the log and the failure counts; the API's, where it has the same problem. */
const codes: Record<Problem, string> = {
  notFound: 'not_found',
  forbidden: 'forbidden',
  stale: 'stale',
  crossSite: 'cross_site',
  noForm: 'no_form',
  tooMany: 'too_many_requests',
  tooLarge: 'too_large',
  unavailable: 'unavailable',
  internal: 'internal',
}

/** Answers a problem page with the request id, by which the log finds the request. */
export function message(
  c: AppContext,
  problem: Problem,
  status: 400 | 403 | 404 | 412 | 413 | 429 | 500 | 503,
  retryAfter?: string,
): Response | Promise<Response> {
  if (retryAfter) c.header('Retry-After', retryAfter)
  const { problems } = c.var.copy
  const frame = frameOf(c)
  const { title, next } = problems[problem]
  const words = { title, next: (frame.isStaff && problems.forStaff[problem]) || next }
  c.set('refusal', codes[problem])
  return c.html(<MessagePage frame={frame} words={words} requestId={c.var.requestId} />, status)
}
