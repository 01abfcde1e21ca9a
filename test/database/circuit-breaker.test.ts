import { beforeEach, describe, expect, it } from 'vitest'
import { createCircuitBreaker, type Tried, TurnedAway } from '../../src/database/circuit-breaker.ts'

let clock: number
let changes: string[]
let pauses: number[]
/** Whether anybody answers the least that can be asked, and how often it was asked. */
let isThere: () => boolean | Promise<boolean>
let finds: number
let insist: <T>(limits: Limits, make: (leftMs: number) => Promise<Tried<T>>) => Promise<T>

beforeEach(() => {
  clock = 1_000_000
  changes = []
  pauses = []
  isThere = () => false
  finds = 0
  const patience = createCircuitBreaker({
    now: () => clock,
    random: () => 0.5,
    pause: async (duration) => {
      pauses.push(duration)
      clock += duration
    },
    onChange: (isAway) => changes.push(isAway ? 'away' : 'back'),
  })
  const find = async () => {
    finds += 1
    return isThere()
  }
  insist = (limits, make) => patience(limits, { make, find })
})

type Limits = Parameters<ReturnType<typeof createCircuitBreaker>>[0]
const limits = { limitMs: 2_500, most: 4, isRepeatable: false }
const repeatable = { ...limits, isRepeatable: true }
const answers = (answer = 'answer') => ({ answer, isAlive: true, again: 'never' }) as const
const silence = () => {
  clock += 10
  return Promise.reject(new Error('nobody answered'))
}

/** Trips that go one after the other as written, and how many were made. */
function trips(...outcomes: (() => Promise<Tried<string>> | Tried<string>)[]) {
  const made: number[] = []
  const trip = async (leftMs: number): Promise<Tried<string>> => {
    made.push(leftMs)
    return (outcomes[made.length - 1] ?? answers)()
  }
  return { trip, made }
}

const ask = (trip: () => Promise<Tried<string>> | Tried<string>, as = limits) =>
  insist(as, async () => trip()).catch((error: Error) =>
    error instanceof TurnedAway ? error.why : error.message,
  )

async function fiveSilences() {
  for (let n = 0; n < 5; n++) expect(await ask(silence)).toBe('nobody answered')
}

describe('a trip that nobody answered', () => {
  it('is made again when that is safe, twice at most, each time after a longer pause', async () => {
    const { trip, made } = trips(silence, silence, () => answers('at last'))
    expect(await insist(repeatable, trip)).toBe('at last')
    expect(made).toEqual([2_500, 2_440, 2_330])
    expect(pauses).toEqual([50, 100])
    const never = trips(silence, silence, silence)
    await expect(insist(repeatable, never.trip)).rejects.toThrow('nobody answered')
    expect(never.made).toHaveLength(3)
  })

  it('is not made again when it could do something twice', async () => {
    const { trip, made } = trips(silence)
    await expect(insist(limits, trip)).rejects.toThrow('nobody answered')
    expect(made).toHaveLength(1)
  })

  it('is not made again when its time is over', async () => {
    const { trip, made } = trips(() => {
      clock += 2_480
      return Promise.reject(new Error('too late'))
    })
    await expect(insist(repeatable, trip)).rejects.toThrow('too late')
    expect(made).toHaveLength(1)
  })
})

it('what surely did nothing is made again, also where nothing is safe', async () => {
  const undone = () => ({ answer: 'deadlock', isAlive: true, again: 'always' }) as const
  const { trip, made } = trips(undone, () => answers('booked'))
  expect(await insist(limits, trip)).toBe('booked')
  expect(made).toHaveLength(2)
  expect(await insist(limits, trips(undone, undone, undone).trip)).toBe('deadlock')
})

