import { type SQL, sql } from 'drizzle-orm'

/**
 * When the free time of a doctor changed: local dates at the location, both included. A slot that starts late on the
 * date before, and would reach into these, is meant as well. `everything` is any doctor, on any date.
 */
export type FreeTimeChange = { doctorId: number; locationId: number; from: string; to: string } | 'everything'

/** Whose free time changed, and on which dates, as a statement answers it. */
export type FreeTimeRow = {
  doctor_id: string | number
  /** This and the dates are absent from answers that were kept before statements told them. */
  location_id?: string | number
  first_day?: string
  last_day?: string
}

const day = 24 * 60 * 60 * 1000
/** Of a change that is longer, nobody wants to know each date. */
const longest = 62

/** The columns `first_day` and `last_day` of a range of wall-clock times; what ends at midnight leaves the next day be. */
export function daysOf(startsAt: SQL, endsAt: SQL): SQL {
  return sql`
    to_char(${startsAt}, 'YYYY-MM-DD') as first_day,
    to_char(${endsAt} - interval '1 microsecond', 'YYYY-MM-DD') as last_day`
}

export function toFreeTimeChange(row: FreeTimeRow): FreeTimeChange {
  const { doctor_id, location_id, first_day: from, last_day: to } = row
  if (!location_id || !from || !to) return 'everything'
  if (Date.parse(to) - Date.parse(from) >= longest * day) return 'everything'
  return { doctorId: Number(doctor_id), locationId: Number(location_id), from, to }
}

/** Tells all that one verb has changed, each change once; to be called when it is committed. */
export function tellFreeTime(
  ctx: { tellFreeTime?: (changes: FreeTimeChange[]) => void },
  rows: FreeTimeRow[],
): void {
  const changes = new Map(rows.map(toFreeTimeChange).map((change) => [JSON.stringify(change), change]))
  if (changes.size > 0) ctx.tellFreeTime?.([...changes.values()])
}
