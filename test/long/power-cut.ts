import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CannotStart } from '../../scripts/local/cannot-start.ts'
import { type LocalPostgres, startPostgres } from '../../scripts/local/postgres.ts'
import { listProcesses } from '../../scripts/local/processes.ts'

export interface DurablePostgres extends AsyncDisposable {
  /** The server that runs now. */
  current(): LocalPostgres
  /** Kills the server and all its processes at once, and starts it again on the same files and port. */
  cutPower(): Promise<void>
}

/** A durable server of the suite's own, whose power can be cut. */
export async function startDurablePostgres(name: string): Promise<DurablePostgres> {
  const directory = await mkdtemp(join(tmpdir(), `alobooking-${name}-`))
  const options = { port: await lastingPort(), settings: { max_connections: '200' } }
  const start = () => startPostgres(join(directory, 'postgres'), options)
  let postgres = await start()

  /** The kernel may need a moment to let go of what the killed processes held. */
  async function startAgain(triesLeft: number): Promise<LocalPostgres> {
    try {
      return await start()
    } catch (error) {
      if (!(error instanceof CannotStart) || triesLeft === 0) throw error
      return startAgain(triesLeft - 1)
    }
  }

  return {
    current: () => postgres,
    async cutPower() {
      killAll(postgres.pid)
      await postgres.ended
      postgres = await startAgain(50)
    },
    async [Symbol.asyncDispose]() {
      await postgres.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** A child that outlived its server would hold the shared memory, and the server could not start again. */
function killAll(pid: number): void {
  process.kill(pid, 'SIGSTOP') // So that it starts no more children.
  const children = listProcesses().filter(({ parent }) => parent === pid)
  process.kill(pid, 'SIGKILL')
  for (const child of children) {
    try {
      process.kill(child.pid, 'SIGKILL')
    } catch {
      // It ended by itself.
    }
  }
}

/**
 * A free port below those that systems lend to outgoing connections (from 32768 on). One of those could be lent while the
 * server is down, even to a client that tries to reach it and so connects to itself.
 */
export async function lastingPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
