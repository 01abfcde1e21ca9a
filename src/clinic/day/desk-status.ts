import type { Appointment } from '../appointments/find.ts'

/** What the front desk sees: FHIR's statuses, and two that follow from times. `with_doctor` is FHIR's `checked-in`. */
export type DeskStatus = Appointment['status'] | 'late' | 'with_doctor'

interface Standing<Instant> {
  status: Appointment['status']
  startAt: Instant
  startedAt: Instant | null
}

/** Booked patients are late from the minute in which their appointment starts. */
export function deskStatusOf<Instant extends Date | number>(
  { status, startAt, startedAt }: Standing<Instant>,
  now: Instant,
): DeskStatus {
  if (status === 'arrived' && startedAt !== null) return 'with_doctor'
  if (status === 'booked' && startAt < now) return 'late'
  return status
}
