import { styleText } from 'node:util'
import type pg from 'pg'
import { openConnection } from '../local/connection.ts'
import { duration } from './progress.ts'

/** What was made, how long it took, and its size. */
export async function report(url: string, phases: Map<string, number>, seconds: number): Promise<string> {
  await using client = await openConnection(url)
  const counts = await countRows(client)
  const sizes = await readSizes(client)
  const times = [...phases].map(([name, took]) => [name, duration(took)] as [string, string])
  return [
    heading('Made'),
    ...aligned(counts),
    heading('Took'),
    ...aligned([...times, ['This run', duration(seconds)]]),
    heading('Size'),
    ...aligned(sizes),
  ].join('\n')
}

async function countRows(client: pg.Client): Promise<[string, string][]> {
  const { rows } = await client.query(`
    select 'locations' as what, count(*) from locations
    union all select 'doctors', count(*) from doctors
    union all select 'patients', count(*) from patients
    union all select 'accounts', count(*) from accounts
    union all select 'time off', count(*) from time_off
    union all select 'closures', count(*) from closures
    union all (select 'appointments, ' || status, count(*) from appointments group by status order by status)
    union all select 'events', count(*) from events`)
  return rows.map(({ what, count }) => [what, Number(count).toLocaleString('en')])
}

async function readSizes(client: pg.Client): Promise<[string, string][]> {
  const { rows } = await client.query(`
    select pg_relation_size(oid) as size, relname as name
    from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'i') and pg_relation_size(oid) > 1024 * 1024
    order by 1 desc`)
  const { rows: all } = await client.query('select pg_database_size(current_database()) as size')
  return [...rows, { name: 'the database', ...all[0] }].map(({ name, size }) => [
    name,
    `${(Number(size) / 2 ** 20).toLocaleString('en', { maximumFractionDigits: 0 })} MB`,
  ])
}

function heading(text: string): string {
  return `\n${styleText('bold', text)}`
}

function aligned(lines: [string, string][]): string[] {
  const width = Math.max(...lines.map(([, value]) => value.length))
  return lines.map(([name, value]) => `  ${value.padStart(width)}  ${name}`)
}
