import { sql } from 'drizzle-orm'
import { isDesk } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { onLocalClock } from '../local-clock.ts'
import type { Fault } from '../refusals.ts'
import { readWindow } from './window.ts'

/** A start that can be booked. */
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

export interface FindOpenSlots {
  doctorId: number
  visitTypeId: number
  /** Dates on the location's clock, both included; see `readWindow`. */
  from?: string | undefined
  to?: string | undefined
}

export type FoundSlots =
  | { ok: true; slots: Slot[] }
  | { ok: false; refusal: 'not_offered' }
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
 * Every slot of one doctor for one visit type, from first to last, in one trip. The front desk also sees what
 * only it may book, without notice, horizon and cap. Anybody may ask.
 *
 * @throws NotFound for an unknown doctor.
 */
export async function findOpenSlots(
  { db, actor, now }: ClinicContext,
  { doctorId, visitTypeId, ...asked }: FindOpenSlots,
): Promise<FoundSlots> {
  const read = readWindow(asked, now)
  if (!read.ok) return { ok: false, refusal: 'invalid', faults: read.faults }
  const { from, to } = read.window
  const { rows } = await db.execute<SlotRow & Known>(sql`
    select
      doctor.id as doctor_id, doctor.name as doctor,
      location.id as location_id, location.name as location, location.time_zone,
      visit.id is not null as visit_type_is_known,
      offer.doctor_id is not null as is_offered,
      slot.start_at, slot.end_at,
      ${onLocalClock(sql`slot.start_at`, sql`location.time_zone`)} as start_local,
      ${onLocalClock(sql`slot.end_at`, sql`location.time_zone`)} as end_local
    from doctors doctor
    join locations location on location.id = doctor.location_id
    left join visit_types visit
      on visit.id = ${visitTypeId}::bigint and (visit.bookable_online or ${isDesk(actor)})
    left join doctor_visit_types offer on offer.doctor_id = doctor.id and offer.visit_type_id = visit.id
    left join lateral open_slots(
      doctor.id, visit.id,
      tstzrange(
        ${from}::date::timestamp at time zone location.time_zone,
        (${to}::date + 1)::timestamp at time zone location.time_zone
      ),
      ${isDesk(actor)}, ${now.toISOString()}::timestamptz
    ) slot on true
    where doctor.id = ${doctorId}::bigint
    order by slot.start_at`)
  const [known] = rows
  if (!known) throw new NotFound('doctor')
  if (!known.visit_type_is_known) return { ok: false, refusal: 'invalid', faults: { visitTypeId: 'unknown' } }
  if (!known.is_offered) return { ok: false, refusal: 'not_offered' }
  return {
    ok: true,
    slots: rows.filter((row) => row.start_at !== null).map((row) => toSlot(row, visitTypeId)),
  }
}

interface Known extends Record<string, unknown> {
  visit_type_is_known: boolean
  is_offered: boolean
}

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
