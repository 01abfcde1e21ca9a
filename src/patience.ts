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

/** So many trips in a row that nobody answered: the database is away. */
const tolerated = 5
/** Until the next one may try whether it is back, in milliseconds; up to twice as long, at random. */
const restMs = 1_000
const mostTries = 3
/** Before the second try, at most, in milliseconds; twice as long before the third. */
const firstWaitMs = 100

/**
 * What all trips of an isolate have in common: how many are under way, and whether the database is known to be away. While
 * it is, all are turned away at once but one a second or two, which finds out.
 */
export function createPatience(surroundings: Surroundings) {
  const { now, random, pause } = surroundings
  const room = createRoom(now)
  const breaker = createBreaker(surroundings)

  /** @throws TurnedAway. What it returns is called when the trip is over. */
  function enter(most: number, leftMs: number) {
    const leave = room.enter(most, leftMs)
    try {
      const isProbe = breaker.pass(leftMs)
      return (isAlive: boolean) => {
        leave()
        breaker.note(isAlive, isProbe)
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
   * @param trip is given how long it may take, in milliseconds; rejects when nobody answered.
   * @throws TurnedAway when it was not made; what the last try threw.
   */
  return async function insist<T>(limits: Limits, trip: (leftMs: number) => Promise<Tried<T>>): Promise<T> {
    const until = now() + limits.limitMs
    for (let tries = 1; ; tries++) {
      const leave = enter(limits.most, until - now())
      const { tried, result } = await attempt(trip, until - now())
      leave(tried.isAlive)
      const mayRepeat = tried.again === 'always' || (tried.again === 'when safe' && limits.isRepeatable)
      const wait = random() * firstWaitMs * 2 ** (tries - 1)
      if (!mayRepeat || tries === mostTries || breaker.isAway() || now() + wait >= until) return result()
      await pause(wait)
    }
  }
}

async function attempt<T>(trip: (leftMs: number) => Promise<Tried<T>>, leftMs: number) {
  try {
    const tried = await trip(leftMs)
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
  /** While it is away: since when, and until when nobody tries whether it is back. */
  let away: { since: number; until: number } | null = null
  const change = (next: typeof away) => {
    const isChange = (away === null) !== (next === null)
    away = next
    if (isChange) onChange(away !== null)
  }
  return {
    isAway: () => away !== null,
    /** @throws TurnedAway. @returns whether this trip is the one that finds out. */
    pass(limitMs: number): boolean {
      if (!away) return false
      const at = now()
      // A clock that was set back does not keep it away.
      if (at >= away.since && at < away.until) throw new TurnedAway('away')
      away = { since: at, until: at + limitMs }
      return true
    },
    note(isAlive: boolean, isProbe: boolean): void {
      silences = isAlive ? 0 : silences + 1
      if (isAlive) change(null)
      else if (isProbe || (!away && silences >= tolerated))
        change({ since: now(), until: now() + restMs * (1 + random()) })
    },
  }
}
