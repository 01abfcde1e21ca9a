import { Temporal } from 'temporal-polyfill'
import type { World } from './message-world.ts'

export const hour = 3_600_000

/** The wall clock of a place at an instant in milliseconds. */
export const localAt = (at: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime()

/** Of two instants with this wall clock the later, as PostgreSQL has it. */
const instantOf = (local: Temporal.PlainDateTime, zone: string) =>
  local.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds

/** The same wall clock some days earlier. */
export const daysBefore = (at: number, days: number, zone: string) =>
  instantOf(localAt(at, zone).subtract({ days }), zone)

/**
 * When a message may go out: as wanted, or else at the nearest minute outside the quiet hours that is neither before
 * `earliest` nor at or after `latest`. If there is none, at once.
 */
export function allowedAt(
  wanted: number,
  earliest: number,
  latest: number,
  zone: string,
  { quiet_from, quiet_until }: World['settings'],
): number {
  const [from, until] = [quiet_from, quiet_until].map((clock) => Temporal.PlainTime.from(clock)) as [
    Temporal.PlainTime,
    Temporal.PlainTime,
  ]
  const before = Temporal.PlainTime.compare
  const local = localAt(wanted, zone)
  const isPast = (clock: Temporal.PlainTime) => before(local.toPlainTime(), clock) >= 0
  const isOvernight = before(from, until) > 0
  const isQuiet = isOvernight ? isPast(from) || !isPast(until) : isPast(from) && !isPast(until)
  if (!isQuiet) return wanted
  const today = local.toPlainDate()
  const began = (isPast(from) ? today : today.subtract({ days: 1 })).toPlainDateTime(from)
  const ends = (isPast(until) ? today.add({ days: 1 }) : today).toPlainDateTime(until)
  const [possible] = [began.subtract({ minutes: 1 }), ends]
    .map((clock) => instantOf(clock, zone))
    .filter((at) => at >= earliest && at < latest)
    .toSorted((one, other) => Math.abs(one - wanted) - Math.abs(other - wanted))
  return possible ?? Math.max(wanted, earliest)
}

/** The day that an instant belongs to on a wall clock. */
export const dayOf = (at: number, zone: string) => localAt(at, zone).toPlainDate().toString()

/** Whether a link to a patient still holds: its last day ends when the next begins at the first of the locations. */
export function isInForce(endsOn: string | null, at: number, { locations }: World): boolean {
  if (endsOn === null) return true
  const midnight = Temporal.PlainDate.from(endsOn).toPlainDateTime()
  return at < Math.min(...locations.map(({ time_zone }) => instantOf(midnight, time_zone)))
}
