import type { Sent } from './channel.ts'

/** How long a provider may take to answer, in milliseconds. */
export const patience = 10_000

export interface Answer {
  status: number
  /** Parsed JSON; null if it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: each provider has its own fields
  body: any
  retryAfterSeconds?: number
}

/** Asks a provider's HTTP API and reads its answer. Never throws; says so when there is no answer in time. */
export async function askProvider(
  url: string,
  request: RequestInit,
  timeLimitMs: number,
  read: (answer: Answer) => Sent,
): Promise<Sent> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(timeLimitMs) })
    const after = secondsIn(response.headers.get('Retry-After'))
    const body = parse(await response.text())
    return read({ status: response.status, body, ...(after && { retryAfterSeconds: after }) })
  } catch (error) {
    return noAnswer((error as Error).name === 'TimeoutError')
  }
}

export function noAnswer(isLate: boolean): Sent {
  const reason = isLate ? 'The provider did not answer in time.' : 'The connection to the provider broke.'
  return { outcome: 'failed', reason }
}

/** For work that takes no signal. */
export function noAnswerAfter(timeLimitMs: number): Promise<Sent> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(noAnswer(true)), timeLimitMs)
  })
}

/** Refused for good, or failed for now. */
export function turnedDown(
  isForGood: boolean,
  { status, retryAfterSeconds }: Pick<Answer, 'status' | 'retryAfterSeconds'>,
  code?: unknown,
): Sent {
  const reason = `The provider answered ${status}${codeOf(code)}.`
  if (isForGood) return { outcome: 'refused', reason }
  return { outcome: 'failed', reason, ...(retryAfterSeconds && { retryAfterSeconds }) }
}

/** A provider's code names no address; anything longer might. */
function codeOf(code: unknown): string {
  return /^\w{1,50}$/.test(String(code ?? '')) ? ` ${code}` : ''
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** RFC 9110, 10.2.3: seconds or a date. */
function secondsIn(retryAfter: string | null): number | null {
  if (!retryAfter) return null
  const seconds = /^\d+$/.test(retryAfter)
    ? Number(retryAfter)
    : Math.ceil((Date.parse(retryAfter) - Date.now()) / 1000)
  return seconds > 0 ? Math.min(seconds, 86_400) : null
}
