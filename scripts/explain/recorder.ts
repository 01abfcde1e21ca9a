import { databaseErrorIn } from '../../src/database/connect.ts'
import { startBridge } from '../local/bridge.ts'
import { CannotStart } from '../local/cannot-start.ts'
import type { Explained } from './clinic.ts'
import { type Fault, judge, longestMs } from './judge.ts'
import { buffersOf, type ExecutedPlan, nameOf, nodesOf, ownTime, readPlan } from './plan.ts'

/** What one call to the clinic cost. */
export interface RecordedCall {
  name: string
  trips: number
  statements: number
  /** What PostgreSQL took for all of it. */
  ms: number
  /** Pages of 8 kB that were looked at. */
  buffers: number
  /** The node that took longest by itself. */
  slowest: { node: string; ms: number } | null
  indexes: string[]
  faults: Fault[]
}

/** What is done, without what was refused. */
type Done<T> = T extends { ok: boolean } ? Extract<T, { ok: true }> : T

export type Call = <T>(name: string, work: () => Promise<T>) => Promise<Done<T>>

export interface Recorder {
  bridgeUrl: string
  /** Calls the clinic, and notes what that does. @throws CannotStart when it is refused: it would prove nothing. */
  call: Call
  /** The same for what is to be refused, or thrown. @param reason the refusal, or the name of the error. */
  refused(name: string, reason: string, work: () => Promise<unknown>): Promise<void>
  calls: RecordedCall[]
  /** Every statement that was sent. */
  sent: Set<string>
  stop(): Promise<void>
}

/** Calls that need each other's answers. */
export type Calls = (clinic: Explained, recorder: Recorder) => Promise<void>

/** Opens a bridge of its own. @param large see `judge`. */
export async function openRecorder(large: ReadonlySet<string>): Promise<Recorder> {
  const sent = new Set<string>()
  const calls: RecordedCall[] = []
  let trips = 0
  let statements = 0
  let notices = 0
  let plans: ExecutedPlan[] = []
  const bridge = await startBridge({
    onTrip(queries) {
      trips++
      statements += queries.length
      for (const { query } of queries) sent.add(query)
    },
    onNotice(notice) {
      notices++
      const plan = readPlan(notice)
      if (plan) plans.push(plan)
    },
  })
  const record = async (name: string, work: () => Promise<unknown>) => {
    trips = statements = notices = 0
    plans = []
    const outcome = await work().catch((error) => ({ thrown: error }))
    const cancelled = statementCancelledIn(outcome)
    if (!cancelled && notices === 0) throw new CannotStart(`${name}: PostgreSQL told no plans.`)
    const faults = [...plans.flatMap((plan) => judge(plan, large)), ...(cancelled ? [tooSlow] : [])]
    calls.push({ name, trips, statements, ...sumOf(plans, sent), faults })
    if (cancelled) throw new TooSlow(name)
    return outcome
  }
  return {
    bridgeUrl: bridge.url,
    calls,
    sent,
    async call<T>(name: string, work: () => Promise<T>) {
      const outcome = await record(name, work)
      const reason = reasonIn(outcome)
      if (reason) throw new CannotStart(`${name}: refused (${reason}), so that it proves nothing.`)
      return outcome as Done<T>
    },
    async refused(name, expected, work) {
      const reason = reasonIn(await record(name, work))
      if (reason !== expected) throw new CannotStart(`${name}: ${reason ?? 'done'}, instead of ${expected}.`)
    },
    stop: () => bridge.stop(),
  }
}

/** What follows from a call that took too long cannot be called either. */
export class TooSlow extends Error {}

const tooSlow: Fault = {
  kind: 'too slow',
  table: null,
  rows: 0,
  says: `A statement was cancelled after ${longestMs} ms, and what needs its answer left out.`,
  query: '',
}

function statementCancelledIn(outcome: unknown): boolean {
  const { thrown } = (outcome ?? {}) as { thrown?: unknown }
  return databaseErrorIn(thrown)?.code === '57014'
}

function reasonIn(outcome: unknown): string | null {
  const { ok, refusal, thrown } = (outcome ?? {}) as { ok?: boolean; refusal?: string; thrown?: Error }
  if (thrown) return isTold(thrown) ? thrown.constructor.name : `${thrown.message} ${thrown.cause ?? ''}`
  return ok === false ? (refusal ?? 'without a reason') : null
}

const isTold = (error: Error) => /^(NotFound|NotSignedIn|Forbidden|KeyReused)$/.test(error.constructor.name)

function sumOf(
  plans: ExecutedPlan[],
  sent: ReadonlySet<string>,
): Pick<RecordedCall, 'ms' | 'buffers' | 'slowest' | 'indexes'> {
  const nodes = plans.flatMap(({ root }) => nodesOf(root))
  const timed = nodes.map((node) => ({ node: nameOf(node), ms: ownTime(node) }))
  // What a statement calls is in its own time and pages already.
  const tops = plans.filter(({ query }) => sent.has(query))
  return {
    ms: tops.reduce((sum, { ms }) => sum + ms, 0),
    buffers: tops.reduce((sum, plan) => sum + buffersOf(plan), 0),
    slowest: timed.sort((one, other) => other.ms - one.ms)[0] ?? null,
    indexes: [...new Set(nodes.flatMap((node) => node['Index Name'] ?? []))].sort(),
  }
}
