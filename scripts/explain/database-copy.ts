import pg from 'pg'
import { CannotStart } from '../local/cannot-start.ts'
import { openConnection } from '../local/connection.ts'
import { asApp, migrateDatabase } from '../migrate.ts'
import { fillSmallTables } from './fill.ts'
import { longestMs } from './judge.ts'

/** A copy of a database in which every statement reports its plan. `await using` drops it. */
export interface DatabaseCopy extends AsyncDisposable {
  /** As the Worker's role. */
  url: string
  /** A connection that reports no plans. */
  sql: pg.Client
  /** The planner's estimate of each table's rows. */
  sizes: Map<string, number>
}

/** Sends the real plan of each statement, even inside an SQL function, to its client as a notice. */
const reporting = {
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
 * Copies the database file by file, so that every call can run for real in the copy.
 *
 * @throws CannotStart when someone else is connected to it, or its owner may not copy it.
 */
export async function copyDatabase(url: string): Promise<DatabaseCopy> {
  const original = decodeURIComponent(new URL(url).pathname.slice(1))
  const name = `${original}_explained`
  await using opening = new AsyncDisposableStack()
  const server = opening.use(await openConnection(withDatabase(url, 'postgres')))
  opening.defer(() => drop(server, name))
  await copy(server, original, name).catch((error) => {
    throw new CannotStart(`${original} cannot be copied: ${error.message}.`)
  })
  const own = withDatabase(url, name)
  // A database's settings are not copied with it.
  await migrateDatabase(own)
  const sql = opening.use(await openConnection(own))
  await fillSmallTables(sql)
  const ofApp = asApp(own)
  // Of the role in this database, because the role has a time limit of its own.
  const [role, copied] = [new URL(ofApp).username, name].map(pg.escapeIdentifier)
  for (const [setting, value] of Object.entries(reporting))
    await sql.query(`alter role ${role} in database ${copied} set ${setting} = '${value}'`)
  const sizes = await sizesOf(sql)
  const opened = opening.move()
  return { url: ofApp, sql, sizes, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

async function drop(server: pg.Client, name: string): Promise<void> {
  await server.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`)
}

async function copy(server: pg.Client, original: string, name: string): Promise<void> {
  // A killed run may have left one.
  await drop(server, name)
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
