import { styleText } from 'node:util'
import type pg from 'pg'
import { loadChunk } from './appointments.ts'
import { inTransaction } from './bookkeeping.ts'
import { findRepairs, type Repair } from './catalog.ts'
import type { Run } from './generate-clinic.ts'
import { duration } from './progress.ts'

/** Gives each item to the first free connection; after a failure, starts no other. */
async function share<Item>(
  { hands, signal }: Run,
  items: Item[],
  work: (client: pg.Client, item: Item) => Promise<void>,
): Promise<void> {
  const left = [...items]
  const failures: unknown[] = []
  const takeAll = async (client: pg.Client) => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      signal.throwIfAborted()
      await work(client, item)
    }
  }
  await Promise.all(
    hands.map((client) =>
      takeAll(client).catch((error) => {
        failures.push(error)
        left.length = 0
      }),
    ),
  )
  if (failures.length > 0) throw failures[0]
}

interface Chunk {
  number: number
  rows: number
  /** Relative to other chunks; events are work too. */
  effort: number
}

/** @param worth the share of all chunks in the whole run. */
export async function loadAppointments(run: Run, worth: number): Promise<void> {
  const { hands, wishes, asOf, progress } = run
  const { rows } = await hands[0].query(
    'select number, rows, effort, is_loaded from generation.chunks order by number',
  )
  const started = performance.now()
  let made = 0
  const all = rows.reduce((sum, { effort }) => sum + effort, 0)
  const left: Chunk[] = rows.filter((chunk) => !chunk.is_loaded)
  await share(run, left, async (client, chunk) => {
    await inTransaction(client, async () => {
      // PostgreSQL underestimates the random filters, and nested loops over them are too slow.
      await client.query('set local enable_nestloop to off')
      // A run that was killed a moment ago may still be committing it.
      const { rowCount } = await client.query(
        'select from generation.chunks where number = $1 and not is_loaded for update',
        [chunk.number],
      )
      if (rowCount) await loadChunk(client, chunk.number, wishes, asOf)
      await client.query('update generation.chunks set is_loaded = true where number = $1', [chunk.number])
    })
    made += chunk.rows
    const rate = Math.round(made / ((performance.now() - started) / 1000))
    progress.begin(`Appointments and events, ${rate.toLocaleString('en')} a second`)
    progress.advance((worth * chunk.effort) / all)
  })
}

/** Which share of loading is left, from 0 to 1. */
export async function chunksLeft(client: pg.Client): Promise<number> {
  const { rows } = await client.query(
    'select sum(effort) filter (where not is_loaded) / sum(effort) as part, count(*)::int from generation.chunks',
  )
  return rows[0].count === 0 ? 1 : (rows[0].part ?? 0)
}

/** Restores keys and indexes wave by wave; those of one wave run in parallel. */
export async function putBack(run: Run, worth: number): Promise<void> {
  const { hands, progress } = run
  const repairs = await findRepairs(hands[0])
  const { rows } = await hands[0].query('select statement from generation.repairs')
  const all = rows.reduce((sum, { statement }) => sum + effortOf(statement), 0)
  for (const wave of new Set(repairs.map((repair) => repair.wave))) {
    const ofWave = repairs.filter((repair) => repair.wave === wave)
    await share(run, ofWave, async (client, repair: Repair) => {
      progress.begin(`Restoring ${repair.name}`)
      const started = performance.now()
      await inTransaction(client, async () => {
        await client.query(repair.statement)
        await client.query('update generation.repairs set is_done = true where position = $1', [
          repair.position,
        ])
      })
      const took = duration((performance.now() - started) / 1000)
      progress.say(styleText('dim', `  ${repair.name} ${took}`))
      progress.advance((worth * effortOf(repair.statement)) / all)
    })
  }
}

/** Which share of restoring is left, from 0 to 1. */
export async function repairsLeft(client: pg.Client): Promise<number> {
  const { rows } = await client.query('select statement, is_done from generation.repairs')
  const sum = (of: typeof rows) => of.reduce((total, { statement }) => total + effortOf(statement), 0)
  return rows.length === 0 ? 1 : sum(rows.filter((repair) => !repair.is_done)) / sum(rows)
}

/** Seconds per million appointments: an exclusion constraint searches for conflicts of each claim. */
function effortOf(statement: string): number {
  if (/ exclude /i.test(statement)) return 58
  if (/ using index | enable trigger /i.test(statement)) return 0.01
  return 1
}
