import type { VisitMode } from '../availability/find-visit-types.ts'
import type { Appointment } from './find.ts'
import { type ParticipantRow, toParticipant } from './people.ts'

/** Whose calendar an appointment is in, and when. */
export type OccupancyRow = {
  doctor_id: string | number
  /** Missing from answers that an earlier release kept. */
  location_id?: string | number
  start_local: string
  end_local: string
  /**
   * Whose free time it changes besides, and where; null when that might be anyone's. Missing from answers that an earlier
   * release kept.
   */
  elsewhere?: { doctor_id: number; location_id: number }[] | null
  /** Missing from answers that an earlier release kept. */
  others?: ParticipantRow[]
}

/** An appointment as our SQL functions return it, fresh or as JSON kept for a retry. */
export type AppointmentRow = {
  id: string | number
  status: Appointment['status']
  version: number
  start_at: string
  end_at: string
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
  /** These are missing from answers that an earlier release kept. */
  reason_for_visit?: string | null
  arrived_at?: string | null
  arrived_local?: string | null
  started_at?: string | null
  started_local?: string | null
  note?: string | null
  capacity?: number | null
  session_id?: number | null
  resources?: Appointment['resources']
  /** Only of a session. */
  places_taken?: number | null
  awaits_approval?: boolean
  decline_reason?: string | null
  is_accepted?: boolean
  hold_expires_local?: string | null
  address?: string | null
  phone?: string | null
  series_id?: string | number | null
} & OccupancyRow

export function toAppointment(row: AppointmentRow): Appointment {
  const { patient_id, visit_type_id, hold_expires_at } = row
  return {
    ...toSurroundings(row),
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
    awaitsApproval: row.awaits_approval ?? false,
    declineReason: row.decline_reason ?? null,
    isAccepted: row.is_accepted ?? false,
  }
}

/** Where it is, and what it belongs to; answers that an earlier release kept lack some of it. */
function toSurroundings(row: AppointmentRow) {
  return {
    location: toLocation(row),
    sessionId: row.session_id ?? null,
    resources: row.resources ?? [],
    capacity: row.capacity ?? null,
    placesTaken: row.places_taken ?? 0,
    seriesId: row.series_id == null ? null : Number(row.series_id),
    // Only pages count them.
    seriesSize: null,
    ...attendanceIn(row),
    ...peopleIn(row),
  }
}

function attendanceIn(row: AppointmentRow) {
  return {
    arrivedAt: row.arrived_at == null ? null : new Date(row.arrived_at),
    arrivedLocal: row.arrived_local ?? null,
    startedAt: row.started_at == null ? null : new Date(row.started_at),
    startedLocal: row.started_local ?? null,
    note: row.note ?? null,
  }
}

function toLocation({ location_id, location: name, time_zone: timeZone, address, phone }: AppointmentRow) {
  return { id: Number(location_id ?? 0), name, timeZone, address: address ?? null, phone: phone ?? null }
}

function toVisitType({ visit_type_id, visit_type: name, mode, ...row }: AppointmentRow) {
  const cancellationNoticeMinutes = row.cancellation_notice_minutes
  return { id: Number(visit_type_id), name, mode, cancellationNoticeMinutes }
}

function peopleIn({ others = [], reason_for_visit = null }: AppointmentRow) {
  return { others: others.map(toParticipant), reasonForVisit: reason_for_visit }
}