describe('after five silences in a row', () => {
  beforeEach(fiveSilences)

  it('where nobody answers the least either, everybody is turned away at once, until a second or two have passed', async () => {
    let asked = 0
    const count = () => {
      asked += 1
      return answers()
    }
    expect(await ask(count)).toBe('away')
    clock += 1_499
    expect(await ask(count)).toBe('away')
    expect([asked, finds, changes]).toEqual([0, 1, ['away']])
    clock += 1
    isThere = () => true
    expect(await ask(count)).toBe('answer')
    expect(await ask(count)).toBe('answer')
    expect([asked, finds, changes]).toEqual([2, 2, ['away', 'back']])
  })

  it('where the least is answered, nobody is turned away: what was asked is only slow', async () => {
    isThere = () => true
    expect(await ask(answers)).toBe('answer')
    for (const round of [1, 2]) {
      await fiveSilences()
      expect([round, await ask(silence), await ask(answers)]).toEqual([round, 'nobody answered', 'answer'])
    }
    expect([finds, changes]).toEqual([3, []])
  })

  it('one alone finds out, and the others go on meanwhile', async () => {
    const found = Promise.withResolvers<boolean>()
    isThere = () => found.promise
    const finder = ask(answers)
    expect(await ask(silence)).toBe('nobody answered')
    found.resolve(false)
    expect([await finder, finds]).toEqual(['away', 1])
  })

  it('one alone finds out whether it is back, and the others do not wait for it', async () => {
    await ask(answers)
    clock += 1_500
    const found = Promise.withResolvers<boolean>()
    isThere = () => found.promise
    const finder = ask(() => answers('awake'))
    expect(await ask(answers)).toBe('away')
    found.resolve(true)
    expect(await finder).toBe('awake')
    expect(await ask(answers)).toBe('answer')
  })

  it('one that finds nobody is followed by another, a second or two later', async () => {
    for (const time of ['first', 'second', 'third']) {
      expect([time, await ask(answers)]).toEqual([time, 'away'])
      clock += 1_500
    }
    expect([finds, changes]).toEqual([3, ['away']])
  })

  it('one that is never heard of again does not keep the others out', async () => {
    await ask(answers)
    clock += 1_500
    isThere = () => new Promise(() => {})
    void ask(answers)
    expect(await ask(answers)).toBe('away')
    clock += 2_500
    isThere = () => true
    expect(await ask(answers)).toBe('answer')
  })

  it('a trip from before that is answered after all ends it', async () => {
    isThere = () => true
    await ask(answers)
    const slow = Promise.withResolvers<Tried<string>>()
    const waiting = ask(() => slow.promise)
    await fiveSilences()
    isThere = () => false
    expect(await ask(answers)).toBe('away')
    slow.resolve(answers('here I am'))
    expect(await waiting).toBe('here I am')
    expect(await ask(answers)).toBe('answer')
  })

  it('a clock that is set back does not prolong it', async () => {
    await ask(answers)
    clock -= 86_400_000
    isThere = () => true
    expect(await ask(answers)).toBe('answer')
  })
})

it('whoever was the fifth is told of their own silence, and not that they were turned away', async () => {
  for (let n = 0; n < 4; n++) await ask(silence)
  expect(await ask(silence, repeatable)).toBe('nobody answered')
  expect([finds, changes]).toEqual([0, []])
})

it('four silences, an answer, and four more turn nobody away', async () => {
  for (const round of [1, 2]) {
    for (let n = 0; n < 4; n++) expect([round, await ask(silence)]).toEqual([round, 'nobody answered'])
    expect(await ask(answers)).toBe('answer')
  }
})

describe('more trips than may be under way', () => {
  it('are turned away, until one is over', async () => {
    const first = Promise.withResolvers<Tried<string>>()
    const waiting = ask(() => first.promise)
    const others = [1, 2, 3].map(() => ask(() => new Promise(() => {})))
    expect(others).toHaveLength(3)
    expect(await ask(answers)).toBe('busy')
    first.resolve(answers())
    await waiting
    expect(await ask(answers)).toBe('answer')
  })

  it('do not keep the room of those who have hung up for ever', async () => {
    for (let n = 0; n < 4; n++) void ask(() => new Promise(() => {}))
    expect(await ask(answers)).toBe('busy')
    clock += 2_501
    expect(await ask(answers)).toBe('answer')
  })
})
