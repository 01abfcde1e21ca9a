import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  addTags,
  confirmed,
  emptyQueue,
  everyPage,
  nextCallAt,
  type PurgeQueue,
  refused,
  takeTags,
} from '../../src/edge/purge-queue.ts'
import { seed } from '../support/seed.ts'

const start = 1_800_000_000_000
const minute = 60_000

interface Change {
  /** In milliseconds after the start. */
  at: number
  tags: string[]
}

interface Call {
  at: number
  tags: string[]
  accepted: boolean
}

/**
 * The purge calls that these changes cause, on a clock that jumps to the next alarm or change.
 *
 * @param answer what the call with this number gets; `lost` when the caller dies first.
 * @param takes how long a call takes, in milliseconds.
 */
function run(
  changes: Change[],
  answer: (call: number) => 'accepted' | 'refused' | 'lost' = () => 'accepted',
  takes = 50,
): Call[] {
  const coming = changes.toSorted((one, other) => one.at - other.at)
  const calls: Call[] = []
  let [queue, now] = [emptyQueue, start]
  const addUntil = (at: number) => {
    for (let next = coming[0]; next && start + next.at <= at; next = coming[0]) {
      coming.shift()
      queue = addTags(queue, next.tags, start + next.at)
    }
  }
  const call = () => {
    const { queue: taken, tags } = takeTags(queue, now)
    expect(tags, 'an alarm that finds nothing to do').not.toEqual([])
    const outcome = answer(calls.length)
    calls.push({ at: now - start, tags, accepted: outcome === 'accepted' })
    queue = taken
    now += takes
    addUntil(now)
    if (outcome === 'accepted') queue = confirmed(queue)
    if (outcome === 'refused') queue = refused(queue, now)
  }
  while (calls.length < 1_000) {
    // What a restart would find.
    queue = JSON.parse(JSON.stringify(queue))
    const alarm = nextCallAt(queue, now) ?? Number.POSITIVE_INFINITY
    const change = coming[0] ? start + coming[0].at : Number.POSITIVE_INFINITY
    now = Math.max(now, Math.min(alarm, change))
    if (now === Number.POSITIVE_INFINITY) return calls
    if (change <= alarm) addUntil(now)
    else call()
  }
  throw new Error('a thousand calls, and no end')
}

/** The tags that were not purged after their last change. */
function missed(changes: Change[], calls: Call[]): string[] {
  const last = new Map(
    changes
      .toSorted((one, other) => one.at - other.at)
      .flatMap(({ at, tags }) => tags.map((tag) => [tag, at])),
  )
  return [...last].flatMap(([tag, at]) => {
    const purged = calls.some(
      (call) => call.accepted && call.at >= at && (call.tags.includes(tag) || call.tags.includes(everyPage)),
    )
    return purged ? [] : [tag]
  })
}

function mostInAMinute(calls: Call[]): number {
  return Math.max(0, ...calls.map(({ at }) => calls.filter((c) => c.at >= at && c.at < at + minute).length))
}

