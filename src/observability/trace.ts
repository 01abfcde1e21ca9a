import { AsyncLocalStorage } from 'node:async_hooks'

import type { Door } from '../http/doors.ts'

/** What is noted while one request, or one job, is served. */
export interface Trace {
  requestId: string
  /** `public` is the cached entrypoint behind the doors; a `job` is started by the clock or a queue. */
  door: Door | 'public' | 'job'
  /** Trips to the database so far, and the milliseconds they took together. */
  spent: { trips: number; tripMs: number }
  /** Whether repeating a trip does no harm. */
  isRepeatable: boolean
  /** Who asks for what, as far as is known by now; nothing that identifies a person. */
  about(): Record<string, unknown>
  /** Lets work go on after the answer. */
  waitUntil(work: Promise<unknown>): void
}

const traces = new AsyncLocalStorage<Trace>()

/** Runs the work, and everything it calls, under this trace. */
export function traced<T>(trace: Trace, work: () => T): T {
  return traces.run(trace, work)
}

/** The trace of the current request or job; undefined in scripts. */
export function currentTrace(): Trace | undefined {
  return traces.getStore()
}
