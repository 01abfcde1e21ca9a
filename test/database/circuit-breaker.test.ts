import { beforeEach, describe, expect, it } from 'vitest'
import { createCircuitBreaker, type Tried, TurnedAway } from '../../src/database/circuit-breaker.ts'

let clock: number
let changes: string[]
let pauses: number[]
/** Whether the database answers a ping. */
let answersPing: () => boolean | Promise<boolean>
let pings: number
let call: <T>(limits: Limits, make: (leftMs: number) => Promise<Tried<T>>) => Promise<T>

beforeEach(() => {
  clock = 1_000_000
  changes = []
  pauses = []
  answersPing = () => false
  pings = 0
  const breaker = createCircuitBreaker({
    now: () => clock,
    random: () => 0.5,
    pause: async (duration) => {
      pauses.push(duration)
      clock += duration
    },
    onChange: (isAway) => changes.push(isAway ? 'away' : 'back'),
  })
  const find = async () => {
    pings += 1
    return answersPing()
  }
  call = (limits, make) => breaker(limits, { make, find })
})

type Limits = Parameters<ReturnType<typeof createCircuitBreaker>>[0]
const limits = { limitMs: 2_500, most: 4, isRepeatable: false }
const repeatable = { ...limits, isRepeatable: true }
const answers = (answer = 'answer') => ({ answer, isAlive: true, again: 'never' }) as const
const noAnswer = () => {
  clock += 10
  return Promise.reject(new Error('no answer'))
}

/** A trip with these outcomes in turn, and the trips made. */
function trips(...outcomes: (() => Promise<Tried<string>> | Tried<string>)[]) {
  const made: number[] = []
  const trip = async (leftMs: number): Promise<Tried<string>> => {
    made.push(leftMs)
    return (outcomes[made.length - 1] ?? answers)()
  }
  return { trip, made }
}

const ask = (trip: () => Promise<Tried<string>> | Tried<string>, as = limits) =>
  call(as, async () => trip()).catch((error: Error) =>
    error instanceof TurnedAway ? error.why : error.message,
  )

async function failFiveTimes() {
  for (let n = 0; n < 5; n++) expect(await ask(noAnswer)).toBe('no answer')
}

describe('a trip without an answer', () => {
  it('is repeated at most twice when safe, after longer pauses', async () => {
    const { trip, made } = trips(noAnswer, noAnswer, () => answers('at last'))
    expect(await call(repeatable, trip)).toBe('at last')
    expect(made).toEqual([2_500, 2_440, 2_330])
    expect(pauses).toEqual([50, 100])
    const never = trips(noAnswer, noAnswer, noAnswer)
    await expect(call(repeatable, never.trip)).rejects.toThrow('no answer')
    expect(never.made).toHaveLength(3)
  })

  it('is not repeated when that is not safe', async () => {
    const { trip, made } = trips(noAnswer)
    await expect(call(limits, trip)).rejects.toThrow('no answer')
    expect(made).toHaveLength(1)
  })

  it('is not repeated when its time is up', async () => {
    const { trip, made } = trips(() => {
      clock += 2_480
      return Promise.reject(new Error('too late'))
    })
    await expect(call(repeatable, trip)).rejects.toThrow('too late')
    expect(made).toHaveLength(1)
  })
})

it('a trip that surely did nothing is repeated even when repeating is not safe', async () => {
  const undone = () => ({ answer: 'deadlock', isAlive: true, again: 'always' }) as const
  const { trip, made } = trips(undone, () => answers('booked'))
  expect(await call(limits, trip)).toBe('booked')
  expect(made).toHaveLength(2)
  expect(await call(limits, trips(undone, undone, undone).trip)).toBe('deadlock')
})

