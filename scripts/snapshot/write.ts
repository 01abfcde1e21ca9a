import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { CannotStart } from '../local/cannot-start.ts'
import { openConnection } from '../local/connection.ts'
import type { CopiedTable } from './columns.ts'
import { copiedTables, leftOut } from './copied-tables.ts'
import { setKey } from './pseudonyms.ts'

/** The first line of a copy: its origin, and what it needs. */
export interface About {
  format: 'alobooking snapshot 1'
  /** Identifies the copy in the databases made from it. */
  id: string
  madeAt: string
  /** As recorded by drizzle's migrator, oldest first. */
  migrations: { hash: string; madeAt: number }[]
  /** The last number of each sequence. */
  sequences: Record<string, string>
}

/** Rows per table. */
export type Counts = Record<string, number>

interface Wishes {
  url: string
  file: string
  /** Copies with the same key have the same pseudonyms; without it, they are unique to this copy. */
  key?: string | undefined
  onTable?: (name: string, rows: number) => void
}

/**
 * Copies one moment of the database into a compressed file that only its owner may read. The database itself replaces names
 * and secrets. Rows are streamed, and the file is either complete or absent. Unpacked it looks like the output of `pg_dump`:
 * `COPY` and its rows, for each table.
 *
 * @throws CannotStart when the database has a table or column that `columns.ts` does not list.
 */
export async function writeSnapshot({ url, file, key, onTable }: Wishes): Promise<Counts> {
  const unfinished = `${file}.unfinished`
  await using closing = new AsyncDisposableStack()
  closing.defer(() => rm(unfinished, { force: true }))
  const client = closing.use(await openConnection(url))
  await client.query('begin isolation level repeatable read read only')
  await client.query(
    "set local datestyle to iso; set local timezone to 'UTC'; set local statement_timeout to 0",
  )
  await setKey(client, key)
  const about = await describe(client)
  const tables = await requireClassified(client)
  const counts: Counts = {}
  await mkdir(dirname(file), { recursive: true })
  await pipeline(
    Readable.from(dump(client, about, tables, counts, onTable)),
    createGzip(),
    createWriteStream(unfinished, { mode: 0o600 }),
  )
  await rename(unfinished, file)
  return counts
}

async function* dump(
  client: pg.Client,
  about: About,
  tables: Map<string, string[]>,
  counts: Counts,
  onTable: Wishes['onTable'],
): AsyncGenerator<Buffer | string> {
  yield `-- ${JSON.stringify(about)}\n`
  for (const { name, rules } of copiedTables) {
    // A database with pending migrations lacks their tables.
    if (!tables.has(name)) continue
    const columns = (tables.get(name) ?? []).filter((column) => rules.get(column) !== 'drop')
    yield `\nCOPY public.${name} (${columns.map(pg.escapeIdentifier).join(', ')}) FROM stdin;\n`
    const rows = client.query(copyTo(`copy (${selectFrom(name, columns, rules)}) to stdout`))
    yield* rows
    yield '\\.\n'
    counts[name] = rows.rowCount
    onTable?.(name, rows.rowCount)
  }
  yield `\n-- ${JSON.stringify(counts)}\n`
}

function selectFrom(table: string, columns: string[], rules: CopiedTable['rules']): string {
  const values = columns.map((column) => {
    const rule = rules.get(column)
    const name = `${pg.escapeIdentifier(table)}.${pg.escapeIdentifier(column)}`
    return typeof rule === 'function' ? rule(name) : name
  })
  return `select ${values.join(', ')} from public.${pg.escapeIdentifier(table)}`
}

async function describe(client: pg.Client): Promise<About> {
  const { rows: migrations } = await client.query(
    'select hash, created_at::float8 as "madeAt" from drizzle.__drizzle_migrations order by created_at',
  )
  const { rows: sequences } = await client.query(`
    select sequencename as name, last_value::text as last
    from pg_sequences where schemaname = 'public' and last_value is not null order by 1`)
  return {
    format: 'alobooking snapshot 1',
    id: randomUUID().slice(0, 8),
    madeAt: new Date().toISOString(),
    migrations,
    sequences: Object.fromEntries(sequences.map(({ name, last }) => [name, last])),
  }
}

/** Returns the columns of each existing table. */
async function requireClassified(client: pg.Client): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(`
    select relname as name, array_agg(attname::text order by attnum) as columns
    from pg_class
    join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'm')
    group by relname order by relname`)
  const known = new Map(copiedTables.map(({ name, rules }) => [name, rules]))
  const unknown = rows
    .filter(({ name }) => !leftOut.includes(name))
    .flatMap(({ name, columns }) =>
      columns.filter((column) => !known.get(name)?.has(column)).map((column) => `${name}.${column}`),
    )
  if (unknown.length > 0)
    throw new CannotStart(
      `There is no rule for copying ${unknown.join(', ')}. Add one to scripts/snapshot/copied-*.ts, in the release that this database runs.`,
    )
  return new Map(rows.map(({ name, columns }) => [name, columns]))
}
