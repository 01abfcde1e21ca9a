/** Nobody was asked: the database is known to be away, or has more to do already than it can. */
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
  /** From 0 up to 1. */
  random(): number
  /** Milliseconds. */
  pause(duration: number): Promise<void>
  /** Told whenever the database is found to be away, or to be back. */
  onChange?(isAway: boolean): void
}

/** What came of a trip. */
export interface Tried<T> {
  answer: T
  /** Whether the database itself answered, and is up to more. */
  isAlive: boolean
  /** Whether it may be made again: it surely did nothing, or it is not known what it did, or it is done. */
  again: 'always' | 'when safe' | 'never'
}

interface Limits {
  /** For all tries together, in milliseconds. */
  limitMs: number
  /** How many trips may be under way at once. */
  most: number
  /** Whether doing it twice is doing it once. */
  isRepeatable: boolean
}

/** A trip is given how long it may take, in milliseconds. */
interface Trip<T> {
  /** Rejects when nobody answered. */
  make(leftMs: number): Promise<Tried<T>>
  /** The same way, and the least that can be asked: whether anybody answers there. Never rejects. */
  find(leftMs: number): Promise<boolean>
}

/** So many trips in a row that nobody answered: the database may be away, or only slow at what was asked. */
const tolerated = 5
/** Until somebody asks whether it is back, in milliseconds; up to twice as long, at random. */
const restMs = 1_000
const mostTries = 3
/** Before the second try, at most, in milliseconds; twice as long before the third. */
const firstWaitMs = 100

/**
 * What all trips of an isolate have in common: how many are under way, and whether the database is known to be away. While
 * it is, all are turned away at once but one a second or two, which finds out. Whoever only asks what takes too long does
 * not make it away for the others: what nobody answered is doubted, and then the least is asked.
 */
export function createCircuitBreaker(surroundings: Surroundings) {
  const { now, random, pause } = surroundings
  const room = createRoom(now)
  const breaker = createBreaker(surroundings)

  /** @throws TurnedAway. What it returns is called when the trip is over. */
  async function enter(most: number, leftMs: number, find: Trip<unknown>['find']) {
    const leave = room.enter(most, leftMs)
    try {
      if (breaker.isTheirsToFind(leftMs)) breaker.found(await find(leftMs))
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
   * Makes a trip, and makes it again while that is safe and there is time; after a pause at random, so that many do not
   * come back at once.
   *
   * @throws TurnedAway when it was not made; what the last try threw.
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

/** How many trips are under way. */
function createRoom(now: () => number) {
  const underWay = new Set<{ until: number }>()
  return {
    /** @throws TurnedAway. What it returns is called when the trip is over. */
    enter(most: number, limitMs: number) {
      // Whoever hangs up takes the trip along, and nobody says that it is over.
      if (underWay.size >= most) for (const trip of underWay) if (trip.until < now()) underWay.delete(trip)
      if (underWay.size >= most) throw new TurnedAway('busy')
      const trip = { until: now() + limitMs }
      underWay.add(trip)
      return () => underWay.delete(trip)
    },
  }
}

/** Whether the database is known to be away. */
function createBreaker({ now, random, onChange = () => {} }: Surroundings) {
  let silences = 0
  /** While somebody finds out, or nobody shall: since when, and until when. */
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
    /** Whether nobody should insist: it is away, or somebody is to find out. */
    isDoubted: () => silences >= tolerated,
    /** Whether it is for this trip to find out first; for so many milliseconds no other does. */
    isTheirsToFind(limitMs: number): boolean {
      const at = now()
      // A clock that was set back does not keep it away.
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
