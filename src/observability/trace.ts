import { AsyncLocalStorage } from 'node:async_hooks'

export type Door = 'api' | 'web' | 'public' | 'job'

/** What is noted while one request, or one job, is served. */
export interface Trace {
  requestId: string
  door: Door
  /** Trips to the database so far, and how long they took together, in milliseconds. */
  spent: { trips: number; tripMs: number }
  /** Whether a trip made twice changes no more than one made once. */
  isRepeatable: boolean
  /** Who asks for what, as far as it is known by now; nothing that names a person. */
  about(): Record<string, unknown>
  /** Lets work go on after the answer. */
  waitUntil(work: Promise<unknown>): void
}

const traces = new AsyncLocalStorage<Trace>()

/** Does the work, and whatever it calls, under this trace. */
export function traced<T>(trace: Trace, work: () => T): T {
  return traces.run(trace, work)
}

/** Of what is being served just now; undefined in scripts. */
export function currentTrace(): Trace | undefined {
  return traces.getStore()
}
