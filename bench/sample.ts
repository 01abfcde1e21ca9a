import { type Ask, unlike } from './load.ts'
import { type Spent, watch } from './processor-time.ts'
import type { Site } from './stage.ts'
import { median, percentile } from './statistics.ts'

/** One round of one kind of request. */
export interface Sample {
  requests: number
  perSecond: number
  /** In milliseconds. */
  least: number
  p50: number
  p95: number
  p99: number
  /** Unexpected answers, by status and code. */
  unexpected: Record<string, number>
  /** CPU milliseconds per request. */
  processor: Spent
  /** The load generator's share of one CPU. */
  generatorShare: number
  /** Per request, over the bridge. */
  trips: number
  statements: number
  bytes: number
}

export interface Sampling {
  clients: number
  seconds: number
  next: () => Ask | undefined
  expected: number
}

/** @throws Error when no answer was as expected: nothing was measured then. */
export async function takeSample(site: Site, { expected, ...load }: Sampling): Promise<Sample> {
  await site.bridge.take()
  const spent = watch({
    workerd: site.worker.pid,
    bridge: site.bridge.pid,
    postgres: site.database.server.pid,
  })
  const ran = await site.client.run(load)
  const { generator, ...others } = spent()
  const carried = await site.bridge.take()
  const unexpected = unlike(expected, ran.answers)
  if (!ran.answers[expected])
    throw new Error(
      `No request was answered with ${expected}: ${JSON.stringify(unexpected)}. Nothing was measured.`,
    )
  const each = (total: number) => total / Math.max(1, ran.requests)
  const processor = { ...others, generator }
  return {
    requests: ran.requests,
    perSecond: ran.perSecond,
    least: Math.min(...ran.milliseconds),
    p50: percentile(ran.milliseconds, 50),
    p95: percentile(ran.milliseconds, 95),
    p99: percentile(ran.milliseconds, 99),
    unexpected,
    processor: Object.fromEntries(
      Object.entries(processor).map(([name, seconds]) => [name, each(seconds * 1000)]),
    ) as Spent,
    generatorShare: generator / ran.seconds,
    trips: each(carried.trips),
    statements: each(carried.statements),
    bytes: each(carried.bytes),
  }
}

export type Rounds<Name extends string> = Record<Name, Sample[]>

/**
 * Measures each thing once per round, so that a slow phase of the machine affects all; every other round runs backwards. A
 * shorter round beforehand warms everything up and is not counted.
 */
export async function interleave<Name extends string>(
  rounds: number,
  things: Record<Name, (warming: boolean) => Promise<Sample>>,
): Promise<Rounds<Name>> {
  const names = Object.keys(things) as Name[]
  const taken = Object.fromEntries(names.map((name) => [name, [] as Sample[]])) as Rounds<Name>
  for (const name of names) await things[name](true)
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed())
      taken[name].push(await things[name](false))
  }
  return taken
}

type Quantity =
  | 'perSecond'
  | 'least'
  | 'p50'
  | 'p95'
  | 'p99'
  | 'trips'
  | 'statements'
  | 'bytes'
  | 'generatorShare'

/** The median over the rounds. */
export const middle = (samples: Sample[], of: Quantity) => median(samples.map((sample) => sample[of]))

export const middleProcessor = (samples: Sample[], of: keyof Spent) =>
  median(samples.map(({ processor }) => processor[of]))

/** The unexpected answers of all rounds. */
export function unexpectedIn(samples: Sample[]): Record<string, number> {
  const all: Record<string, number> = {}
  for (const { unexpected } of samples)
    for (const [said, times] of Object.entries(unexpected)) all[said] = (all[said] ?? 0) + times
  return all
}
