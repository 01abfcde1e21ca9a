import { type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import type { VisitMode } from '../availability/find-visit-types.ts'
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
}

/** The appointments `where` the condition holds, with the names around them; still to be locked. */
export function selectNamed(where: SQL): SQL {
  return sql`
    select
      appointments.*, doctors.name as doctor, patients.name as patient,
      visit_types.name as visit_type, visit_types.mode,
      visit_types.cancellation_notice_minutes,
      coalesce(visit_types.cancellation_notice_minutes, 0) * interval '1 minute' as cancellation_notice,
      locations.name as location, locations.time_zone
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

/** The columns of an `AppointmentRow`, each as the query has it unless told otherwise. */
export function asRow(told: Partial<Record<Tellable, SQL>> = {}): SQL {
  const startAt = told.start_at ?? sql`start_at`
  const endAt = told.end_at ?? sql`end_at`
  return sql`
    ${told.id ?? sql`id`} as id,
    ${told.status ?? sql`status`} as status,
    ${told.version ?? sql`event_count`} as version,
    ${startAt} as start_at, ${onLocalClock(startAt)} as start_local,
    ${endAt} as end_at, ${onLocalClock(endAt)} as end_local,
    ${told.doctor_id ?? sql`doctor_id`} as doctor_id, ${told.doctor ?? sql`doctor`} as doctor,
    ${told.patient_id ?? sql`patient_id`} as patient_id, ${told.patient ?? sql`patient`} as patient,
    visit_type_id, visit_type, mode, cancellation_notice_minutes, location, time_zone,
    ${told.override_reason ?? sql`override_reason`} as override_reason,
    ${told.hold_expires_at ?? sql`hold_expires_at`} as hold_expires_at`
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
    location: { name: row.location, timeZone: row.time_zone },
  }
}

function toVisitType({ visit_type_id, visit_type: name, mode, ...row }: AppointmentRow) {
  const cancellationNoticeMinutes = row.cancellation_notice_minutes
  return { id: Number(visit_type_id), name, mode, cancellationNoticeMinutes }
}
