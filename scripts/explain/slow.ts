import type pg from 'pg'
import * as z from 'zod'
import { openConnection } from '../local/connection.ts'
import { logLines } from '../log-lines.ts'

const slowTrip = z.object({
  message: z.literal('slow trip'),
  request_id: z.string().optional(),
  trip_ms: z.number(),
  statements: z.array(z.object({ name: z.string(), sql: z.string() })),
})

/** A statement in slow trips. */
export interface SlowStatement {
  name: string
  sql: string
  trips: number
  /** The longest of these trips, in milliseconds; `requestId` is its request. */
  longestMs: number
  requestId: string | undefined
  /** PostgreSQL's generic plan, or why there is none. */
  plan: string
}

/**
 * Finds the statements of slow trips in a log, slowest first, costliest first within a trip, and gets their plans from a
 * database. Nothing is executed and no values are needed (`generic_plan`), so it can be production's database.
 *
 * @throws CannotStart when the file cannot be read.
 */
export async function explainSlow(file: string, url: string): Promise<SlowStatement[]> {
  const found = new Map<string, SlowStatement>()
  for await (const line of logLines(file)) {
    const { data } = slowTrip.safeParse(line)
    for (const { name, sql } of data?.statements ?? []) {
      const known = found.get(name) ?? { name, sql, trips: 0, longestMs: 0, requestId: undefined, plan: '' }
      const isLonger = data && data.trip_ms >= known.longestMs
      const longest = isLonger ? { longestMs: data.trip_ms, requestId: data.request_id } : {}
      found.set(name, { ...known, ...longest, trips: known.trips + 1 })
    }
  }
  await using client = await openConnection(url)
  const slow = [...found.values()]
  for (const statement of slow) statement.plan = await planOf(client, statement.sql)
  return slow.sort((one, other) => other.longestMs - one.longestMs || costOf(other) - costOf(one))
}

async function planOf(client: pg.Client, sql: string): Promise<string> {
  try {
    const { rows } = await client.query(`explain (generic_plan) ${sql}`)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  } catch (error) {
    return `No plan: ${(error as Error).message}`
  }
}

/** PostgreSQL's estimate, in its own unit; 0 without a plan. */
const costOf = ({ plan }: SlowStatement) => Number(/cost=[\d.]+\.\.([\d.]+)/.exec(plan)?.[1] ?? 0)

export function printSlow(slow: SlowStatement[], missing: { name: string; migration: string }[]): void {
  for (const { name, migration } of missing)
    console.log(`✘ The index ${name} is missing or broken: migrations/${migration} creates it.\n`)
  if (slow.length === 0) console.log('The log contains no slow trip.')
  for (const { name, trips, longestMs, requestId, plan } of slow) {
    console.log(`${name}: ${trips} ×, ${longestMs} ms at most (request ${requestId ?? 'unknown'})`)
    // An expression in a plan may have thousands of characters.
    console.log(`${plan.replace(/^/gm, '  ').replace(/^(.{160}).+$/gm, '$1…')}\n`)
  }
  if (slow.some(({ plan }) => /^(Result|Function Scan)/.test(plan)))
    console.log(
      'The plan of a call does not show what the function does. `npm run explain` executes and judges that.',
    )
}
