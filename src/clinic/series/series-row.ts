import { type AppointmentRow, toAppointment } from '../appointments/appointment-row.ts'
import type { Appointment } from '../appointments/find.ts'
import type { SeriesRule } from './rule.ts'

export interface Series {
  id: number
  patientId: number
  /** As it was asked for; single appointments may have moved since. */
  rule: SeriesRule
  createdAt: Date
  /** Sorted by start; the cancelled ones are among them. */
  appointments: Appointment[]
  /** How many events its appointments have had: another number is another state of it. */
  version: number
}

/** A series as our SQL functions return it, fresh or as JSON kept for a retry. */
export interface SeriesRow extends Record<string, unknown> {
  id: string | number
  patient_id: string | number
  rule: SeriesRule
  created_at: string
}

export function toSeries(row: SeriesRow, rows: AppointmentRow[]): Series {
  return seriesOf(row, rows.map(toAppointment))
}

export function seriesOf(row: SeriesRow, appointments: Appointment[]): Series {
  const byStart = appointments.toSorted((one, other) => one.startAt.getTime() - other.startAt.getTime())
  return {
    id: Number(row.id),
    patientId: Number(row.patient_id),
    rule: row.rule,
    createdAt: new Date(row.created_at),
    appointments: byStart,
    version: appointments.reduce((sum, { version }) => sum + version, 0),
  }
}