describe('after five trips in a row without an answer', () => {
  beforeEach(failFiveTimes)

  it('it opens when the ping fails too, for a second or two', async () => {
    let asked = 0
    const count = () => {
      asked += 1
      return answers()
    }
    expect(await ask(count)).toBe('away')
    clock += 1_499
    expect(await ask(count)).toBe('away')
    expect([asked, pings, changes]).toEqual([0, 1, ['away']])
    clock += 1
    answersPing = () => true
    expect(await ask(count)).toBe('answer')
    expect(await ask(count)).toBe('answer')
    expect([asked, pings, changes]).toEqual([2, 2, ['away', 'back']])
  })

  it('it stays closed when the ping is answered, as the database is only slow', async () => {
    answersPing = () => true
    expect(await ask(answers)).toBe('answer')
    for (const round of [1, 2]) {
      await failFiveTimes()
      expect([round, await ask(noAnswer), await ask(answers)]).toEqual([round, 'no answer', 'answer'])
    }
    expect([pings, changes]).toEqual([3, []])
  })

  it('one call pings while the others continue', async () => {
    const found = Promise.withResolvers<boolean>()
    answersPing = () => found.promise
    const finder = ask(answers)
    expect(await ask(noAnswer)).toBe('no answer')
    found.resolve(false)
    expect([await finder, pings]).toEqual(['away', 1])
  })

  it('one call pings whether the database is back, and the others do not wait', async () => {
    await ask(answers)
    clock += 1_500
    const found = Promise.withResolvers<boolean>()
    answersPing = () => found.promise
    const finder = ask(() => answers('awake'))
    expect(await ask(answers)).toBe('away')
    found.resolve(true)
    expect(await finder).toBe('awake')
    expect(await ask(answers)).toBe('answer')
  })

  it('a failed ping is followed by another a second or two later', async () => {
    for (const time of ['first', 'second', 'third']) {
      expect([time, await ask(answers)]).toEqual([time, 'away'])
      clock += 1_500
    }
    expect([pings, changes]).toEqual([3, ['away']])
  })

  it('a ping that never returns does not keep the breaker open', async () => {
    await ask(answers)
    clock += 1_500
    answersPing = () => new Promise(() => {})
    void ask(answers)
    expect(await ask(answers)).toBe('away')
    clock += 2_500
    answersPing = () => true
    expect(await ask(answers)).toBe('answer')
  })

  it('a late answer to an earlier trip closes it', async () => {
    answersPing = () => true
    await ask(answers)
    const slow = Promise.withResolvers<Tried<string>>()
    const waiting = ask(() => slow.promise)
    await failFiveTimes()
    answersPing = () => false
    expect(await ask(answers)).toBe('away')
    slow.resolve(answers('late answer'))
    expect(await waiting).toBe('late answer')
    expect(await ask(answers)).toBe('answer')
  })

  it('a clock set back does not prolong it', async () => {
    await ask(answers)
    clock -= 86_400_000
    answersPing = () => true
    expect(await ask(answers)).toBe('answer')
  })
})

it('the fifth call reports its own missing answer', async () => {
  for (let n = 0; n < 4; n++) await ask(noAnswer)
  expect(await ask(noAnswer, repeatable)).toBe('no answer')
  expect([pings, changes]).toEqual([0, []])
})

it('an answer resets the count', async () => {
  for (const round of [1, 2]) {
    for (let n = 0; n < 4; n++) expect([round, await ask(noAnswer)]).toEqual([round, 'no answer'])
    expect(await ask(answers)).toBe('answer')
  }
})

describe('more trips than allowed at once', () => {
  it('are turned away until one ends', async () => {
    const first = Promise.withResolvers<Tried<string>>()
    const waiting = ask(() => first.promise)
    const others = [1, 2, 3].map(() => ask(() => new Promise(() => {})))
    expect(others).toHaveLength(3)
    expect(await ask(answers)).toBe('busy')
    first.resolve(answers())
    await waiting
    expect(await ask(answers)).toBe('answer')
  })

  it('are let in once the earlier ones have timed out', async () => {
    for (let n = 0; n < 4; n++) void ask(() => new Promise(() => {}))
    expect(await ask(answers)).toBe('busy')
    clock += 2_501
    expect(await ask(answers)).toBe('answer')
  })
})
