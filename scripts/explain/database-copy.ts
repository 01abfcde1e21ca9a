import pg from 'pg'
import { CannotStart } from '../local/cannot-start.ts'
import { asApp, migrateDatabase } from '../migrate.ts'
import { fillSmallTables } from './fill.ts'
import { longestMs } from './judge.ts'

/** A copy of a database in which every statement reports its plan. Dropping it discards all changes. */
export interface DatabaseCopy {
  /** With the role of the Worker. */
  url: string
  /** A separate connection that reports no plans. */
  sql: pg.Client
  /** The planner's estimate of the rows in each table. */
  sizes: Map<string, number>
  drop(): Promise<void>
}

/** Sends the real plan of each statement, also inside SQL functions, to the client as a notice. */
const planSettings = {
  session_preload_libraries: 'auto_explain',
  client_min_messages: 'log',
  statement_timeout: String(longestMs),
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_buffers': 'on',
  'auto_explain.log_nested_statements': 'on',
  'auto_explain.log_format': 'json',
  'auto_explain.log_parameter_max_length': '0',
}

/**
 * Copies the database, file by file, so that calls can make real changes in real transactions.
 *
 * @throws CannotStart when others are connected to the database, or its owner may not copy it.
 */
export async function copyDatabase(url: string): Promise<DatabaseCopy> {
  const original = decodeURIComponent(new URL(url).pathname.slice(1))
  const name = `${original}_explained`
  const server = new pg.Client(withDatabase(url, 'postgres'))
  await server.connect()
  await copy(server, original, name).catch(async (error) => {
    await server.end()
    throw new CannotStart(`${original} cannot be copied: ${error.message}.`)
  })
  const own = withDatabase(url, name)
  const sql = new pg.Client(own)
  const drop = async () => {
    await sql.end().catch(() => {})
    await server.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`)
    await server.end()
  }
  try {
    // A database's settings are not copied with it.
    await migrateDatabase(own)
    await sql.connect()
    await fillSmallTables(sql)
    for (const [setting, value] of Object.entries(planSettings))
      await sql.query(`alter database ${pg.escapeIdentifier(name)} set ${setting} = '${value}'`)
    return { url: asApp(own), sql, sizes: await sizesOf(sql), drop }
  } catch (error) {
    await drop()
    throw error
  }
}

async function copy(server: pg.Client, original: string, name: string): Promise<void> {
  // A killed run may have left one.
  await server.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`)
  await server.query(
    `create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(original)} strategy file_copy`,
  )
}

async function sizesOf(sql: pg.Client): Promise<Map<string, number>> {
  const { rows } = await sql.query(
    `select relname as name, greatest(reltuples, 0)::float8 as rows
     from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`,
  )
  return new Map(rows.map(({ name, rows }) => [name, rows]))
}

function withDatabase(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${encodeURIComponent(name)}`
  return other.href
}
