import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { CannotStart } from '../local/cannot-start.ts'
import { openConnection } from '../local/connection.ts'
import { runMigrations } from '../migration/run.ts'
import { copiedTables } from './copied-tables.ts'
import { openSnapshot, type Section, type Snapshot } from './read.ts'
import type { About, Counts } from './write.ts'

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url))

/**
 * Fills an empty database with a copy: runs the migrations that the copy had, loads its rows with every constraint in place,
 * then rebuilds the event chains. All rows or none. Does nothing if the same copy was opened before.
 *
 * @returns whether anything was written.
 * @throws CannotStart when the copy has migrations that are not here, or cannot be read to its end.
 */
export async function restoreSnapshot(url: string, file: string): Promise<boolean> {
  await using snapshot = await openSnapshot(file)
  await using client = await openConnection(url)
  const mark = `A copy: ${snapshot.about.id}`
  const { rows } = await client.query("select obj_description('public'::regnamespace) = $1 as done", [mark])
  if (rows[0].done) return false
  await migrateAsFarAs(client, snapshot.about)
  await client.query('begin')
  await fill(client, snapshot)
  await client.query(`comment on schema public is ${pg.escapeLiteral(mark)}`)
  await client.query('commit')
  await client.query('vacuum (analyze)')
  return true
}

/** The name of a copy's data directory. @throws CannotStart when the file is not a copy. */
export async function nameOfCopy(file: string): Promise<string> {
  await using snapshot = await openSnapshot(file)
  return `copy-${snapshot.about.id}`
}

export async function migrateAsFarAs(
  client: pg.Client,
  { migrations }: Pick<About, 'migrations'>,
): Promise<void> {
  const here = readMigrationFiles({ migrationsFolder }).slice(0, migrations.length)
  const strange = migrations.findIndex(({ hash }, index) => here[index]?.hash !== hash)
  if (strange >= 0)
    throw new CannotStart(
      `The copy has ${migrations.length} migrations, and number ${strange} differs from the one here. Check out the release that it was made with.`,
    )
  await runMigrations(client, migrations.length)
}

/** Their rows go to temporary tables first, because each appointment carries the end of a chain that is not built yet. */
const waiting = ['appointments', 'events']

async function fill(client: pg.Client, snapshot: Snapshot): Promise<void> {
  const counts: Counts = {}
  const columns = new Map<string, string[]>()
  for await (const section of snapshot.sections) {
    if (!copiedTables.some(({ name }) => name === section.table))
      throw new CannotStart(`The copy has a table ${section.table}, which does not exist here.`)
    columns.set(section.table, section.columns)
    counts[section.table] = await load(client, section)
  }
  if (JSON.stringify(counts) !== JSON.stringify(snapshot.counts))
    throw new CannotStart('The copy does not have the number of rows that it claims.')
  await chainEvents(client, columns)
  for (const [name, last] of Object.entries(snapshot.about.sequences))
    await client.query('select setval($1::regclass, $2::bigint)', [`public.${name}`, last])
}

async function load(client: pg.Client, { table, columns, rows }: Section): Promise<number> {
  const list = listed(columns)
  const into = waiting.includes(table) ? `pg_temp.waiting_${table}` : `public.${table}`
  if (waiting.includes(table))
    await client.query(
      `create temp table waiting_${table} as select ${list} from public.${table} with no data`,
    )
  // A trigger has filled it from the doctors.
  if (table === 'doctor_locations') await client.query('delete from doctor_locations')
  const stream = client.query(copyFrom(`copy ${into} (${list}) from stdin`))
  await pipeline(Readable.from(rows), stream)
  return stream.rowCount
}

const listed = (columns: string[] = []) => columns.map(pg.escapeIdentifier).join(', ')

/**
 * Rebuilds the hashes of every chain, from its first event on. Gaps stay visible, because numbers and counts are unchanged.
 */
async function chainEvents(client: pg.Client, columns: Map<string, string[]>): Promise<void> {
  const [ofAppointments, ofEvents] = waiting.map((table) => listed(columns.get(table)))
  const hashAfter = await readHash(client)
  await client.query(`
    create temp table placed as
    select *, row_number() over (partition by appointment_id order by number) as place from waiting_events;
    create index on placed (appointment_id, place);
    analyze placed;

    create temp table chain as
    with recursive link as (
      select event.*, first.previous_hash, ${hashAfter('first.previous_hash')} as hash
      from placed event
      cross join lateral (select case when event.number > 1 then ''::bytea end as previous_hash) first
      where place = 1
      union all
      select event.*, link.hash, ${hashAfter('link.hash')}
      from link
      join placed event on event.appointment_id = link.appointment_id and event.place = link.place + 1
    )
    select * from link;
    create index on chain (appointment_id, number);
    analyze chain;

    insert into appointments (${ofAppointments}, last_event_hash) overriding system value
    select ${ofAppointments}, (
      select hash from chain where chain.appointment_id = appointment.id and chain.number = appointment.event_count
    )
    from waiting_appointments appointment;

    insert into events (${ofEvents}, previous_hash, hash) overriding system value
    select ${ofEvents}, previous_hash, hash from chain order by id`)
  const { rows } = await client.query("select to_regclass('event_heads') is not null as has_anchors")
  if (rows[0].has_anchors)
    await client.query(`
      insert into event_heads (appointment_id, event_count, last_event_hash)
      select id, event_count, last_event_hash from appointments where last_event_hash is not null`)
}

/** The call that hashes an event, as the function is after the migrations of the file. */
async function readHash(client: pg.Client): Promise<(previous: string) => string> {
  const said = `event.appointment_id, event.number, event.kind, event.at, event.actor_kind, event.account_id,
    event.api_key_id, event.request_id, event.reason, event.before, event.after`
  const { rows } = await client.query(`
    select
      to_regprocedure('event_hash(events)') is not null as takes_rows,
      exists (
        select from pg_attribute where attrelid = 'events'::regclass and attname = 'reason_hash'
      ) as has_commitments`)
  const commitment = rows[0].has_commitments ? ', null, null' : ''
  return rows[0].takes_rows
    ? (previous) => `event_hash(row(null, ${said}, ${previous}, null${commitment})::events)`
    : (previous) => `event_hash(${previous}, ${said})`
}
