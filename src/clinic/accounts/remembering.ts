const patience = 60_000
const room = 1_000

/**
 * Looks things up at most once a minute in each isolate, and remembers at most a thousand of them, so that
 * knowing who acts costs no trip on a warm path. What was not found is not remembered.
 *
 * The price is a minute: that long a revoked key, or a session ended elsewhere, may still be believed here.
 */
export function remembering<T>(lookUp: (key: string, now: Date) => Promise<T | null>) {
  const known = new Map<string, { found: T; until: number }>()
  const isKnown = (key: string, now: Date) => (known.get(key)?.until ?? 0) > now.getTime()
  return {
    /** Whether `get` would answer without asking. */
    isKnown,
    async get(key: string, now: Date): Promise<T | null> {
      const entry = known.get(key)
      if (entry && isKnown(key, now)) return entry.found
      known.delete(key)
      const found = await lookUp(key, now)
      if (found === null) return null
      const [oldest] = known.keys()
      if (oldest && known.size >= room) known.delete(oldest)
      known.set(key, { found, until: now.getTime() + patience })
      return found
    },
    forget(key: string): void {
      known.delete(key)
    },
  }
}
