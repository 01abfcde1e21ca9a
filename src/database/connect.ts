import { NeonDbError, neon, neonConfig } from '@neondatabase/serverless'
import { drizzle } from 'drizzle-orm/neon-http'
import type { Settings } from '../env.ts'
import { log } from '../observability/log.ts'
import { observability } from '../observability/settings.ts'
import { statementsIn } from '../observability/statements.ts'
import { currentTrace, traced } from '../observability/trace.ts'
import { createCircuitBreaker, type Tried, TurnedAway } from './circuit-breaker.ts'

type DatabaseSettings = Pick<
  Settings,
  'DATABASE_URL' | 'NEON_BRIDGE_URL' | 'DATABASE_TIME_LIMIT_MS' | 'DATABASE_MOST_TRIPS'
>

/** Milliseconds: enough for a sleeping Neon to wake, and short enough for a person to wait. */
const requestLimitMs = 2_500
/** For jobs and scripts. */
const jobLimitMs = 10_000
/** Beyond this, a trip would wait longer for its turn than a person waits for an answer. */
const mostTrips = 200

/** The smallest query, in the driver's format. */
const smallestQuery = JSON.stringify({ query: 'select 1', params: [] })

const insist = createCircuitBreaker({
  now: Date.now,
  random: Math.random,
  pause: (duration) => new Promise((resolve) => setTimeout(resolve, duration)),
  onChange: (isAway) => log(isAway ? 'warn' : 'info', isAway ? 'database away' : 'database back', {}),
})

/** Opens nothing: every query, and every `db.batch([...])`, is one HTTP request to Neon. */
export function connect(settings: DatabaseSettings) {
  const { DATABASE_TIME_LIMIT_MS, DATABASE_MOST_TRIPS: most = mostTrips } = settings
  neonConfig.fetchFunction = (url: string, init: RequestInit) => {
    const trace = currentTrace()
    const isAwaited = trace !== undefined && trace.door !== 'job'
    const limitMs = DATABASE_TIME_LIMIT_MS ?? (isAwaited ? requestLimitMs : jobLimitMs)
    // Calls outside a request skip the breaker.
    if (!trace) return ask(url, init, limitMs).then(({ answer }) => answer)
    const limits = { limitMs, most, isRepeatable: trace.isRepeatable }
    return insist(limits, {
      make: (leftMs) => timed(init, () => ask(url, init, leftMs)),
      find: (leftMs) =>
        ask(url, { ...init, body: smallestQuery }, leftMs).then(
          ({ isAlive }) => isAlive,
          () => false,
        ),
    })
  }
  if (settings.NEON_BRIDGE_URL) neonConfig.fetchEndpoint = settings.NEON_BRIDGE_URL
  return drizzle(neon(settings.DATABASE_URL))
}

export type Database = ReturnType<typeof connect>

/** The part of a response that the driver uses. */
interface Answer {
  ok: boolean
  status: number
  json(): Promise<unknown>
  text(): Promise<string>
}

async function ask(url: string, init: RequestInit, limitMs: number): Promise<Tried<Answer>> {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(Math.max(1, limitMs)) })
  // Read here, because an answer may break off, and only here does the driver treat an error as "no answer".
  const text = await answer.text()
  const body = answer.status < 500 ? JSON.parse(text) : null
  return {
    answer: { ok: answer.ok, status: answer.status, json: async () => body, text: async () => text },
    ...judge(answer.ok, body?.code),
  }
}

/** 40001 and 40P01 were undone because of another transaction; class 53 and 57P03 never began. */
function judge(ok: boolean, sqlstate: string | undefined): Pick<Tried<unknown>, 'isAlive' | 'again'> {
  if (ok) return { isAlive: true, again: 'never' }
  // A proxy answered, so the effect is unknown.
  if (!sqlstate) return { isAlive: false, again: 'when safe' }
  if (/^40(001|P01)$/.test(sqlstate)) return { isAlive: true, again: 'always' }
  if (/^(53|57P03)/.test(sqlstate)) return { isAlive: false, again: 'always' }
  return /^(08|57P)/.test(sqlstate)
    ? { isAlive: false, again: 'when safe' }
    : { isAlive: true, again: 'never' }
}

async function timed<T>(init: RequestInit, trip: () => Promise<T>): Promise<T> {
  const begun = Date.now()
  try {
    return await trip()
  } finally {
    const tripMs = Date.now() - begun
    const trace = currentTrace()
    if (trace) {
      trace.spent.trips += 1
      trace.spent.tripMs += tripMs
    }
    if (tripMs >= observability.slowTripMs)
      log('warn', 'slow trip', { ...trace?.about(), trip_ms: tripMs, statements: statementsIn(init.body) })
  }
}

/** Runs work whose trips may be repeated, because a second one changes nothing. */
export function repeatably<T>(work: () => Promise<T>): Promise<T> {
  const trace = currentTrace()
  return trace ? traced({ ...trace, isRepeatable: true }, work) : work()
}

/** The driver's error: Drizzle wraps it for a single query, but not for a batch. */
export function databaseErrorIn(error: unknown): NeonDbError | undefined {
  if (error instanceof NeonDbError) return error
  return error instanceof Error && error.cause ? databaseErrorIn(error.cause) : undefined
}

/** Why the database was not asked; undefined if it was. */
export function turnedAway(error: unknown): TurnedAway['why'] | undefined {
  const thrown = databaseErrorIn(error)?.sourceError
  return thrown instanceof TurnedAway ? thrown.why : undefined
}

/**
 * Whether the database did not answer, as opposed to PostgreSQL rejecting the statement. A rejection has a SQLSTATE; of
 * these, classes 53 (no resources), 57P (shutting down), 08 (connection) and 40 (rolled back) still mean "not now", and so
 * do the role's time limits: 57014 (statement) and 25P03 (idle in a transaction).
 */
export function isUnreachable(error: unknown): boolean {
  const fromDatabase = databaseErrorIn(error)
  return (
    fromDatabase !== undefined &&
    (!fromDatabase.code || /^(08|40|53|57P|57014|25P03)/.test(fromDatabase.code))
  )
}
