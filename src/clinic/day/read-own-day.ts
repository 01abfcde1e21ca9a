import { sql } from 'drizzle-orm'
import { acting } from '../composite.ts'
import { type ClinicContext, personOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { camelKeys } from '../snake-case.ts'
import { type AppointmentLists, toAppointments } from './appointment-lists.ts'
import type { Day, DayAppointment, DayClock, Range } from './day.ts'
import { type DayAnswer, read } from './read-day.ts'
import { undoOffer } from './undo-offer.ts'

/** A doctor's own days, at all their locations. */
export interface OwnDay extends Day {
  /** When they see patients on each day. */
  hours: { date: string; during: Range[] }[]
  /** The next five, with what runs now. */
  timeOff: {
    id: number
    kind: 'away' | 'block' | 'reserve'
    name: string | null
    startsLocal: string
    endsLocal: string
  }[]
  /** Notes for the front desk, by appointment. */
  ownNotes: Record<string, string>
  /** The first day after those shown on which they work or have an appointment; null if there is none in ten weeks. */
  nextDay: DayClock | null
  /** The first five of that day. */
  nextAppointments: DayAppointment[]
}

/**
 * A doctor's own day, or their week from its Monday, in one trip.
 *
 * @throws NotFound for everyone else.
 */
export async function readOwnDay(
  ctx: ClinicContext,
  { on, days }: { on?: string | undefined; days: 1 | 7 },
): Promise<OwnDay> {
  if (personOf(ctx.actor)?.kind !== 'doctor') throw new NotFound('doctor')
  const { rows } = await ctx.db.execute<DayAnswer>(sql`
    select read_own_day(${on ?? null}::date, ${days}::integer, ${acting(ctx)}) as day, ${undoOffer(ctx)} as undo`)
  const [row] = rows
  if (!row?.day) throw new NotFound('doctor')
  const day = camelKeys({ ...read(row.day), undo_offer: row.undo && read(row.undo) }) as Omit<
    OwnDay,
    keyof Own
  > &
    Own
  return {
    ...nothingElse,
    ...day,
    appointments: toAppointments(day.appointments),
    nextAppointments: toAppointments(day.nextAppointments),
  }
}

type Own = Record<'appointments' | 'nextAppointments', AppointmentLists>

/** What the day of a location has besides. */
const nothingElse = {
  closures: [],
  colleagues: [],
  rooms: [],
  walkIns: [],
  justLeft: [],
  notes: [],
  justCleared: [],
  strandedCount: 0,
}
