import { reportFailure } from './failures.ts'
import { log } from './log.ts'
import { traced } from './trace.ts'

/**
 * Runs a job with one log line for its outcome or its failure, as a request has.
 *
 * @param name the `route` of its line.
 * @returns what the work returns; unless undefined, it is part of the line.
 * @throws what the work throws, after reporting it, so that the runtime sees the failure as well.
 */
export function logJob<T extends object | undefined>(
  name: string,
  { requestId, waitUntil }: { requestId: string; waitUntil(work: Promise<unknown>): void },
  work: () => Promise<T>,
): Promise<T> {
  const begun = Date.now()
  const spent = { trips: 0, tripMs: 0 }
  const about = () => ({ route: name, actor: { kind: 'system' } })
  return traced({ requestId, door: 'job', spent, isRepeatable: false, about, waitUntil }, async () => {
    try {
      const outcome = await work()
      const { trips, tripMs } = spent
      if (outcome)
        log('info', 'job', {
          ...about(),
          duration_ms: Date.now() - begun,
          trips,
          trip_ms: tripMs,
          ...outcome,
        })
      return outcome
    } catch (error) {
      reportFailure(error)
      throw error
    }
  })
}
