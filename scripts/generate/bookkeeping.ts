import type pg from 'pg'
import { CannotStart } from '../local/cannot-start.ts'
import { catalogOf } from './catalog.ts'
import type { Wishes } from './flags.ts'

/**
 * Tracks progress in a schema of its own, which is dropped at the end. Each phase and chunk is marked in its own transaction,
 * so that a killed run can resume.
 *
 * @returns the instant that the clinic is generated for; a resumed run keeps its own.
 * @throws CannotStart when the database holds other data, or a run with other options.
 */
export async function beginOrResume(client: pg.Client, wishes: Wishes, asOf: Date): Promise<Date> {
  const { rows } = await client.query("select to_regclass('generation.run') as run")
  if (rows[0].run) return resume(client, wishes)
  await requireEmpty(client)
  await client.query('begin')
  await client.query(`
    create schema generation;
    create table generation.run (wishes jsonb, as_of timestamptz, catalog text);
    create table generation.phases (name text primary key, seconds float8);
    create table generation.chunks (number int primary key, rows int, effort float8, is_loaded boolean default false);
    create table generation.weeks (
      monday date primary key, number int, chunk int, quota int, first_id bigint, has_events boolean
    );
    create table generation.repairs (
      position int primary key, wave int, name text, of_table text, statement text, is_done boolean default false
    );
    -- A fixed pseudo-random number in (0, 1) for each number and salt.
    create function generation.chance(of bigint, salt bigint) returns float8 language sql immutable
    return ((hashint8extended(of, salt) & 4503599627370495) + 1) / 4503599627370497::float8`)
  await client.query('insert into generation.run values ($1, $2, $3)', [
    JSON.stringify(wishes),
    asOf,
    await catalogOf(client),
  ])
  await client.query('commit')
  return asOf
}

async function resume(client: pg.Client, wishes: Wishes): Promise<Date> {
  const { rows } = await client.query('select wishes, as_of from generation.run')
  const begun: Wishes = rows[0].wishes
  const flags = (Object.keys(wishes) as (keyof Wishes)[]).map((name) => `--${name} ${begun[name]}`)
  if ((Object.keys(wishes) as (keyof Wishes)[]).some((name) => begun[name] !== wishes[name]))
    throw new CannotStart(
      `The database has an unfinished run with ${flags.join(' ')}. Repeat these options to continue, or use an empty database.`,
    )
  return rows[0].as_of
}

/** @throws CannotStart when any table of the clinic has a row. */
export async function requireEmpty(client: pg.Client): Promise<void> {
  // A migration fills the settings, and notes how they are.
  const { rows } = await client.query(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('clinic_settings', 'settings_states')",
  )
  const filled: string[] = []
  for (const { name } of rows) {
    const { rowCount } = await client.query(`select from ${client.escapeIdentifier(name)} limit 1`)
    if (rowCount) filled.push(name)
  }
  if (filled.length > 0)
    throw new CannotStart(
      `The database already holds data (${filled.sort().join(', ')}). Use an empty one: --data-dir .data/another, or another DATABASE_URL.`,
    )
}

export async function isFinished(client: pg.Client, phase: string): Promise<boolean> {
  const { rowCount } = await client.query('select from generation.phases where name = $1', [phase])
  return rowCount === 1
}

export async function markFinished(client: pg.Client, phase: string, seconds: number): Promise<void> {
  await client.query('insert into generation.phases values ($1, $2)', [phase, seconds])
}

export async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin')
  try {
    await work()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}
