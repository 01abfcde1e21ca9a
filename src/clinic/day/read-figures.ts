import { sql } from 'drizzle-orm'
import { isStaff } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { camelKeys } from '../snake-case.ts'

/** Of the appointments that were agreed: what became of them. `booked` is the sum of the others. */
export interface Counts {
  booked: number
  attended: number
  missed: number
  cancelled: number
  /** Still to come, or not marked yet. */
  open: number
}

/** In minutes; null when there are none. */
interface Median {
  median: number | null
  count: number
}

export interface Lengths {
  /** From booking to start. */
  lead: Median
  /** From arrival to the doctor's start. */
  waiting: Median
  withDoctor: Median
}

/** Minutes that could be used, and how many of them appointments took. */
export interface Usage {
  id: number
  name: string
  openMinutes: number
  takenMinutes: number
}

export interface Figures {
  /** The first day of the week. */
  monday: string
  today: string
  /** Those to choose from. */
  locations: { id: number; name: string }[]
  doctors: { id: number; name: string }[]
  totals: Counts & Lengths
  days: (Counts & { date: string })[]
  byDoctor: (Counts & Lengths & Usage)[]
  byRoom: (Usage & { location: string })[]
  /** Without an id: appointments of no visit type. */
  byVisitType: (Counts & { id: number | null; name: string | null; takenMinutes: number })[]
  /** How many were booked less than 1, 3, 8, 15 and 31 days before, and earlier. */
  leadDays: number[]
}

export interface ReadFigures {
  /** A date of the week; without one, today. */
  on?: string | undefined
  locationId?: number | undefined
  doctorId?: number | undefined
}

/**
 * What a week was like, in one trip; docs/figures.md defines each figure. Doctors see their own, unless the clinic lets them
 * see one another.
 *
 * @throws NotFound for patients and strangers, and for a location that the person may not see.
 */
export async function readFigures(
  ctx: ClinicContext,
  { on, locationId, doctorId }: ReadFigures,
): Promise<Figures> {
  if (!isStaff(ctx.actor)) throw new NotFound('location')
  const { rows } = await ctx.db.execute<{ figures: object | null }>(sql`
    select read_figures(
      ${on ?? null}::date, ${locationId ?? null}::bigint, ${doctorId ?? null}::bigint, ${acting(ctx)}
    ) as figures`)
  const figures = rows[0]?.figures
  if (!figures) throw new NotFound('location')
  return camelKeys(figures) as Figures
}
