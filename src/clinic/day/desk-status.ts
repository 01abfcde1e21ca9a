import type { Appointment } from '../appointments/find.ts'

/** What the front desk sees: FHIR's statuses, and two that follow from times. `with_doctor` is FHIR's `checked-in`. */
export type DeskStatus = Appointment['status'] | 'late' | 'with_doctor'

interface Standing {
  status: Appointment['status']
  startAt: Date
  startedAt: Date | null
}

/** Booked patients are late from the minute in which their appointment starts. */
export function deskStatusOf({ status, startAt, startedAt }: Standing, now: Date): DeskStatus {
  if (status === 'arrived' && startedAt) return 'with_doctor'
  if (status === 'booked' && startAt < now) return 'late'
  return status
}
