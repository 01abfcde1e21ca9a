import { sql } from 'drizzle-orm'
import { isStaff } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { camelKeys } from '../snake-case.ts'
import { type AppointmentLists, toAppointments } from './appointment-lists.ts'
import type { Day } from './day.ts'
import { undoOffer } from './undo-offer.ts'

export interface ReadDay {
  /** Without one, the first that the person may see. */
  locationId?: number | undefined
  /** The first date, or one of the week; without one, today. */
  on?: string | undefined
  days: 1 | 3 | 7
  /** Only one doctor's time and appointments. */
  doctorId?: number | undefined
  byRoom?: boolean
  withCancelled?: boolean
}

/**
 * The days of a location with everything that happens on them, in one trip however many doctors there are.
 *
 * @throws NotFound for patients and strangers, and for a location that the person may not see.
 */
export async function readDay(ctx: ClinicContext, asked: ReadDay): Promise<Day> {
  if (!isStaff(ctx.actor)) throw new NotFound('location')
  const { locationId = null, on = null, days, doctorId = null, byRoom = false, withCancelled = false } = asked
  const { rows } = await ctx.db.execute<DayAnswer>(sql`
    select read_day(
      ${locationId}::bigint, ${on}::date, ${days}::integer, ${doctorId}::bigint, ${byRoom}::boolean,
      ${withCancelled}::boolean, ${acting(ctx)}
    ) as day, ${undoOffer(ctx)} as undo`)
  const [{ day, undo } = { day: null, undo: null }] = rows
  if (!day) throw new NotFound('location')
  return toDay({ ...read(day), undo_offer: undo && read(undo) })
}

type DayRow = object

export interface DayAnswer extends Record<string, unknown> {
  day: DayRow | string | null
  undo: object | string | null
}

/** Some paths answer with JSON that is parsed already, others with its text. */
export const read = (json: object | string): object => (typeof json === 'string' ? JSON.parse(json) : json)

function toDay(row: DayRow): Day {
  const day = camelKeys(row) as Omit<Day, 'appointments'> & { appointments: AppointmentLists }
  return { ...day, appointments: toAppointments(day.appointments) }
}
