import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { CannotStart, runCommand } from './local/cannot-start.ts'

const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))

/**
 * Brings the database up to the newest migration; does nothing when it is there already. Two at once take
 * turns. All that is pending commits together or not at all. Just-in-time compilation is switched off for the
 * database: it would take longer than any statement of ours.
 */
export async function migrateDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query("select pg_advisory_lock(hashtext('alobooking migrations'))")
    await migrate(drizzle(client), { migrationsFolder })
    const { rows } = await client.query('select current_database() as name')
    await client.query(`alter database ${client.escapeIdentifier(rows[0].name)} set jit to off`)
    await grantToApp(client)
  } finally {
    await client.end()
  }
}

/** Whom the Worker is to the database: it reads and writes, owns nothing, and changes nothing that has happened. */
const appRole = 'alobooking_app'

/** The same database, as the Worker sees it. */
export function asApp(connectionString: string): string {
  const url = new URL(connectionString)
  url.username = appRole
  url.password = ''
  return url.href
}

async function grantToApp(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [appRole])
  // Two databases of one server may be migrated at the same moment.
  if (rowCount === 0)
    await client.query(`create role ${appRole} login`).catch((error) => {
      if (!['42710', '23505'].includes(error.code)) throw error
    })
  await client.query(`
    grant usage on schema public to ${appRole};
    grant select, insert, update, delete on all tables in schema public to ${appRole};
    grant usage on all sequences in schema public to ${appRole};
    revoke update, delete on events from ${appRole}`)
}

if (import.meta.main) {
  runCommand(async () => {
    const url = process.env.DATABASE_URL
    if (!url) throw new CannotStart('DATABASE_URL says which database to migrate; it is not set.')
    await migrateDatabase(url)
    console.log('✔ The database is at the newest migration.')
  })
}
