import { reportFailure } from './failures.ts'
import { log } from './log.ts'
import { traced } from './trace.ts'

/**
 * Does what nobody has asked for, seen as requests are: one line of what came of it, or of its failure.
 *
 * @param name what is done; its line's message.
 * @returns what the work does, and says so in the line unless it is undefined.
 * @throws what the work throws, once it is reported, so that the runtime knows as well.
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