/** Always the same "random" numbers below a bound. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const tag = fc.integer({ min: 1, max: 300 }).map((id) => `doctor-${id}`)
const changes = (max: number, within: number) =>
  fc.array(fc.record({ at: fc.nat(within), tags: fc.uniqueArray(tag, { minLength: 1, maxLength: 8 }) }), {
    maxLength: max,
  })
const answers = fc.array(fc.constantFrom('accepted', 'accepted', 'refused', 'lost'), { maxLength: 30 })

it.each([1, 2, 3])('500 changes in a minute cause at most 25 purges and miss none (%i)', (seed) => {
  const below = numbers(seed)
  const random = Array.from({ length: 500 }, () => ({
    at: below(minute),
    tags: [`doctor-${below(40)}`, `doctor-${below(40)}-day-${below(30)}`],
  }))
  const calls = run(random)
  expect(calls.length).toBeLessThanOrEqual(25)
  expect(calls.length).toBeGreaterThan(10)
  expect(missed(random, calls)).toEqual([])
})

it('no minute has more than 25 calls of 100 tags and nothing is missed, whatever happens', () => {
  fc.assert(
    fc.property(changes(200, 3 * minute), answers, fc.nat(9_000), (random, outcomes, takes) => {
      const calls = run(random, (call) => outcomes[call] ?? 'accepted', takes)
      expect(missed(random, calls)).toEqual([])
      expect(mostInAMinute(calls)).toBeLessThanOrEqual(25)
      expect(Math.max(0, ...calls.map(({ tags }) => tags.length))).toBeLessThanOrEqual(100)
      expect(calls.every(({ tags }) => new Set(tags).size === tags.length)).toBe(true)
    }),
    { numRuns: 100, seed },
  )
})

it('steady changes use at most 25 calls a minute and wait at most 15 seconds', () => {
  const steady = Array.from({ length: 3_000 }, (_, i) => ({ at: i * 200, tags: [`doctor-${i}`] }))
  const calls = run(steady)
  expect(missed(steady, calls)).toEqual([])
  expect(mostInAMinute(calls)).toBeLessThanOrEqual(25)
  const gaps = calls.slice(1).map(({ at }, i) => at - (calls[i]?.at ?? 0))
  expect(Math.max(...gaps)).toBeLessThanOrEqual(15_000)
})

it('bursts of 500 tags use at most 25 calls a minute', () => {
  const bursts = [0, 10, 20, 30, 40, 50].map((second) => ({
    at: second * 1_000,
    tags: Array.from({ length: 500 }, (_, i) => `doctor-${second}-${i}`),
  }))
  const calls = run(bursts)
  expect(missed(bursts, calls)).toEqual([])
  expect(mostInAMinute(calls)).toBeLessThanOrEqual(25)
  expect(mostInAMinute(calls)).toBeGreaterThan(20)
})

it('the first change waits a second for others to join it', () => {
  const calls = run([
    { at: 0, tags: ['a', 'b'] },
    { at: 900, tags: ['c', 'a'] },
    { at: 1_001, tags: ['d'] },
  ])
  expect(calls.map(({ at, tags }) => [at, tags])).toEqual([
    [1_000, ['a', 'b', 'c']],
    [2_001, ['d']],
  ])
})

it('an empty queue sets no alarm', () => {
  expect(nextCallAt(emptyQueue, start)).toBeNull()
  expect(nextCallAt(addTags(emptyQueue, [], start), start)).toBeNull()
  expect(takeTags(emptyQueue, start).tags).toEqual([])
})

it('nothing is taken before it is due', () => {
  const queue = addTags(emptyQueue, ['a'], start)
  expect(takeTags(queue, start + 999)).toEqual({ queue, tags: [] })
})

it('a refused call is repeated after 15 and 30 seconds and then every minute, with new tags', () => {
  const random = [
    { at: 0, tags: ['a'] },
    { at: 2_000, tags: ['b'] },
  ]
  const calls = run(random, (call) => (call < 5 ? 'refused' : 'accepted'), 0)
  const times = calls.map(({ at }) => at)
  expect(times).toEqual([1_000, 16_000, 46_000, 106_000, 166_000, 226_000])
  expect(calls.map(({ tags }) => tags)).toEqual([['a'], ...Array(5).fill(['a', 'b'])])
})

it('a refusal slows calls down, and an accepted call resets the refusals', () => {
  const [refusedOnce, twice] = [0, 2]
  const calls = run(
    [0, 20_000, 600_000].map((at) => ({ at, tags: ['a'] })),
    (call) => (call === refusedOnce || call === twice ? 'refused' : 'accepted'),
    0,
  )
  const times = calls.map(({ at }) => at)
  expect(times.slice(0, 2)).toEqual([1_000, 16_000])
  expect(times[2]).toBeGreaterThan(30_000)
  expect((times[3] ?? 0) - (times[2] ?? 0)).toBe(15_000)
  expect(times.slice(4)).toEqual([601_000])
})

it('a call whose answer was lost is repeated', () => {
  const calls = run([{ at: 0, tags: ['a'] }], (call) => (call === 0 ? 'lost' : 'accepted'))
  expect(calls.map(({ at, tags }) => [at, tags])).toEqual([
    [1_000, ['a']],
    [16_000, ['a']],
  ])
})

it('more than a hundred tags take several calls in turn', () => {
  const many = Array.from({ length: 250 }, (_, i) => `doctor-${i}`)
  const calls = run([{ at: 0, tags: many }])
  expect(calls.map(({ at, tags }) => [at, tags.length])).toEqual([
    [1_000, 100],
    [1_050, 100],
    [1_100, 50],
  ])
  expect(calls.flatMap(({ tags }) => tags)).toEqual(many)
})

it('a tag that changes during its purge is purged again', () => {
  const calls = run(
    [
      { at: 0, tags: ['a', 'b'] },
      { at: 1_020, tags: ['a'] },
    ],
    () => 'accepted',
    50,
  )
  expect(calls.map(({ at, tags }) => [at, tags])).toEqual([
    [1_000, ['a', 'b']],
    [2_020, ['a']],
  ])
})

it('more than a thousand tags become the tag of every page', () => {
  const many = Array.from({ length: 1_000 }, (_, i) => `doctor-${i}`)
  const full = addTags(emptyQueue, many, start)
  expect(full.waiting).toHaveLength(1_000)
  const over = addTags(full, ['one-more'], start)
  expect(over.waiting).toEqual([everyPage])
  expect(addTags(over, ['another'], start).waiting).toEqual([everyPage])
})

it('a change while every page is purged is purged again', () => {
  const { queue } = takeTags(addTags(emptyQueue, [everyPage], start), start + 1_000)
  const again = confirmed(addTags(queue, ['a'], start + 1_001))
  expect(takeTags(again, start + minute).tags).toEqual(['a'])
})

it('calls slow down as the bucket empties', () => {
  const left = (calls: number): PurgeQueue => ({ ...emptyQueue, fullAt: start + (20 - calls) * 12_000 })
  const waits = [20, 10, 5, 1, 0].map((calls) => {
    const due = nextCallAt(addTags(left(calls), ['a'], start), start)
    return (due ?? 0) - start
  })
  expect(waits).toEqual([1_000, 1_000, 6_500, 10_900, 12_000])
})
