import { setTimeout as pause } from 'node:timers/promises'
import type { Actors } from './actors.ts'
import { beganAt, type LoggedRequest } from './read-log.ts'

export interface Outcome {
  request: LoggedRequest
  /** 0 if there was no answer within 30 seconds. */
  status: number
  /** The `code` of an API refusal. */
  refusal?: string | undefined
  /** Measured here, until the last byte. */
  ms: number
}

interface Wishes {
  origin: string
  actors: Pick<Actors, 'headersFor'>
  /** Replays this many times as fast as the original, overlapping as it did; without it, one after another without pauses. */
  speed?: number | undefined
}

/**
 * Why a request cannot be sent again; null if it can.
 *
 * @param writes whether to send requests that change something and need no body.
 */
export function reasonNotToSend(
  { method, door, route, path }: LoggedRequest,
  writes: boolean,
): string | null {
  if (path.includes('…')) return 'part of the address is not in the log'
  if (['GET', 'HEAD'].includes(method)) return null
  const needsBody = method !== 'DELETE' && !/\/(arrival|completion|no-show|extension)$/.test(route)
  if (needsBody || door !== 'api') return 'changes something, and its body was not logged'
  return writes ? null : 'changes something; sent with --writes'
}

/** Sends the requests in order, each with its original identity, and with its original request id as the client's own. */
export async function send(requests: LoggedRequest[], { origin, actors, speed }: Wishes): Promise<Outcome[]> {
  const outcomes: Promise<Outcome>[] = []
  const begun = performance.now()
  const [first] = requests
  for (const [index, request] of requests.entries()) {
    if (speed && first) {
      const due = begun + (beganAt(request) - beganAt(first)) / speed
      await pause(Math.max(0, due - performance.now()))
    }
    const headers = {
      'X-Request-Id': request.request_id,
      // A different address each (RFC 3849), or the rate limit per address would stop them.
      'CF-Connecting-IP': `2001:db8::${(index >>> 16).toString(16)}:${(index & 0xffff).toString(16)}`,
      ...(await actors.headersFor(request)),
    }
    const outcome = ask(origin, request, headers)
    outcomes.push(outcome)
    if (!speed) await outcome
  }
  return Promise.all(outcomes)
}

async function ask(
  origin: string,
  request: LoggedRequest,
  headers: Record<string, string>,
): Promise<Outcome> {
  const { method, path } = request
  for (;;) {
    const started = performance.now()
    const init = { method, headers, redirect: 'manual', signal: AbortSignal.timeout(30_000) } as const
    const answer = await fetch(origin + path, init).catch(() => null)
    const body = await answer?.text().catch(() => null)
    const ms = performance.now() - started
    if (!answer || body === null) return { request, status: 0, ms }
    if (answer.status !== 429 || request.status === 429)
      return { request, status: answer.status, refusal: codeIn(answer, body), ms }
    await pause(Number(answer.headers.get('Retry-After') ?? 1) * 1000)
  }
}

function codeIn({ headers }: Response, body: string | undefined): string | undefined {
  if (!headers.get('Content-Type')?.startsWith('application/problem+json') || !body) return undefined
  return JSON.parse(body).code
}
