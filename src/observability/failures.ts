import { turnedAway } from '../database/connect.ts'
import { type Cause, causesOf } from './causes.ts'
import { log } from './log.ts'
import { observability } from './settings.ts'
import { currentTrace } from './trace.ts'

/** What one isolate sends to Sentry at most; the log has every failure. */
const mostAMinute = 30

/**
 * Logs an error that a door did not expect, in one line, and sends it to Sentry after the answer. A request that was turned
 * away because the database is away or busy gets a warning only: its cause was reported already.
 */
export const reportFailure = createFailureReporter(Date.now)

/** @param now milliseconds since 1970. */
export function createFailureReporter(now: () => number): (error: unknown) => void {
  const mayNotify = limitPerMinute(mostAMinute, now)
  return (error) => {
    const trace = currentTrace()
    const about = trace?.about() ?? {}
    const why = turnedAway(error)
    if (why) {
      log('warn', 'turned away', { ...about, why })
      return
    }
    const causes = causesOf(error)
    // The log line comes first, in case Sentry is away too.
    log('error', 'failure', { ...about, causes, trips: trace?.spent.trips, trip_ms: trace?.spent.tripMs })
    if (observability.sentryDsn && trace && mayNotify()) {
      const { requestId: request_id, door } = trace
      trace.waitUntil(notifySentry(observability.sentryDsn, causes, { request_id, door, ...about }))
    }
  }
}

/** Returns whether one more is allowed in this calendar minute, and counts it. */
function limitPerMinute(most: number, now: () => number): () => boolean {
  let [minute, used] = [0, 0]
  return () => {
    const current = Math.floor(now() / 60_000)
    if (current !== minute) [minute, used] = [current, 0]
    used += 1
    return used <= most
  }
}

async function notifySentry(dsn: string, causes: Cause[], about: Record<string, unknown>): Promise<void> {
  try {
    // Lets the answer leave before the client is even loaded.
    await new Promise((resolve) => setTimeout(resolve, 0))
    const { sendToSentry } = await import('./sentry.ts')
    await sendToSentry(dsn, causes, about)
  } catch (error) {
    log('warn', 'Sentry not notified', { causes: causesOf(error) })
  }
}
