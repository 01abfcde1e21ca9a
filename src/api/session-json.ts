import type { Appointment } from '../clinic/appointments/find.ts'
import type { SessionJson } from './appointment-answers.ts'

/** A session as everyone may see it: how many places are left, and never who has the others. */
export function sessionToJson(session: Appointment): SessionJson {
  const capacity = session.capacity ?? 0
  return {
    id: session.id,
    visit_type_id: session.visitType?.id ?? 0,
    doctor_id: session.doctor.id,
    location_id: session.location.id,
    status: session.status,
    start_at: session.startAt.toISOString(),
    end_at: session.endAt.toISOString(),
    start_local: session.startLocal,
    end_local: session.endLocal,
    time_zone: session.location.timeZone,
    capacity,
    places_left: Math.max(0, capacity - session.placesTaken),
  }
}
