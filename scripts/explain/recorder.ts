import { databaseErrorIn } from '../../src/database/connect.ts'
import { startBridge } from '../local/bridge.ts'
import { CannotStart } from '../local/cannot-start.ts'
import type { Explained } from './clinic.ts'
import { type Fault, judge, longestMs } from './judge.ts'
import { buffersOf, type ExecutedPlan, nameOf, nodesOf, ownTime, readPlan } from './plan.ts'

/** The cost of one call. */
export interface RecordedCall {
  name: string
  trips: number
  statements: number
  /** PostgreSQL's time for all statements. */
  ms: number
  /** The 8 kB pages that were read. */
  buffers: number
  /** The node that took longest on its own. */
  slowest: { node: string; ms: number } | null
  indexes: string[]
  faults: Fault[]
}

/** The result without its refusals. */
type Done<T> = T extends { ok: boolean } ? Extract<T, { ok: true }> : T

type Call = <T>(name: string, work: () => Promise<T>) => Promise<Done<T>>

/** Measures calls to the clinic; `await using` closes its bridge. */
export interface Recorder extends AsyncDisposable {
  bridgeUrl: string
  /** Makes and records a call. @throws CannotStart when it is refused, because its plans would prove nothing. */
  call: Call
  /** Records a call that must be refused. @param reason the refusal, or the name of the error. */
  refused(name: string, reason: string, work: () => Promise<unknown>): Promise<void>
  calls: RecordedCall[]
  /** The texts of all statements. */
  sent: Set<string>
}

/** A series of calls that use each other's results. */
export type Calls = (clinic: Explained, recorder: Recorder) => Promise<void>

/** Starts a bridge and records what passes it. @param large see `judge`. */
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
    if (!cancelled && notices === 0) throw new CannotStart(`${name}: PostgreSQL reported no plans.`)
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
      if (reason) throw new CannotStart(`${name}: refused (${reason}), so its plans prove nothing.`)
      return outcome as Done<T>
    },
    async refused(name, expected, work) {
      const reason = reasonIn(await record(name, work))
      if (reason !== expected) throw new CannotStart(`${name}: ${reason ?? 'done'}, instead of ${expected}.`)
    },
    [Symbol.asyncDispose]: () => bridge.stop(),
  }
}

/** Thrown after a timeout: the rest of the series needs the result. */
export class TooSlow extends Error {}

const tooSlow: Fault = {
  kind: 'too slow',
  table: null,
  rows: 0,
  says: `A statement was cancelled after ${longestMs} ms; calls that need its result were skipped.`,
  query: '',
}

function statementCancelledIn(outcome: unknown): boolean {
  const { thrown } = (outcome ?? {}) as { thrown?: unknown }
  return databaseErrorIn(thrown)?.code === '57014'
}

function reasonIn(outcome: unknown): string | null {
  const { ok, refusal, thrown } = (outcome ?? {}) as { ok?: boolean; refusal?: string; thrown?: Error }
  if (thrown) return isExpected(thrown) ? thrown.constructor.name : `${thrown.message} ${thrown.cause ?? ''}`
  return ok === false ? (refusal ?? 'without a reason') : null
}

const isExpected = (error: Error) =>
  /^(NotFound|NotSignedIn|Forbidden|KeyReused|Stale|WouldStrand)$/.test(error.constructor.name)

function sumOf(
  plans: ExecutedPlan[],
  sent: ReadonlySet<string>,
): Pick<RecordedCall, 'ms' | 'buffers' | 'slowest' | 'indexes'> {
  const nodes = plans.flatMap(({ root }) => nodesOf(root))
  const timed = nodes.map((node) => ({ node: nameOf(node), ms: ownTime(node) }))
  // A statement's time and pages include those of the functions that it calls.
  const tops = plans.filter(({ query }) => sent.has(query))
  return {
    ms: tops.reduce((sum, { ms }) => sum + ms, 0),
    buffers: tops.reduce((sum, plan) => sum + buffersOf(plan), 0),
    slowest: timed.sort((one, other) => other.ms - one.ms)[0] ?? null,
    indexes: [...new Set(nodes.flatMap((node) => node['Index Name'] ?? []))].sort(),
  }
}
