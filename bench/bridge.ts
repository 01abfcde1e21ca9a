import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Carried } from './bridge-process.ts'

export interface Bridge {
  url: string
  pid: number
  /** What went over it since the last call. */
  take(): Promise<Carried>
  stop(): Promise<void>
}

/** @param delayMs how far away the database shall seem. */
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
    async stop() {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}

async function answer<T>(child: ChildProcess): Promise<[T]> {
  return (await once(child, 'message')) as [T]
}
