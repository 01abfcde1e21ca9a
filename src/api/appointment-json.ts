import type { Context } from 'hono'
import { isStaff } from '../clinic/accounts/guard.ts'
import type { VisitTypeChoice } from '../clinic/appointments/begin.ts'
import type { Appointment } from '../clinic/appointments/find.ts'
import type { AppEnv } from '../http/app-env.ts'
import type { AppointmentJson } from './appointment-answers.ts'

/** An appointment as the API shows it; why hours were overridden only to the clinic's own people. */
export function appointmentToJson(c: Context<AppEnv>, appointment: Appointment): AppointmentJson {
  return {
    id: appointment.id,
    doctor_id: appointment.doctor.id,
    patient_id: appointment.patient?.id ?? null,
    visit_type_id: appointment.visitType?.id ?? null,
    location_id: appointment.location.id,
    status: appointment.status,
    start_at: appointment.startAt.toISOString(),
    end_at: appointment.endAt.toISOString(),
    start_local: appointment.startLocal,
    end_local: appointment.endLocal,
    time_zone: appointment.location.timeZone,
    awaits_approval_until: appointment.awaitsApproval
      ? (appointment.holdExpiresAt?.toISOString() ?? null)
      : null,
    decline_reason: appointment.declineReason,
    patient_response: appointment.isAccepted && appointment.status !== 'cancelled' ? 'accepted' : null,
    arrived_at: appointment.arrivedAt?.toISOString() ?? null,
    arrived_local: appointment.arrivedLocal,
    started_at: appointment.startedAt?.toISOString() ?? null,
    started_local: appointment.startedLocal,
    reason_for_visit: appointment.reasonForVisit,
    session_id: appointment.sessionId,
    resources: isStaff(c.var.clinic.actor)
      ? appointment.resources
      : appointment.resources.filter(({ type }) => type === 'room'),
    ...(appointment.capacity !== null && {
      capacity: appointment.capacity,
      places_taken: appointment.placesTaken,
    }),
    series_id: appointment.seriesId,
    participants: participantsOf(appointment),
    ...(isStaff(c.var.clinic.actor) && {
      override_reason: appointment.overrideReason,
      note: appointment.note,
    }),
  }
}

/** The doctor and the patient first. */
function participantsOf({ doctor, patient, others }: Appointment): AppointmentJson['participants'] {
  return [
    { type: 'doctor', id: doctor.id, name: doctor.name },
    ...(patient ? [{ type: 'patient' as const, id: patient.id, name: patient.name }] : []),
    ...others.map(({ role, ...one }) => ({ ...one, ...(role && { role }) })),
  ]
}

/** One appointment, with the ETag (RFC 9110, 8.8.3) that `If-Match` of a change asks for. */
export function showAppointment(c: Context<AppEnv>, appointment: Appointment): Response {
  c.header('ETag', `"${appointment.version}"`)
  return c.json({ appointment: appointmentToJson(c, appointment) })
}

interface Begun {
  appointment: Appointment
  visitTypeChosen?: VisitTypeChoice | undefined
}

/** One that has just begun: where it is, too, and why it has its visit type. */
export function showNewAppointment(c: Context<AppEnv>, { appointment, visitTypeChosen }: Begun): Response {
  c.header('Location', `/api/v1/appointments/${appointment.id}`)
  c.header('ETag', `"${appointment.version}"`)
  const choice = visitTypeChosen && { visit_type_chosen: visitTypeChosen }
  return c.json({ appointment: appointmentToJson(c, appointment), ...choice }, 201)
}
