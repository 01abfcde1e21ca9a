import { cp, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import type pg from 'pg'

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url))

export interface Migration {
  /** Its file's name, without `.sql`. */
  name: string
  sql: string
  /** Its place in the journal, from 0. */
  place: number
  hasRun: boolean
}

/** All migrations, oldest first. As in drizzle's migrator, those older than the newest that ran have run. */
export async function readMigrations(client: pg.Client): Promise<Migration[]> {
  const { entries } = JSON.parse(await readFile(join(migrationsFolder, 'meta/_journal.json'), 'utf8'))
  const { rows } = await client.query(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as has_any",
  )
  const newest = rows[0].has_any
    ? (await client.query('select max(created_at) as at from drizzle.__drizzle_migrations')).rows[0].at
    : null
  return Promise.all(
    entries.map(async ({ when, tag }: { when: number; tag: string }, place: number) => ({
      name: tag,
      sql: await readFile(join(migrationsFolder, `${tag}.sql`), 'utf8'),
      place,
      hasRun: newest !== null && when <= Number(newest),
    })),
  )
}

/**
 * Runs the pending ones among the first `count` migrations. They commit together, except that a migration with work for
 * afterwards commits with those before it, and its work is done before the next one. After an interruption, the work goes on.
 */
export async function runMigrations(client: pg.Client, count = Number.POSITIVE_INFINITY): Promise<void> {
  const wanted = (await readMigrations(client)).slice(0, count)
  const newest = wanted.findLast(({ hasRun }) => hasRun)
  if (newest) await workAfterwards(client, newest)
  for (const migration of wanted) {
    const isLast = migration.place === wanted.length - 1
    if (migration.hasRun || !(isLast || workOf(migration).length > 0)) continue
    await migrateAsFarAs(client, migration.place + 1)
    await workAfterwards(client, migration)
  }
}

async function migrateAsFarAs(client: pg.Client, count: number): Promise<void> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'alobooking-migrations-'))
  await cp(migrationsFolder, folder.path, { recursive: true })
  const journal = join(folder.path, 'meta/_journal.json')
  const { entries, ...others } = JSON.parse(await readFile(journal, 'utf8'))
  await writeFile(journal, JSON.stringify({ ...others, entries: entries.slice(0, count) }))
  await migrate(drizzle(client), { migrationsFolder: folder.path })
}

/** What is done in small steps outside a transaction, so that bookings go on: lines that begin with `-- afterwards:`. */
function workOf({ sql }: Migration): string[] {
  return [...sql.matchAll(/^-- afterwards: (.+)$/gm)].map(([, statement = '']) => statement)
}

/** A statement that answers with a number is repeated until that is 0. */
async function workAfterwards(client: pg.Client, migration: Migration): Promise<void> {
  const statements = workOf(migration)
  if (statements.length === 0) return
  await waitForOthers(client)
  await dropUnfinishedIndexes(client)
  for (const statement of statements) {
    let left: unknown
    do {
      const { rows } = await client.query({ text: statement, rowMode: 'array' })
      left = rows[0]?.[0]
    } while (typeof left === 'number' && left > 0)
  }
}

/** Waits until no transaction is open that began before the migration: it may still run a function as it was. */
async function waitForOthers(client: pg.Client): Promise<void> {
  const { rows: began } = await client.query('select clock_timestamp() as at')
  for (;;) {
    const { rowCount } = await client.query(
      `select from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and xact_start < $1
       and backend_type = 'client backend'`,
      [began[0].at],
    )
    if (rowCount === 0) return
    await pause(100)
  }
}

/** An index that was interrupted while it was built is there, but not used. */
async function dropUnfinishedIndexes(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    `select indexrelid::regclass::text as name from pg_index
     where not indisvalid and indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)`,
  )
  for (const { name } of rows) await client.query(`drop index concurrently if exists ${name}`)
}
