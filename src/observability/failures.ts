import { turnedAway } from '../database/connect.ts'
import { type Cause, causesOf } from './causes.ts'
import { log } from './log.ts'
import { observability } from './settings.ts'
import { currentTrace } from './trace.ts'

/** Whatever fails, Sentry is not asked more often by one isolate: what it would be told is in the log. */
const mostAMinute = 30

/**
 * Writes a failure of ours to the log, as one line, at the door where it ended; then tells Sentry, after the answer. What
 * was turned away while the database is known to be away or busy is no news: a line, and nobody is told.
 */
export function reportFailure(error: unknown): void {
  const trace = currentTrace()
  const about = trace?.about() ?? {}
  const why = turnedAway(error)
  if (why) {
    log('warn', 'turned away', { ...about, why })
    return
  }
  const causes = causesOf(error)
  // First: also when Sentry is away somebody can read of it.
  log('error', 'failure', { ...about, causes, trips: trace?.spent.trips, trip_ms: trace?.spent.tripMs })
  if (observability.sentryDsn && trace && mayTell()) {
    const { requestId: request_id, door } = trace
    trace.waitUntil(tellSentry(observability.sentryDsn, causes, { request_id, door, ...about }))
  }
}

let [minute, told] = [0, 0]

function mayTell(): boolean {
  const now = Math.floor(Date.now() / 60_000)
  if (now !== minute) [minute, told] = [now, 0]
  told += 1
  return told <= mostAMinute
}

async function tellSentry(dsn: string, causes: Cause[], about: Record<string, unknown>): Promise<void> {
  try {
    // The answer leaves before this is even loaded.
    await new Promise((resolve) => setTimeout(resolve, 0))
    const { sendToSentry } = await import('./sentry.ts')
    await sendToSentry(dsn, causes, about)
  } catch (error) {
    log('warn', 'Sentry was not told', { causes: causesOf(error) })
  }
}
