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
export function selectAsked(wish: Asked): SQL {
  return sql`select * from asked(${asArguments(wish)})`
}

/** As the SQL functions about a wish take it. */
export function asArguments({ doctor, patientId, visitTypeId, startAt, endAt, byDesk }: Asked): SQL {
  return sql`
    ${doctor.id ?? null}::bigint, ${doctor.locationId ?? null}::bigint, ${doctor.specialty ?? null}::text,
    ${patientId}::bigint, ${visitTypeId ?? null}::bigint, ${startAt}::text, ${endAt ?? null}::text, ${byDesk}::boolean`
}

/** The condition that a doctor may be meant. */
export function whichDoctors({ id, locationId, specialty }: Asked['doctor'], visitTypeId?: number): SQL {
  const offering = sql`select doctor_id from doctor_visit_types where visit_type_id = ${visitTypeId ?? null}::bigint`
  return sql`
    ${id === undefined ? sql`doctor.id in (${offering})` : sql`doctor.id = ${id}::bigint`}
    and (${locationId ?? null}::bigint is null or doctor.location_id = ${locationId ?? null}::bigint)
    and (${specialty ?? null}::text is null or doctor.specialty = ${specialty ?? null}::text)`
}
