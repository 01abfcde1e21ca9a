import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import type pg from 'pg'
import { rightsOfApp } from '../drizzle/rights.ts'
import { CannotStart, runCommand } from './local/cannot-start.ts'
import { openConnection } from './local/connection.ts'

const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))

export interface Migration {
  /** Its file's name, without `.sql`. */
  name: string
  sql: string
}

/** The migrations that have not run yet, oldest first. As in drizzle's migrator: those newer than the newest that ran. */
export async function findPendingMigrations(client: pg.Client): Promise<Migration[]> {
  const { entries } = JSON.parse(await readFile(join(migrationsFolder, 'meta/_journal.json'), 'utf8'))
  const { rows } = await client.query(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as has_any",
  )
  const newest = rows[0].has_any
    ? (await client.query('select max(created_at) as at from drizzle.__drizzle_migrations')).rows[0].at
    : null
  const pending: { when: number; tag: string }[] = entries.filter(
    ({ when }: { when: number }) => newest === null || when > Number(newest),
  )
  return Promise.all(
    pending.map(async ({ tag }) => ({
      name: tag,
      sql: await readFile(join(migrationsFolder, `${tag}.sql`), 'utf8'),
    })),
  )
}

/**
 * Runs the pending migrations and returns their names. They commit together or not at all, and two calls at once take turns.
 * Switches off just-in-time compilation for the database, because it takes longer than any statement of ours.
 */
export async function migrateDatabase(connectionString: string): Promise<string[]> {
  await using client = await openConnection(connectionString)
  await client.query("select pg_advisory_lock(hashtext('alobooking migrations'))")
  const pending = await findPendingMigrations(client)
  await migrate(drizzle(client), { migrationsFolder })
  while (await indexPatients(client)) {
    // Portions keep the locks short, so that bookings go on.
  }
  const { rows } = await client.query('select current_database() as name')
  await client.query(`alter database ${client.escapeIdentifier(rows[0].name)} set jit to off`)
  await grantToApp(client)
  return pending.map(({ name }) => name)
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
