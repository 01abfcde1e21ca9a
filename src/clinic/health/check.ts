import { sql } from 'drizzle-orm'
import { turnedAway } from '../../database/connect.ts'
import type { ClinicContext } from '../context.ts'

/** Throws when the database does not answer. */
export async function checkHealth({ db }: Pick<ClinicContext, 'db'>): Promise<void> {
  await db.execute(sql`select 1`)
}

export type DatabaseStatus = 'ok' | 'busy' | 'the database does not answer'

interface Surroundings {
  /** Throws when the database does not answer. */
  check(): Promise<void>
  /** Milliseconds since 1970. */
  now(): number
  onFailure(error: unknown): void
}

/** For how long a result is shared; in milliseconds. */
const freshMs = 1_000
/** A check that has not ended by then never will, because its request was cancelled; longer than a trip takes. */
const lostMs = 15_000
const pauseMs = 20

/**
 * Finds out whether the database answers. All who ask within a second share one trip, so that asking often takes no trips
 * away from the clinic. `busy` means that this isolate has too many trips in flight to make one more.
 */
export function createHealthCheck({ check, now, onFailure }: Surroundings) {
  let status: DatabaseStatus = 'ok'
  let since: number | null = null
  let endedAt = Number.NEGATIVE_INFINITY
  const isUnderWay = () => since !== null && now() - since < lostMs

  async function checkOnce(): Promise<void> {
    since = now()
    try {
      await check()
      status = 'ok'
    } catch (error) {
      onFailure(error)
      status = turnedAway(error) === 'busy' ? 'busy' : 'the database does not answer'
    }
    since = null
    endedAt = now()
  }

  /** @param keep lets the check end even if the client that started it hangs up. */
  return async (keep: (work: Promise<void>) => void): Promise<DatabaseStatus> => {
    if (!isUnderWay() && Math.abs(now() - endedAt) >= freshMs) keep(checkOnce())
    // workerd does not let one request await the promise of another.
    while (isUnderWay()) await new Promise((resolve) => setTimeout(resolve, pauseMs))
    return status
  }
}
