import { type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import type { VisitMode } from '../availability/find-visit-types.ts'
import { daysOf, type FreeTimeRow } from '../availability/free-time-changes.ts'
import { onLocalClock } from '../local-clock.ts'
import type { Appointment } from './find.ts'

/** An appointment as a statement of ours answers it: by the driver, or as JSON that was kept. */
export type AppointmentRow = {
  id: string | number
  status: Appointment['status']
  version: number
  start_at: string
  end_at: string
  start_local: string
  end_local: string
  doctor_id: string | number
  doctor: string
  patient_id: string | number | null
  patient: string | null
  visit_type_id: string | number | null
  visit_type: string
  mode: VisitMode
  cancellation_notice_minutes: number
  override_reason: string | null
  hold_expires_at: string | null
  location: string
  time_zone: string
  /** These, and what free time is told of, are absent from answers that were kept before there were such columns. */
  reason_for_visit?: string | null
  hold_expires_local?: string | null
  address?: string | null
  phone?: string | null
} & FreeTimeRow

/** The appointments `where` the condition holds, with the names around them; still to be locked. */
export function selectNamed(where: SQL): SQL {
  return sql`
    select
      appointments.*, doctors.name as doctor, patients.name as patient,
      visit_types.name as visit_type, visit_types.mode,
      visit_types.cancellation_notice_minutes,
      coalesce(visit_types.cancellation_notice_minutes, 0) * interval '1 minute' as cancellation_notice,
      locations.id as location_id, locations.name as location, locations.address, locations.phone,
      locations.time_zone
    from ${appointments}
    join doctors on doctors.id = appointments.doctor_id
    join locations on locations.id = doctors.location_id
    left join patients on patients.id = appointments.patient_id
    left join visit_types on visit_types.id = appointments.visit_type_id
    where ${where}`
}

type Tellable =
  | 'id'
  | 'status'
  | 'version'
  | 'start_at'
  | 'end_at'
  | 'doctor_id'
  | 'doctor'
  | 'patient_id'
  | 'patient'
  | 'override_reason'
  | 'hold_expires_at'
  | 'reason_for_visit'
  | 'buffer_before_minutes'
  | 'buffer_after_minutes'

/** The columns of an `AppointmentRow`, each as the query has it unless told otherwise. */
export function asRow(told: Partial<Record<Tellable, SQL>> = {}): SQL {
  const startAt = told.start_at ?? sql`start_at`
  const endAt = told.end_at ?? sql`end_at`
  const holdExpiresAt = told.hold_expires_at ?? sql`hold_expires_at`
  return sql`
    ${told.id ?? sql`id`} as id,
    ${told.status ?? sql`status`} as status,
    ${told.version ?? sql`event_count`} as version,
    ${startAt} as start_at, ${onLocalClock(startAt)} as start_local,
    ${endAt} as end_at, ${onLocalClock(endAt)} as end_local,
    ${told.doctor_id ?? sql`doctor_id`} as doctor_id, ${told.doctor ?? sql`doctor`} as doctor,
    ${told.patient_id ?? sql`patient_id`} as patient_id, ${told.patient ?? sql`patient`} as patient,
    visit_type_id, visit_type, mode, cancellation_notice_minutes,
    location_id, location, address, phone, time_zone,
    ${told.override_reason ?? sql`override_reason`} as override_reason,
    ${told.reason_for_visit ?? sql`reason_for_visit`} as reason_for_visit,
    ${holdExpiresAt} as hold_expires_at, ${onLocalClock(holdExpiresAt)} as hold_expires_local,
    ${occupiedDays(told)}`
}

type Occupying = 'start_at' | 'end_at' | 'buffer_before_minutes' | 'buffer_after_minutes'

/** The columns `first_day` and `last_day` on which the doctor is occupied, of the query unless told otherwise. */
export function occupiedDays({
  timeZone = sql`time_zone`,
  ...told
}: Partial<Record<Occupying, SQL>> & { timeZone?: SQL } = {}): SQL {
  const before = sql`coalesce(${told.buffer_before_minutes ?? sql`buffer_before_minutes`}, 0)`
  const after = sql`coalesce(${told.buffer_after_minutes ?? sql`buffer_after_minutes`}, 0)`
  const onClock = (at: SQL) => sql`((${at}) at time zone ${timeZone})`
  return daysOf(
    onClock(sql`${told.start_at ?? sql`start_at`} - ${before} * interval '1 minute'`),
    onClock(sql`${told.end_at ?? sql`end_at`} + ${after} * interval '1 minute'`),
  )
}

export function toAppointment(row: AppointmentRow): Appointment {
  const { patient_id, visit_type_id, hold_expires_at } = row
  return {
    id: Number(row.id),
    status: row.status,
    version: row.version,
    startAt: new Date(row.start_at),
    endAt: new Date(row.end_at),
    startLocal: row.start_local,
    endLocal: row.end_local,
    doctor: { id: Number(row.doctor_id), name: row.doctor },
    patient: patient_id === null ? null : { id: Number(patient_id), name: row.patient ?? '' },
    visitType: visit_type_id === null ? null : toVisitType(row),
    overrideReason: row.override_reason,
    holdExpiresAt: hold_expires_at === null ? null : new Date(hold_expires_at),
    holdExpiresLocal: row.hold_expires_local ?? null,
    reasonForVisit: row.reason_for_visit ?? null,
    location: toLocation(row),
  }
}

function toLocation({ location_id, location: name, time_zone: timeZone, address, phone }: AppointmentRow) {
  return { id: Number(location_id ?? 0), name, timeZone, address: address ?? null, phone: phone ?? null }
}

function toVisitType({ visit_type_id, visit_type: name, mode, ...row }: AppointmentRow) {
  const cancellationNoticeMinutes = row.cancellation_notice_minutes
  return { id: Number(visit_type_id), name, mode, cancellationNoticeMinutes }
}
