const patience = 60_000
const endedFor = 5 * 60_000
const room = 1_000

/**
 * Looks things up at most once a minute in each isolate, and remembers at most a thousand of them, so that
 * knowing who acts costs no trip on a warm path. What was not found is not remembered.
 *
 * The price is a minute: that long a revoked key, or a session ended elsewhere, may still read here. Writes check it in
 * the database.
 *
 * @param endOf when what was found ends by itself, in milliseconds since 1970.
 */
export function remembering<T>(
  lookUp: (key: string, now: Date) => Promise<T | null>,
  endOf: (found: T) => number = () => Number.POSITIVE_INFINITY,
) {
  const known = new Map<string, { found: T; until: number }>()
  const ended = new Map<string, number>()
  const isKnown = (key: string, now: Date) => (known.get(key)?.until ?? 0) > now.getTime()
  const hasEnded = (key: string, now: Date) => (ended.get(key) ?? 0) > now.getTime()
  return {
    /** Whether `get` would answer without asking. */
    isKnown,
    /** Whether it ended here in the last five minutes; a browser may have a cookie that still vouches for it. */
    hasEnded,
    async get(key: string, now: Date): Promise<T | null> {
      if (hasEnded(key, now)) return null
      const entry = known.get(key)
      if (entry && isKnown(key, now)) return entry.found
      known.delete(key)
      const found = await lookUp(key, now)
      if (found === null) return null
      keep(known, key, { found, until: Math.min(now.getTime() + patience, endOf(found)) })
      return found
    },
    /** Looks it up again next time. */
    forget(key: string): void {
      known.delete(key)
    },
    /** Believes it no longer. */
    end(key: string, now: Date): void {
      known.delete(key)
      keep(ended, key, now.getTime() + endedFor)
    },
  }
}

/** Drops the oldest when there is no more room. */
function keep<T>(map: Map<string, T>, key: string, value: T): void {
  const [oldest] = map.keys()
  if (oldest && map.size >= room) map.delete(oldest)
  map.set(key, value)
}
