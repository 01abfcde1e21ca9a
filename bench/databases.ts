import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import pg from 'pg'
import { CannotStart } from '../scripts/local/cannot-start.ts'
import { type LocalPostgres, startPostgres } from '../scripts/local/postgres.ts'
import { asApp, migrateDatabase } from '../scripts/migrate.ts'

/**
 * PostgreSQL's own defaults, with a commit that is on the disk before it is answered; but for room for what is read
 * often, and nothing that begins to clean up in the middle of a round.
 */
const settings = {
  shared_buffers: '1GB',
  max_wal_size: '4GB',
  max_connections: '200',
  autovacuum: 'off',
}

export interface SizedDatabase {
  size: number
  server: LocalPostgres
  /** As the Worker sees it. */
  url: string
  /** A connection of the benchmark's own, past all our code. */
  sql: pg.Pool
  /** How long it took to make, in seconds. */
  madeIn: number
  close(): Promise<void>
}

/** As many whatever the size: what grows is how much each has to do. */
const doctors = 2000

/** The database of that size, which is made when it is not there. */
export async function openDatabase(dataDirectory: string, size: number): Promise<SizedDatabase> {
  const directory = resolve(dataDirectory, String(size))
  const madeIn = readMade(directory) ?? generate(directory, size)
  const server = await startPostgres(join(directory, 'postgres'), { settings })
  process.once('exit', () => server.kill())
  const own = server.url('alobooking')
  await migrateDatabase(own)
  const sql = new pg.Pool({ connectionString: own, max: 4 })
  sql.on('error', () => {})
  return {
    size,
    server,
    sql,
    madeIn,
    url: asApp(own),
    async close() {
      await sql.end()
      await server.stop()
    },
  }
}

/** Only what was finished is marked; what was interrupted goes on. */
const markOf = (directory: string) => join(directory, 'made.json')

function readMade(directory: string): number | undefined {
  if (!existsSync(markOf(directory))) return undefined
  return JSON.parse(readFileSync(markOf(directory), 'utf8')).seconds
}

function generate(directory: string, size: number): number {
  console.log(
    `– A database of ${size.toLocaleString('en')} appointments is made in ${directory}; it is kept.`,
  )
  const begun = performance.now()
  const patients = Math.max(2 * doctors, size / 20)
  const counts = ['--appointments', size, '--doctors', doctors, '--patients', patients].map(String)
  try {
    execFileSync(process.execPath, ['scripts/generate.ts', ...counts, '--data-dir', directory], {
      stdio: 'inherit',
    })
  } catch {
    throw new CannotStart(`npm run generate could not make ${directory}; what it said stands above.`)
  }
  const seconds = (performance.now() - begun) / 1000
  writeFileSync(markOf(directory), JSON.stringify({ seconds }))
  return seconds
}
