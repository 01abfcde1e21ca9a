/** The database was not asked, because it is known to be away or has too much to do. */
export class TurnedAway extends Error {
  readonly why: 'away' | 'busy'

  constructor(why: 'away' | 'busy') {
    super(`The database is ${why}.`)
    this.why = why
  }
}

export interface Surroundings {
  /** Milliseconds since 1970. */
  now(): number
  /** In [0, 1). */
  random(): number
  /** Milliseconds. */
  pause(duration: number): Promise<void>
  /** Called when the database is found to be away, and when it is back. */
  onChange?(isAway: boolean): void
}

/** The outcome of a trip. */
export interface Tried<T> {
  answer: T
  /** Whether the database itself answered and can take more work. */
  isAlive: boolean
  /** Whether to repeat it. `always`: it certainly changed nothing; `when safe`: its effect is unknown. */
  again: 'always' | 'when safe' | 'never'
}

interface Limits {
  /** For all tries together, in milliseconds. */
  limitMs: number
  /** How many trips may be in flight. */
  most: number
  /** Whether two trips have the same effect as one. */
  isRepeatable: boolean
}

/** Both functions get the time they have left, in milliseconds. */
interface Trip<T> {
  /** Rejects when no answer arrives. */
  make(leftMs: number): Promise<Tried<T>>
  /** Sends the smallest possible query the same way, to see whether the database answers. Never rejects. */
  find(leftMs: number): Promise<boolean>
}

/** After this many unanswered trips in a row the database may be away, or only slow at what was asked. */
const tolerated = 5
/** Milliseconds before the next check whether it is back; up to twice as long, at random. */
const restMs = 1_000
const mostTries = 3
/** The longest wait before the second try, in milliseconds; doubled before the third. */
const firstWaitMs = 100

/**
 * Shared by all trips of an isolate: counts those in flight, and knows whether the database is away. While it is, every
 * trip is turned away at once, except one every second or two that checks again. A slow query does not open the breaker:
 * after a few unanswered trips, the smallest possible query decides.
 */
export function createCircuitBreaker(surroundings: Surroundings) {
  const { now, random, pause } = surroundings
  const room = createRoom(now)
  const breaker = createBreaker(surroundings)

  /** Returns a function to call when the trip is over. @throws TurnedAway. */
  async function enter(most: number, leftMs: number, find: Trip<unknown>['find']) {
    const leave = room.enter(most, leftMs)
    try {
      if (breaker.isTheirsToCheck(leftMs)) breaker.found(await find(leftMs))
      breaker.pass()
      return (isAlive: boolean) => {
        leave()
        breaker.note(isAlive)
      }
    } catch (error) {
      leave()
      throw error
    }
  }

  /**
   * Makes a trip, and repeats it while that is safe and there is time, after a random pause so that retries spread out.
   *
   * @throws TurnedAway when it was not made; otherwise what the last try threw.
   */
  return async function insist<T>(limits: Limits, { make, find }: Trip<T>): Promise<T> {
    const until = now() + limits.limitMs
    for (let tries = 1; ; tries++) {
      const leave = await enter(limits.most, until - now(), find)
      const { tried, result } = await attempt(make, until - now())
      leave(tried.isAlive)
      const mayRepeat = tried.again === 'always' || (tried.again === 'when safe' && limits.isRepeatable)
      const wait = random() * firstWaitMs * 2 ** (tries - 1)
      if (!mayRepeat || tries === mostTries || breaker.isDoubted() || now() + wait >= until) return result()
      await pause(wait)
    }
  }
}

async function attempt<T>(make: Trip<T>['make'], leftMs: number) {
  try {
    const tried = await make(leftMs)
    return { tried, result: () => tried.answer }
  } catch (error) {
    const result = (): T => {
      throw error
    }
    return { tried: { isAlive: false, again: 'when safe' } as const, result }
  }
}

/** Counts the trips in flight. */
function createRoom(now: () => number) {
  const underWay = new Set<{ until: number }>()
  return {
    /** Returns a function to call when the trip is over. @throws TurnedAway. */
    enter(most: number, limitMs: number) {
      // A client that hangs up cancels its trip, which then never reports its end.
      if (underWay.size >= most) for (const trip of underWay) if (trip.until < now()) underWay.delete(trip)
      if (underWay.size >= most) throw new TurnedAway('busy')
      const trip = { until: now() + limitMs }
      underWay.add(trip)
      return () => underWay.delete(trip)
    },
  }
}

/** Knows whether the database is away. */
function createBreaker({ now, random, onChange = () => {} }: Surroundings) {
  let silences = 0
  /** While one trip checks, or until the next check: from when, until when. */
  let rest = { since: 0, until: 0 }
  let isAway = false
  const change = (next: boolean) => {
    if (isAway !== next) onChange(next)
    isAway = next
  }
  const note = (isAlive: boolean) => {
    silences = isAlive ? 0 : silences + 1
    if (isAlive) {
      rest = { since: 0, until: 0 }
      change(false)
    }
  }
  return {
    /** Whether retries should stop, because the database is away or about to be checked. */
    isDoubted: () => silences >= tolerated,
    /** Whether this trip must check first; for that many milliseconds no other does. */
    isTheirsToCheck(limitMs: number): boolean {
      const at = now()
      // A clock that was set back must not keep the breaker open.
      if (silences < tolerated || (at >= rest.since && at < rest.until)) return false
      rest = { since: at, until: at + limitMs }
      return true
    },
    found(isThere: boolean): void {
      if (isThere) note(true)
      else {
        rest = { since: now(), until: now() + restMs * (1 + random()) }
        change(true)
      }
    },
    /** @throws TurnedAway. */
    pass(): void {
      if (isAway) throw new TurnedAway('away')
    },
    note,
  }
}
