import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { rightsOfApp } from '../drizzle/rights.ts'
import { CannotStart, runCommand } from './local/cannot-start.ts'
import { openConnection } from './local/connection.ts'
import { type Migration, readMigrations, runMigrations } from './migration/run.ts'

/** The migrations that have not run yet, oldest first. */
export async function findPendingMigrations(client: pg.Client): Promise<Migration[]> {
  return (await readMigrations(client)).filter(({ hasRun }) => !hasRun)
}

/**
 * Runs the pending migrations and returns their names; see `runMigrations`. Two calls at once take turns.
 * Switches off just-in-time compilation for the database, because it takes longer than any statement of ours.
 */
export async function migrateDatabase(connectionString: string): Promise<string[]> {
  await using client = await openConnection(connectionString)
  await takeTurn(client)
  const pending = await findPendingMigrations(client)
  await runMigrations(client)
  while (await indexPatients(client)) {
    // Portions keep the locks short, so that bookings go on.
  }
  const { rows } = await client.query('select current_database() as name')
  await client.query(`alter database ${client.escapeIdentifier(rows[0].name)} set jit to off`)
  await grantToApp(client)
  return pending.map(({ name }) => name)
}

/** Polls for the lock: a migration may wait for every open transaction, so one that waited for its lock would block it. */
async function takeTurn(client: pg.Client): Promise<void> {
  const ask = "select pg_try_advisory_lock(hashtext('alobooking migrations')) as is_mine"
  while (!(await client.query(ask)).rows[0].is_mine) await pause(100)
}

/** Makes some of the search keys that are missing. @returns whether there may be more. */
async function indexPatients(client: pg.Client): Promise<boolean> {
  const { rows: known } = await client.query(
    "select to_regproc('index_missing_patients') is not null as is_made",
  )
  if (!known[0].is_made) return false
  const { rows } = await client.query('select index_missing_patients(2000) as indexed')
  return rows[0].indexed > 0
}

/** The Worker's database role. */
const appRole = 'alobooking_app'

/** The same database as the Worker's role. */
export function asApp(connectionString: string): string {
  const url = new URL(connectionString)
  url.username = appRole
  url.password = ''
  return url.href
}

/**
 * What PostgreSQL ends by itself: a little longer than a request waits for its trip (src/database/connect.ts), in case
 * the cancellation of an abandoned one is lost.
 */
const limitsOfApp = { statement_timeout: '3s', idle_in_transaction_session_timeout: '5s' }

/** Grants exactly the rights of `drizzle/rights.ts`, and that of reading which migrations ran. */
async function grantToApp(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [appRole])
  // Roles belong to the server, and two of its databases may be migrated at the same moment.
  if (rowCount === 0)
    await client.query(`create role ${appRole} login`).catch((error) => {
      if (!['42710', '23505'].includes(error.code)) throw error
    })
  await limitApp(client)
  const { rows: tables } = await client.query(
    "select tablename as name from pg_tables where schemaname = 'public'",
  )
  const grants = tables
    .filter(({ name }) => name in rightsOfApp)
    .map(({ name }) => `grant ${rightsOfApp[name]?.join(', ')} on ${name} to ${appRole};`)
  // In one call, which is one transaction: the running release never lacks a right.
  await client.query(`
    grant usage on schema public to ${appRole};
    revoke all on all tables in schema public from ${appRole};
    ${grants.join('\n')}
    grant usage on all sequences in schema public to ${appRole};
    grant usage on schema drizzle to ${appRole};
    grant select on drizzle.__drizzle_migrations to ${appRole}`)
}

/** Only if it differs, for two databases of one server may be migrated at the same moment. */
async function limitApp(client: pg.Client): Promise<void> {
  const { rows } = await client.query('select rolconfig from pg_roles where rolname = $1', [appRole])
  const known: string[] = rows[0].rolconfig ?? []
  for (const [name, value] of Object.entries(limitsOfApp))
    if (!known.includes(`${name}=${value}`))
      await client.query(`alter role ${appRole} set ${name} = '${value}'`)
}

if (import.meta.main) {
  runCommand(async () => {
    const url = process.env.DATABASE_URL
    if (!url) throw new CannotStart('Set DATABASE_URL to the database to migrate.')
    const ran = await migrateDatabase(url)
    for (const name of ran) console.log(`✔ ${name}`)
    console.log('✔ The database is up to date.')
  })
}
