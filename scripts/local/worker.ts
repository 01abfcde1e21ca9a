import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { CannotStart } from './cannot-start.ts'
import { makeDevVars } from './dev-vars.ts'
import { quiet, wrangler } from './wrangler.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Bindings {
  secrets: Record<string, string>
  /** Addresses of the local stand-ins. */
  addresses: Record<string, string>
}

export interface DevWorker extends AsyncDisposable {
  /** Leads its own process group, which includes workerd and esbuild. */
  pid: number
  /** Resolves with the reason when it ends by itself. */
  ended: Promise<string>
  stop(): Promise<void>
}

/** The Worker's own line inside one of wrangler's, which decorates warnings and errors; null if there is none. */
const workerLine = (line: string) => /\{"level":.*\}/.exec(line)?.[0] ?? null

export const logFile = (directory: string) => join(directory, 'worker.log')

/**
 * Runs `wrangler dev`, which reloads on change. Shows its warnings and errors and the Worker's; all lines of the Worker go
 * to `logFile`.
 *
 * @param bindings the secrets go into a file that only its owner may read, never onto a command line.
 */
export async function startWorker(
  directory: string,
  port: number,
  { secrets, addresses }: Bindings,
): Promise<DevWorker> {
  const variables = join(directory, 'worker.env')
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
  await writeFile(variables, lines.join(''), { mode: 0o600 })
  const child = spawn(
    process.execPath,
    [
      wrangler,
      'dev',
      'scripts/local/entry.tsx',
      ...['--port', String(port), '--inspector-port', '0', '--log-level', 'log'],
      ...['--env-file', await makeDevVars(), '--env-file', variables],
      ...Object.entries(addresses).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
      ...['--persist-to', join(directory, 'wrangler')],
      '--show-interactive-dev-session=false',
    ],
    {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...quiet, WRANGLER_REGISTRY_PATH: join(directory, 'registry') },
    },
  )
  const log = createWriteStream(logFile(directory), { mode: 0o600 })
  for (const output of [child.stdout, child.stderr])
    createInterface(output).on('line', (line) => {
      const written = workerLine(line)
      if (written) log.write(`${written}\n`)
    })
  child.stderr.pipe(process.stderr, { end: false })
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(`wrangler dev ended with ${signal ?? `code ${code}`}`))
  })
  const pid = child.pid as number
  const stop = async () => {
    child.kill('SIGTERM')
    // It waits for browsers to close their connections.
    await Promise.race([ended, pause(1_000)])
    killGroup(pid)
  }
  return { pid, ended, stop, [Symbol.asyncDispose]: stop }
}

/** @throws CannotStart when the Worker ends, or does not answer within a minute. */
export async function untilHealthy(port: number, worker: DevWorker): Promise<void> {
  let reason: string | null = null
  worker.ended.then((why) => {
    reason = why
  })
  let answer = 'nothing'
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    if (reason) throw new CannotStart(`The Worker did not start: ${reason}.`)
    const health = await fetch(`http://127.0.0.1:${port}/healthz`, {
      signal: AbortSignal.timeout(5_000),
    }).catch(() => null)
    if (health?.ok) return
    if (health) answer = `${health.status} ${await health.text()}`
    await pause(100)
  }
  throw new CannotStart(`The Worker is still not healthy after a minute. It answers ${answer.slice(0, 200)}.`)
}

function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    // The group has ended.
  }
}
