import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import pg from 'pg'
import { CannotStart } from '../scripts/local/cannot-start.ts'
import { type LocalPostgres, startPostgres } from '../scripts/local/postgres.ts'
import { asApp, migrateDatabase } from '../scripts/migrate.ts'

/**
 * PostgreSQL's defaults, which flush each commit to disk, except for more cache and no vacuum in the middle of a round.
 */
const settings = {
  shared_buffers: '1GB',
  max_wal_size: '4GB',
  max_connections: '200',
  autovacuum: 'off',
}

/** `await using` closes it. */
export interface SizedDatabase extends AsyncDisposable {
  size: number
  server: LocalPostgres
  /** As the Worker's role. */
  url: string
  /** As the owner of the tables. The Worker's role may not write appointments. */
  ownUrl: string
  /** The benchmark's own connection, which bypasses our code. */
  sql: pg.Pool
  /** How long generating it took, in seconds. */
  madeIn: number
}

/** The same at every size, so that what grows is each doctor's workload. */
const doctors = 2000

/** Opens the database of that size, and generates it if needed. */
export async function openDatabase(dataDirectory: string, size: number): Promise<SizedDatabase> {
  const directory = resolve(dataDirectory, String(size))
  const madeIn = readMade(directory) ?? generate(directory, size)
  await using opening = new AsyncDisposableStack()
  const server = opening.use(await startPostgres(join(directory, 'postgres'), { settings }))
  const own = server.url('alobooking')
  await migrateDatabase(own)
  const sql = opening.adopt(new pg.Pool({ connectionString: own, max: 4 }), (pool) => pool.end())
  sql.on('error', () => {})
  const opened = opening.move()
  const close = () => opened.disposeAsync()
  return { size, server, sql, madeIn, url: asApp(own), ownUrl: own, [Symbol.asyncDispose]: close }
}

/** Marks a finished database; an interrupted one is resumed. */
const markOf = (directory: string) => join(directory, 'made.json')

function readMade(directory: string): number | undefined {
  if (!existsSync(markOf(directory))) return undefined
  return JSON.parse(readFileSync(markOf(directory), 'utf8')).seconds
}

function generate(directory: string, size: number): number {
  console.log(
    `– Generating a database of ${size.toLocaleString('en')} appointments in ${directory}, which is kept for later runs.`,
  )
  const begun = performance.now()
  const patients = Math.max(2 * doctors, size / 20)
  const counts = ['--appointments', size, '--doctors', doctors, '--patients', patients].map(String)
  try {
    execFileSync(process.execPath, ['scripts/generate.ts', ...counts, '--data-dir', directory], {
      stdio: 'inherit',
    })
  } catch {
    throw new CannotStart(`npm run generate could not fill ${directory}; see its output above.`)
  }
  const seconds = (performance.now() - begun) / 1000
  writeFileSync(markOf(directory), JSON.stringify({ seconds }))
  return seconds
}
