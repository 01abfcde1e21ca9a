import { type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import type { Appointment } from './find.ts'

/** Who, with whom and when, as it was asked for; a time without offset is the location's wall clock. */
interface Asked {
  doctorId: number
  patientId: number
  startAt: string
  endAt: string
}

export interface Judged extends Record<string, unknown> {
  verdict:
    | 'no_doctor'
    | 'no_patient'
    | 'not_after_start'
    | 'too_short'
    | 'too_long'
    | 'in_the_past'
    | 'outside_hours'
    | null
  /** Of the booked appointment; null when the verdict, or a constraint, was against it. */
  id: string | null
  status: Appointment['status']
  start_at: string
  end_at: string
  start_local: string
  end_local: string
  doctor_id: string
  doctor: string
  patient_id: string
  patient: string
  location: string
  time_zone: string
}

/** Judges what was asked by the clinic's rules, and books it unless one, or a constraint, is against it. */
export function bookUnlessRefused(wish: Asked, now: Date): SQL {
  return sql`
    with
    asked as (${asked(wish)}),
    judged as (
      select *, case
        when doctor_id is null then 'no_doctor'
        when patient_id is null then 'no_patient'
        when end_at <= start_at then 'not_after_start'
        when end_at - start_at < interval '5 minutes' then 'too_short'
        when end_at - start_at > interval '8 hours' then 'too_long'
        when start_at < ${now.toISOString()}::timestamptz then 'in_the_past'
        when not open_hours(doctor_id, tstzrange(start_at, end_at)) @> tstzrange(start_at, end_at)
          then 'outside_hours'
      end as verdict
      from asked
    ),
    booked as (
      insert into ${appointments} (doctor_id, patient_id, start_at, end_at)
      select doctor_id, patient_id, start_at, end_at from judged where verdict is null
      on conflict do nothing
      returning id, status
    )
    select
      judged.*, booked.id, booked.status,
      ${onLocalClock(sql`start_at`)} as start_local,
      ${onLocalClock(sql`end_at`)} as end_local
    from judged
    left join booked on true`
}

export interface Surroundings extends Record<string, unknown> {
  doctor_is_taken: boolean
  patient_is_busy: boolean
  next_start_at: string | null
  next_end_at: string
  next_start_local: string
  next_end_local: string
  time_zone: string
}

/**
 * What stands in the way, and where it is free. A statement of its own, sent behind the booking: only a
 * new snapshot sees the appointment that won the race. No row, and no work, when this very transaction has booked.
 */
export function lookAroundUnlessBooked(wish: Asked): SQL {
  return sql`
    with
    asked as (
      select *, tstzrange(start_at, end_at) as during, end_at - start_at as length
      from (${asked(wish)}) wish
      where start_at < end_at
    ),
    around as (
      select
        asked.*,
        exists (
          select from ${appointments} other
          where other.doctor_id = asked.doctor_id and other.occupied && asked.during
        ) as doctor_is_taken,
        exists (
          select from ${appointments} other
          where other.patient_id = asked.patient_id and other.occupied && asked.during
        ) as patient_is_busy,
        next_free_start(doctor_id, patient_id, start_at, length) as next_start_at
      from asked
      where not exists (
        select from ${appointments} mine
        where mine.doctor_id = asked.doctor_id
        and mine.start_at = asked.start_at
        and mine.xmin = pg_current_xact_id_if_assigned()::xid
      )
    )
    select
      doctor_is_taken, patient_is_busy, time_zone,
      next_start_at, next_start_at + length as next_end_at,
      ${onLocalClock(sql`next_start_at`)} as next_start_local,
      ${onLocalClock(sql`next_start_at + length`)} as next_end_local
    from around`
}

function asked({ doctorId, patientId, startAt, endAt }: Asked): SQL {
  return sql`
    select
      doctor.id as doctor_id, doctor.name as doctor,
      patient.id as patient_id, patient.name as patient,
      location.name as location, location.time_zone,
      instant_at(${startAt}, location.time_zone) as start_at,
      instant_at(${endAt}, location.time_zone) as end_at
    from (values (${doctorId}::bigint, ${patientId}::bigint)) named (doctor_id, patient_id)
    left join doctors doctor on doctor.id = named.doctor_id
    left join locations location on location.id = doctor.location_id
    left join patients patient on patient.id = named.patient_id`
}

function onLocalClock(instant: SQL): SQL {
  return sql`to_char((${instant}) at time zone time_zone, 'YYYY-MM-DD"T"HH24:MI')`
}
