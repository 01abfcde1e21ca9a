import type pg from 'pg'
import { CannotStart } from '../local/cannot-start.ts'
import type { Wishes } from './flags.ts'

const weeksBehind = 261
const weeksAhead = 26
const firstWithEvents = -53
const day = 86_400_000
/** The fewest slots per appointment, in every week. */
const enough = 1.1

/** How many of a thousand are cancelled, are missed, and take the time of a cancelled one. */
export const perMille = { cancelled: 120, missed: 60, rebooked: 60 }

interface Week {
  /** As `yyyy-mm-dd`, on each location's own clock. */
  monday: string
  number: number
  chunk: number
  quota: number
  firstId: number
  /** True for the last twelve months and the future. */
  hasEvents: boolean
}

/** Assigns each week its number of appointments and their ids, and groups weeks into chunks. */
function shareOut(appointments: number, asOf: Date, chunkRows: number): Week[] {
  const today = Math.floor(asOf.getTime() / day)
  // The first of January 1970 was a Thursday.
  const thisMonday = today - ((today + 3) % 7)
  const numbers = Array.from({ length: weeksBehind + weeksAhead }, (_, place) => place - weeksBehind)
  const demand = numbers.map((number) => demandOf(number, thisMonday + 7 * number))
  const all = demand.reduce((sum, one) => sum + one, 0)
  let reached = 0
  let chunk = 0
  let rowsOfChunk = 0
  let given = 0
  return numbers.map((number, place) => {
    reached += demand[place] ?? 0
    const until = Math.round((appointments * reached) / all)
    const quota = until - given
    // Weeks with events use another statement.
    if ((rowsOfChunk + quota > chunkRows && rowsOfChunk > 0) || number === firstWithEvents) {
      chunk++
      rowsOfChunk = 0
    }
    const monday = new Date((thisMonday + 7 * number) * day).toISOString().slice(0, 10)
    const week = { monday, number, chunk, quota, firstId: given + 1, hasEvents: number >= firstWithEvents }
    rowsOfChunk += quota
    given = until
    return week
  })
}

/** The clinic has grown; winters are busy, except the end of December; ahead, the nearest weeks are the fullest. */
function demandOf(week: number, monday: number): number {
  const date = new Date(monday * day)
  const dayOfYear = (date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / day
  const season = 1 + 0.15 * Math.cos((2 * Math.PI * (dayOfYear - 20)) / 365) - (dayOfYear > 353 ? 0.4 : 0)
  const growth = 0.6 + (0.4 * (week + weeksBehind)) / weeksBehind
  return season * (week < 0 ? growth : Math.max(0.01, Math.exp(-week / 5)))
}

/** @throws CannotStart when there are too few doctors for the appointments. */
export async function planWeeks(
  client: pg.Client,
  { appointments, doctors }: Wishes,
  asOf: Date,
  chunkRows: number,
): Promise<void> {
  const weeks = shareOut(appointments, asOf, chunkRows)
  await client.query(
    `insert into generation.weeks (monday, number, chunk, quota, first_id, has_events)
     select monday, number, chunk, quota, "firstId", "hasEvents"
     from jsonb_to_recordset($1) week (
       monday date, number int, chunk int, quota int, "firstId" bigint, "hasEvents" bool
     )`,
    [JSON.stringify(weeks)],
  )
  await client.query(`
    insert into generation.chunks (number, rows, effort)
    select chunk, sum(quota), sum(quota * case when has_events then 1.7 else 1 end) from generation.weeks group by chunk`)
  await client.query(
    'analyze generation.weeks, generation.doctors, generation.blocks, generation.patterns, generation.away',
  )
  const { rows } = await client.query(`
    with slots as (
      select plan, count(*)::float8 / count(distinct pattern) as slots from generation.patterns group by plan
    )
    select min(capacity / nullif(quota, 0)) as abundance
    from generation.weeks
    cross join lateral (
      select sum(slots) as capacity
      from generation.blocks block
      join generation.doctors doctor on doctor.id = block.doctor_id
      join slots using (plan)
      where monday + weekday - 1 between starts_on and ends_on
      and (block.doctor_id, monday + weekday - 1) not in (select doctor_id, date from generation.away)
    ) week`)
  const abundance = rows[0].abundance
  // Some slots must stay free, because the draw prefers popular ones.
  if (abundance < enough)
    throw new CannotStart(
      `${doctors} doctors are too few. Use at most --appointments ${Math.floor((appointments * abundance) / enough)}, or at least --doctors ${Math.ceil((doctors * enough * 1.05) / abundance)}.`,
    )
}
