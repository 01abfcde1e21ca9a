import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Carried } from './bridge-process.ts'

/** `await using` stops it. */
export interface Bridge extends AsyncDisposable {
  url: string
  pid: number
  /** The traffic since the last call. */
  take(): Promise<Carried>
}

/** @param delayMs how far away the database seems. */
export async function openBridge(delayMs: number): Promise<Bridge> {
  const child = fork(fileURLToPath(new URL('bridge-process.ts', import.meta.url)), [String(delayMs)])
  const [url] = await answer<string>(child)
  return {
    url,
    pid: child.pid as number,
    async take() {
      child.send('take')
      const [carried] = await answer<Carried>(child)
      return carried
    },
    async [Symbol.asyncDispose]() {
      if (!child.connected) return
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

async function answer<T>(child: ChildProcess): Promise<[T]> {
  const waiting = new AbortController()
  const { signal } = waiting
  try {
    const ended = once(child, 'exit', { signal }).then(() => {
      throw new Error('The bridge has ended.')
    })
    return (await Promise.race([once(child, 'message', { signal }), ended])) as [T]
  } finally {
    waiting.abort()
  }
}
