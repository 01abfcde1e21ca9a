import {
  createEventEnvelope,
  createStackParser,
  dsnFromString,
  type Event,
  getEnvelopeEndpointWithUrlEncodedAuth,
  serializeEnvelope,
} from '@sentry/core'
import { nodeStackLineParser } from '@sentry/core/server'
import type { Cause } from './causes.ts'
import { observability } from './settings.ts'

// Loaded only when something fails. Sentry's own client would also collect what must not leave: this is health data.

/** In milliseconds; only the runtime waits for it. */
const timeLimit = 3_000

const stackParser = createStackParser(nodeStackLineParser())

/**
 * Sends one failure, as its causes and tags.
 *
 * @throws Error unless Sentry has accepted it in time.
 */
export async function sendToSentry(
  dsn: string,
  causes: Cause[],
  about: Record<string, unknown>,
): Promise<void> {
  const project = dsnFromString(dsn)
  if (!project) throw new Error('SENTRY_DSN is not a Sentry DSN.')
  const envelope = createEventEnvelope(toEvent(causes, about), project)
  const answer = await fetch(getEnvelopeEndpointWithUrlEncodedAuth(project), {
    method: 'POST',
    body: serializeEnvelope(envelope) as BodyInit,
    signal: AbortSignal.timeout(timeLimit),
  })
  await answer.body?.cancel()
  if (!answer.ok) throw new Error(`Sentry answered ${answer.status}.`)
}

function toEvent(causes: Cause[], { route, method, ...about }: Record<string, unknown>): Event {
  const values = causes.map(({ name, message, stack }) => ({
    type: name,
    value: message,
    ...(stack && { stacktrace: { frames: stackParser(`${name}\n${stack}`) } }),
  }))
  const { sqlstate, constraint } = causes.find((cause) => cause.sqlstate) ?? {}
  return {
    event_id: crypto.randomUUID().replaceAll('-', ''),
    timestamp: Date.now() / 1000,
    platform: 'javascript',
    release: observability.release,
    environment: observability.environment,
    level: 'error',
    transaction: `${method ?? ''} ${route ?? ''}`.trim(),
    // Sentry lists the innermost first.
    exception: { values: values.toReversed() },
    tags: tagsOf({ ...about, sqlstate, constraint }),
  }
}

/** An object becomes one tag per property: `actor.account_id`. */
function tagsOf(facts: Record<string, unknown>, before = ''): Record<string, string> {
  const written = Object.entries(facts).map(([name, value]) => {
    if (value === undefined || value === null) return {}
    if (typeof value === 'object') return tagsOf(value as Record<string, unknown>, `${before}${name}.`)
    return { [before + name]: String(value) }
  })
  return Object.assign({}, ...written)
}
