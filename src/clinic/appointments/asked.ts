import { type SQL, sql } from 'drizzle-orm'

/** Who, with whom and when, as it was asked for; a time without offset is the location's wall clock. */
export interface Asked {
  /** One doctor, or any who offers the visit type there and has that specialty. */
  doctor: number | { locationId: number | undefined; specialty: string | undefined }
  patientId: number
  /** Left out, the doctor's visit type of exactly that length is meant. */
  visitTypeId: number | undefined
  startAt: string
  /** Left out, the length is the visit type's. */
  endAt: string | undefined
  /** The front desk is not bound by the grid, the notice, the horizon and the cap. */
  byDesk: boolean
  overrideReason: string | undefined
}

/** One row for each doctor who may be meant; ids that nobody knows are null. */
export function selectAsked({ doctor, patientId, visitTypeId, startAt, endAt, byDesk }: Asked): SQL {
  const ofThatType =
    visitTypeId === undefined
      ? sql`visit.minutes * interval '1 minute' = wish.end_at - wish.start_at`
      : sql`visit.id = ${visitTypeId}::bigint`
  return sql`
    select
      doctor.id as doctor_id, doctor.name as doctor,
      patient.id as patient_id, patient.name as patient,
      location.name as location, location.time_zone,
      visit.id as visit_type_id, visit.name as visit_type,
      visit.minutes * interval '1 minute' as lasting,
      visit.buffer_before_minutes, visit.buffer_after_minutes,
      wish.start_at,
      coalesce(wish.end_at, wish.start_at + visit.minutes * interval '1 minute') as end_at
    from (values (${patientId}::bigint)) named (patient_id)
    left join doctors doctor on ${whichDoctors(doctor, visitTypeId)}
    left join locations location on location.id = doctor.location_id
    left join patients patient on patient.id = named.patient_id
    cross join lateral (
      select
        instant_at(${startAt}, location.time_zone) as start_at,
        instant_at(${endAt ?? null}, location.time_zone) as end_at
    ) wish
    left join lateral (
      select visit.*
      from doctor_visit_types offer
      join visit_types visit on visit.id = offer.visit_type_id
      where offer.doctor_id = doctor.id
      and ${ofThatType}
      and (visit.bookable_online or ${byDesk})
      order by visit.id
      limit 1
    ) visit on true`
}

function whichDoctors(doctor: Asked['doctor'], visitTypeId: number | undefined): SQL {
  if (typeof doctor === 'number') return sql`doctor.id = ${doctor}::bigint`
  const { locationId, specialty } = doctor
  return sql`
    doctor.id in (select doctor_id from doctor_visit_types where visit_type_id = ${visitTypeId}::bigint)
    and (${locationId ?? null}::bigint is null or doctor.location_id = ${locationId ?? null}::bigint)
    and (${specialty ?? null}::text is null or doctor.specialty = ${specialty ?? null}::text)`
}

/** A wall clock such as `2026-11-23T09:00`, in the column `time_zone` of the query. */
export function onLocalClock(instant: SQL): SQL {
  return sql`to_char((${instant}) at time zone time_zone, 'YYYY-MM-DD"T"HH24:MI')`
}
