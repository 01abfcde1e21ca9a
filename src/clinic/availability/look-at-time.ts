import { type SQL, sql } from 'drizzle-orm'
import type { timeOffKinds } from '../../../drizzle/schema/time-off.ts'
import type { ClinicContext } from '../context.ts'
import { type Slot, type SlotRow, toSlot } from './find-open-slots.ts'

/** A time for which the front desk wants to book or move; without minutes, the visit type sets the length. */
export interface AskedTime {
  doctorId: number
  locationId?: number | undefined
  /** An instant, or a time on the wall clock of the doctor's location. */
  startAt: string
  visitTypeId?: number | undefined
  minutes?: number | undefined
  patientId?: number | undefined
  /** The appointment that is being moved: its own time counts as free. */
  movedId?: number | undefined
}

/** What the doctor or the patient has at a time already. */
export interface Conflict {
  part: 'doctor' | 'patient'
  appointmentId: number
  status: string
  isSession: boolean
  patient: string | null
  doctor: string
  visitType: string | null
  startLocal: string
  endLocal: string
  /** Until when they are taken without a pause. */
  untilLocal: string
}

export interface Absence {
  kind: Kind
  /** Of a block or a reserve: its name. */
  reason: string | null
  untilLocal: string
}

export interface LookedAt {
  startAt: Date
  startLocal: string
  endLocal: string
  timeZone: string
  locationId: number
  /** Whether the doctor works then, booked or not. */
  isOpen: boolean
  /** Null when they are not free at the start. */
  freeUntilLocal: string | null
  absences: Absence[]
  conflicts: Conflict[]
}

interface LookedAtRow extends Record<string, unknown> {
  start_at: string
  start_local: string
  end_local: string
  time_zone: string
  location_id: string
  is_open: boolean
  free_until_local: string | null
  absences: { kind: Kind; reason: string | null; until_local: string }[]
  conflicts: ConflictRow[]
}

interface ConflictRow {
  part: Conflict['part']
  appointment_id: number
  status: string
  is_session: boolean
  patient: string | null
  doctor: string
  visit_type: string | null
  start_local: string
  end_local: string
  until_local: string
}

type Kind = (typeof timeOffKinds)[number]

/** In minutes. */
const shortest = 5

/**
 * What there is at a time, and the free times nearest to it when it was refused or is taken, as two queries that a page sends
 * with its others. For the front desk and doctors: it names patients.
 */
export function prepareLook(ctx: ClinicContext, asked: AskedTime | null, wasRefused: boolean) {
  const nothing = sql`select where false`
  return {
    queries: [
      ctx.db.execute<LookedAtRow>(asked ? sql`select * from ${looking(ctx, asked)}` : nothing),
      ctx.db.execute<SlotRow>(asked ? nearest(ctx, asked, wasRefused) : nothing),
    ] as const,
    read([looked, near]: readonly [{ rows: LookedAtRow[] }, { rows: SlotRow[] }]): {
      time: LookedAt | null
      nearest: Slot[]
    } {
      const [row] = looked.rows
      return {
        time: row ? toLookedAt(row) : null,
        nearest: near.rows.map((slot) => toSlot(slot, asked?.visitTypeId ?? 0)),
      }
    },
  }
}

/** An appointment that is being moved brings its length and its patient. Without any length, only the start counts. */
function looking({ now }: ClinicContext, asked: AskedTime): SQL {
  const { doctorId, locationId = null, startAt, visitTypeId = null, minutes = null } = asked
  const { patientId = null, movedId = null } = asked
  const moved = (what: SQL) => sql`(select ${what} from appointments where id = ${movedId}::bigint)`
  return sql`look_at_time(
    ${doctorId}::bigint, ${locationId}::bigint, ${startAt},
    coalesce(
      ${minutes}::integer,
      (select visit_types.minutes from visit_types where id = ${visitTypeId}::bigint),
      ${moved(sql`(extract(epoch from end_at - start_at) / 60)::integer`)},
      ${shortest}
    ) * interval '1 minute',
    coalesce(${patientId}::bigint, ${moved(sql`patient_id`)}), ${now.toISOString()}::timestamptz, ${movedId}::bigint
  )`
}

function nearest(ctx: ClinicContext, asked: AskedTime, wasRefused: boolean): SQL {
  const { doctorId, startAt, visitTypeId = null, minutes = null, patientId = null, movedId = null } = asked
  return sql`
    select near.*, location.name as location
    from ${looking(ctx, asked)} looked
    cross join lateral nearest_for_desk(
      ${doctorId}::bigint, looked.location_id, ${startAt}, ${visitTypeId}::bigint, ${minutes}::integer,
      ${patientId}::bigint, ${ctx.now.toISOString()}::timestamptz, ${movedId}::bigint
    ) near
    join locations location on location.id = near.location_id
    where ${wasRefused} or looked.conflicts <> '[]'
    order by near.doctor_id <> ${doctorId}::bigint, abs(extract(epoch from near.start_at - looked.start_at)), near.start_at`
}

function toLookedAt(row: LookedAtRow): LookedAt {
  return {
    startAt: new Date(row.start_at),
    startLocal: row.start_local,
    endLocal: row.end_local,
    timeZone: row.time_zone,
    locationId: Number(row.location_id),
    isOpen: row.is_open,
    freeUntilLocal: row.free_until_local,
    absences: row.absences.map(({ kind, reason, until_local: untilLocal }) => ({ kind, reason, untilLocal })),
    conflicts: row.conflicts.map(toConflict),
  }
}

const toConflict = (row: ConflictRow): Conflict => ({
  part: row.part,
  appointmentId: row.appointment_id,
  status: row.status,
  isSession: row.is_session,
  patient: row.patient,
  doctor: row.doctor,
  visitType: row.visit_type,
  startLocal: row.start_local,
  endLocal: row.end_local,
  untilLocal: row.until_local,
})
