import { type ClinicContext, deedOf } from '../context.ts'
import type { Occupancy } from '../happenings.ts'
import type { AppointmentRow, OccupancyRow } from './appointment-row.ts'
import { type Beginning, beginnings, occupies, transitions, type Verb } from './transitions.ts'

/** Where and when an appointment was before a change. */
export type Former = OccupancyRow & { hold_expires_at: string | null }

/** After the commit: an appointment has begun. */
export function tellBegun(ctx: ClinicContext, beginning: Beginning, row: AppointmentRow): void {
  const after = toOccupancy(row, true)
  ctx.tell({ kind: beginnings[beginning].event, ...idsOf(row), before: null, after, ...deedOf(ctx) })
}

/** After the commit: an appointment has changed. */
export function tellChanged(ctx: ClinicContext, verb: Verb, row: AppointmentRow, former: Former = row): void {
  const { from, to, event } = transitions[verb]
  const hadExpired = from[0] === 'pending' && isOver(ctx, former)
  const before = toOccupancy(former, occupies(from[0]) && !hadExpired)
  const after = toOccupancy(row, occupies(to))
  ctx.tell({ kind: event, ...idsOf(row), before, after, ...deedOf(ctx) })
}

/** After the commit: a hold was released because another appointment began. */
export function tellReleased(ctx: ClinicContext, row: AppointmentRow): void {
  const hadExpired = isOver(ctx, row)
  const deed = hadExpired ? deedOf({ ...ctx, actor: { kind: 'system' } }) : deedOf(ctx)
  const before = toOccupancy(row, !hadExpired)
  const after = toOccupancy(row, false)
  ctx.tell({ kind: 'appointment.released', ...idsOf(row), before, after, ...deed })
}

function idsOf({ id, version, patient_id }: AppointmentRow) {
  const patientId = patient_id === null ? null : Number(patient_id)
  return { appointmentId: Number(id), version, patientId }
}

// Pages show the time of an expired hold as free, although its row still says pending.
function isOver({ now }: ClinicContext, { hold_expires_at }: Former): boolean {
  return hold_expires_at !== null && new Date(hold_expires_at) <= now
}

function toOccupancy(row: OccupancyRow, isOccupied: boolean): Occupancy {
  return {
    doctorId: Number(row.doctor_id),
    locationId: row.location_id == null ? null : Number(row.location_id),
    from: row.first_day ?? '',
    to: row.last_day ?? '',
    occupies: isOccupied,
  }
}
