/** Cloudflare allows 5 purges a minute on average, 25 at once, and 100 tags per call. */
const refill = 12_000
const tagsPerCall = 100
/** Below Cloudflare's 25, so that no minute has more than 20 + 5 calls, however full the bucket was. */
const capacity = 20
const mostWaiting = 1_000
const [shortestWait, longestWait] = [1_000, refill]
const [shortestPause, longestPause] = [15_000, 60_000]

/** A tag that every page has. */
export const everyPage = 'clinic'

/** What is waiting to be purged; plain data. Times are in milliseconds since 1970. */
export interface PurgeQueue {
  /** Oldest first, each once. */
  waiting: string[]
  /** When the oldest of them was added; null when there is none. */
  since: number | null
  /** Sent in a call that has not been answered yet. */
  underWay: string[]
  /** When the bucket of calls will be full, if no call is made until then. */
  fullAt: number
  /** Calls in a row that were not accepted, including the one under way. */
  attempts: number
  /** No call is made before this. */
  pausedUntil: number
}

export const emptyQueue: PurgeQueue = {
  waiting: [],
  since: null,
  underWay: [],
  fullAt: 0,
  attempts: 0,
  pausedUntil: 0,
}

/** Adds tags, even those whose purge is under way: it may have come too early for them. */
export function addTags(queue: PurgeQueue, tags: string[], now: number): PurgeQueue {
  if (tags.length === 0) return queue
  return { ...queue, waiting: merge(queue.waiting, tags), since: queue.since ?? now }
}

/**
 * When the next call is due, in milliseconds since 1970, or null when nothing is waiting. It waits for further changes:
 * one second while there are calls to spare, longer as they run out, up to the twelve seconds in which one is refilled.
 * While a call is under way, this is when it counts as lost.
 */
export function nextCallAt(queue: PurgeQueue, now: number): number | null {
  if (queue.since === null && queue.underWay.length === 0) return null
  const gathered = queue.since === null ? now : queue.since + wait(queue, now)
  return Math.ceil(Math.max(gathered, queue.pausedUntil, queue.fullAt - (capacity - 1) * refill))
}

/**
 * The tags of the next call, at most 100, or none before it is due; and the queue with these under way. Until it is
 * confirmed the call counts as refused, so that an unanswered one is repeated.
 */
export function takeTags(queue: PurgeQueue, now: number): { queue: PurgeQueue; tags: string[] } {
  const due = nextCallAt(queue, now)
  if (due === null || due > now) return { queue, tags: [] }
  const all = merge(queue.underWay, queue.waiting)
  const [tags, waiting] = [all.slice(0, tagsPerCall), all.slice(tagsPerCall)]
  const attempts = queue.attempts + 1
  const taken = {
    waiting,
    since: waiting.length > 0 ? (queue.since ?? now) : null,
    underWay: tags,
    fullAt: Math.max(queue.fullAt, now) + refill,
    attempts,
    pausedUntil: now + pause(attempts),
  }
  return { queue: taken, tags }
}

/** After the call under way was accepted. */
export function confirmed(queue: PurgeQueue): PurgeQueue {
  return { ...queue, underWay: [], attempts: 0, pausedUntil: 0 }
}

/**
 * After the call under way was refused: its tags wait again, for 15 seconds, then 30, then a minute. The bucket is shared
 * with the rest of the account, so we assume it is empty.
 */
export function refused(queue: PurgeQueue, now: number): PurgeQueue {
  return {
    ...queue,
    waiting: merge(queue.underWay, queue.waiting),
    since: queue.since ?? now,
    underWay: [],
    fullAt: now + capacity * refill,
    pausedUntil: now + pause(queue.attempts),
  }
}

function wait(queue: PurgeQueue, now: number): number {
  const missing = Math.max(0, queue.fullAt - now) / (capacity * refill)
  // With more than half of the calls to spare, nothing is scarce.
  const scarcity = Math.min(1, Math.max(0, 2 * missing - 1))
  return shortestWait + scarcity * (longestWait - shortestWait)
}

function pause(attempts: number): number {
  return Math.min(shortestPause * 2 ** Math.max(0, attempts - 1), longestPause)
}

/** Replaces all tags by the tag of every page when there are too many, or when it is among them. */
function merge(first: string[], second: string[]): string[] {
  const all = new Set([...first, ...second])
  return all.has(everyPage) || all.size > mostWaiting ? [everyPage] : [...all]
}
