import { CloudflareClient } from '@sentry/cloudflare'
import { createStackParser, createTransport, type Event } from '@sentry/core'
import { nodeStackLineParser } from '@sentry/core/server'
import type { Cause } from './causes.ts'
import { observability } from './settings.ts'

// Loaded only when something fails: Sentry's own wrapper would cost every request.

/** In milliseconds; only the runtime waits for it. */
const timeLimit = 3_000

/** This is health data: collect nothing, and send only what is written below. */
const nothing = {
  userInfo: false,
  cookies: false,
  httpHeaders: { request: { allow: ['user-agent', 'cf-ray'] }, response: false },
  httpBodies: [],
  urlQueryParams: false,
  databaseQueryData: false,
  queues: false,
  stackFrameVariables: false,
}

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
  let accepted = false
  const client = new CloudflareClient({
    dsn,
    release: observability.release,
    environment: observability.environment,
    integrations: [],
    stackParser,
    dataCollection: nothing,
    sendClientReports: false,
    // One per failure: I/O of one request must not wait for another's.
    transport: (options) =>
      createTransport(options, async ({ body }) => {
        const signal = AbortSignal.timeout(timeLimit)
        const answer = await fetch(options.url, { method: 'POST', body: body as BodyInit, signal })
        await answer.body?.cancel()
        accepted = answer.ok
        return { statusCode: answer.status }
      }),
  })
  client.captureEvent(toEvent(causes, about))
  await client.flush(timeLimit)
  client.dispose()
  if (!accepted) throw new Error('Sentry did not accept the failure.')
}

function toEvent(causes: Cause[], { route, method, ...about }: Record<string, unknown>): Event {
  const values = causes.map(({ name, message, stack }) => ({
    type: name,
    value: message,
    ...(stack && { stacktrace: { frames: stackParser(`${name}\n${stack}`) } }),
  }))
  const { sqlstate, constraint } = causes.find((cause) => cause.sqlstate) ?? {}
  return {
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
