import { type SQL, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { isDesk } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import type { Fault } from '../refusals.ts'
import { calendarDate, closed, id } from '../shapes.ts'
import type { Offer } from './find-visit-types.ts'
import { readWindow } from './window.ts'

/** A start time that could be booked. */
export interface Slot {
  startAt: Date
  endAt: Date
  /** The location's wall clock, such as `2026-11-23T09:00`. */
  startLocal: string
  endLocal: string
  timeZone: string
  doctor: { id: number; name: string }
  location: { id: number; name: string }
  visitTypeId: number
}

export const findOpenSlotsInput = closed({
  doctorId: id,
  /** Without one, at any of the doctor's locations. */
  locationId: id.optional(),
  visitTypeId: id,
  /** Dates on the location's clock, both included; see `readWindow`. */
  from: calendarDate.optional(),
  to: calendarDate.optional(),
})

export type FindOpenSlots = z.infer<typeof findOpenSlotsInput>

export type FoundSlots =
  | { ok: true; slots: Slot[] }
  | { ok: false; refusal: 'not_offered'; offered: Offer[] }
  | { ok: false; refusal: 'invalid'; faults: Partial<Record<keyof FindOpenSlots, Fault>> }

export interface SlotRow extends Record<string, unknown> {
  doctor_id: string
  doctor: string
  location_id: string
  location: string
  time_zone: string
  start_at: string
  end_at: string
  start_local: string
  end_local: string
}

/**
 * Every slot of one doctor for one visit type, in order and in one trip. The front desk also sees slots that only it may
 * book, regardless of notice and cap. Open to everyone.
 *
 * @param moved the id of an appointment that is being moved, whose time counts as free; null in SQL when there is none.
 * @throws NotFound for an unknown doctor or appointment.
 */
export async function findOpenSlots(
  { db, actor, now }: ClinicContext,
  { doctorId, locationId, visitTypeId, ...asked }: FindOpenSlots,
  moved?: SQL,
): Promise<FoundSlots> {
  const read = readWindow(asked, now)
  if (!read.ok) return { ok: false, refusal: 'invalid', faults: read.faults }
  const { from, to } = read.window
  const { rows } = await db.execute<FoundRow>(sql`
    select
      free.*, ${moved ?? sql`0`} is not null as appointment_is_known,
      case when not is_offered then offered_by(
        ${doctorId}::bigint, ${isDesk(actor)}::boolean, ${now.toISOString()}::timestamptz
      ) end as offered
    from free_starts(
      ${doctorId}::bigint, ${locationId ?? null}::bigint, ${visitTypeId}::bigint, ${from}::date, ${to}::date,
      ${isDesk(actor)}::boolean, ${now.toISOString()}::timestamptz, ${moved ?? sql`null`}
    ) free`)
  const [found] = rows
  if (!found) throw new NotFound('doctor')
  if (!found.appointment_is_known) throw new NotFound('appointment')
  if (!found.visit_type_is_known) return { ok: false, refusal: 'invalid', faults: { visitTypeId: 'unknown' } }
  if (!found.is_offered) return { ok: false, refusal: 'not_offered', offered: found.offered ?? [] }
  const around = {
    timeZone: found.time_zone,
    doctor: { id: doctorId, name: found.doctor },
    visitTypeId,
  }
  const locations = new Map(found.locations.map(({ id, name }) => [id, { id, name }]))
  const [only] = locations.values()
  if (!only) throw new Error('Every doctor works somewhere.')
  const { starts, local_starts: localStarts, local_ends: localEnds, places } = found
  const slots = (starts ?? []).map((start, n) => ({
    startAt: new Date(start * minute),
    endAt: new Date((start + found.visit_minutes) * minute),
    startLocal: toWallClock(localStarts?.[n]),
    endLocal: toWallClock(localEnds?.[n]),
    location: locations.get(places?.[n] ?? 0) ?? only,
    ...around,
  }))
  return { ok: true, slots }
}

interface FoundRow extends Record<string, unknown> {
  appointment_is_known: boolean
  doctor: string
  locations: Slot['location'][]
  time_zone: string
  visit_type_is_known: boolean
  is_offered: boolean
  offered: Offer[] | null
  visit_minutes: number
  /** In minutes since 1970, as instants and on the location's wall clock; null when nothing is free. */
  starts: number[] | null
  local_starts: number[] | null
  local_ends: number[] | null
  /** The location of each start; null when the doctor has only one. */
  places: number[] | null
}

/** In milliseconds. */
const minute = 60_000

const toWallClock = (minutes = 0) =>
  new Date(minutes * minute).toISOString().slice(0, '2026-11-23T09:00'.length)

export function toSlot(row: SlotRow, visitTypeId: number): Slot {
  return {
    startAt: new Date(row.start_at),
    endAt: new Date(row.end_at),
    startLocal: row.start_local,
    endLocal: row.end_local,
    timeZone: row.time_zone,
    doctor: { id: Number(row.doctor_id), name: row.doctor },
    location: { id: Number(row.location_id), name: row.location },
    visitTypeId,
  }
}
