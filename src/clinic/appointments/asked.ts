import { type SQL, sql } from 'drizzle-orm'

/** Who, with whom and when, as it was asked for; a time without offset is the location's wall clock. */
export interface Asked {
  /** One doctor, or without an id any who offers the visit type; there, and of that specialty, when these are given. */
  doctor: { id: number | undefined; locationId: number | undefined; specialty: string | undefined }
  /** Null for a hold that is for no patient yet. */
  patientId: number | null
  /** Left out, a patient means the doctor's first visit type of exactly that length, and the front desk none. */
  visitTypeId: number | undefined
  startAt: string
  /** Left out, the length is the visit type's. */
  endAt: string | undefined
  /** The front desk is not bound by the grid, the notice, the horizon and the cap. */
  byDesk: boolean
  overrideReason: string | undefined
  reasonForVisit: string | undefined
  /** Of a hold. */
  holdExpiresAt: Date | null
  /** Of a hold: the browser that asks, or a name that nobody comes back to. */
  strangerId: string | null
  /** Of a hold for no patient yet that a browser asks for: where it comes from. */
  strangerAddressHash: string | null
}

/** One row for each doctor who may be meant; ids that nobody knows are null. */
export function selectAsked({ doctor, patientId, visitTypeId, startAt, endAt, byDesk }: Asked): SQL {
  const ofThatLength = sql`visit.minutes * interval '1 minute' = wish.end_at - wish.start_at and ${!byDesk}`
  const ofThatType = visitTypeId === undefined ? ofThatLength : sql`visit.id = ${visitTypeId}::bigint`
  return sql`
    select
      doctor.id as doctor_id, doctor.name as doctor,
      patient.id as patient_id, patient.name as patient,
      location.id as location_id, location.name as location, location.address, location.phone, location.time_zone,
      visit.id as visit_type_id, visit.name as visit_type, visit.mode,
      visit.minutes * interval '1 minute' as lasting,
      visit.buffer_before_minutes, visit.buffer_after_minutes, visit.cancellation_notice_minutes,
      visit.daily_cap,
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

/** The condition that a doctor may be meant. */
export function whichDoctors({ id, locationId, specialty }: Asked['doctor'], visitTypeId?: number): SQL {
  const offering = sql`select doctor_id from doctor_visit_types where visit_type_id = ${visitTypeId ?? null}::bigint`
  return sql`
    ${id === undefined ? sql`doctor.id in (${offering})` : sql`doctor.id = ${id}::bigint`}
    and (${locationId ?? null}::bigint is null or doctor.location_id = ${locationId ?? null}::bigint)
    and (${specialty ?? null}::text is null or doctor.specialty = ${specialty ?? null}::text)`
}
