import { type ClinicContext, deedOf } from '../context.ts'
import type { Occupancy, ToldKind } from '../happenings.ts'
import type { AppointmentRow, OccupancyRow } from './appointment-row.ts'
import { type Beginning, beginnings, occupies, transitions, type Verb } from './transitions.ts'

/** Where and when an appointment was before a change. An earlier release kept it without its times. */
export type Former = Pick<OccupancyRow, 'doctor_id' | 'location_id'> &
  Partial<OccupancyRow> & { hold_expires_at: string | null }

/** After the commit: an appointment has begun. */
export function tellBegun(ctx: ClinicContext, beginning: Beginning, row: AppointmentRow): void {
  const after = toOccupancy(row, true)
  const kind = isRequest(row) && beginning === 'book' ? 'appointment.requested' : beginnings[beginning].event
  ctx.tell({ kind, ...idsOf(row), before: null, after, ...deedOf(ctx) })
}

/** After the commit: an appointment has changed. */
export function tellChanged(
  ctx: ClinicContext,
  verb: Exclude<Verb, 'reassign'>,
  row: AppointmentRow,
  former: Former = row,
): void {
  const { from, event, ...transition } = transitions[verb]
  const to = 'to' in transition ? transition.to : row.status
  const hadExpired = from[0] === 'pending' && isOver(ctx, former)
  const isNote = verb === 'note'
  const before = toOccupancy({ ...row, ...former }, occupies(isNote ? to : from[0]) && !hadExpired)
  const after = toOccupancy(row, occupies(to))
  const kind = isRequest(row) && verb === 'book hold' ? 'appointment.requested' : event
  ctx.tell({ kind, ...idsOf(row), before, after, ...deedOf(ctx) })
}

interface Undone {
  event: ToldKind
  former: Former
  former_patient_id: number | null
  former_status: AppointmentRow['status']
}

/** After the commit: the last change of an appointment was taken back. */
export function tellUndone(ctx: ClinicContext, row: AppointmentRow & Undone): void {
  const { event: kind, former, former_patient_id, former_status } = row
  const before = toOccupancy({ ...row, ...former }, occupies(former_status))
  const after = toOccupancy(row, occupies(row.status))
  if (kind === 'appointment.reassigned') tellReassigned(ctx, row, former_patient_id)
  else ctx.tell({ kind, ...idsOf(row), before, after, ...deedOf(ctx) })
}

/** After the commit: an appointment is another patient's. */
export function tellReassigned(
  ctx: ClinicContext,
  row: AppointmentRow,
  formerPatientId: number | null,
): void {
  const occupancy = toOccupancy(row, occupies(row.status) && !isOver(ctx, row))
  const facts = { ...idsOf(row), formerPatientId, before: occupancy, after: occupancy }
  ctx.tell({ kind: 'appointment.reassigned', ...facts, ...deedOf(ctx) })
}

/** After the commit: a record took the place of another, as the patient or as someone who comes along. */
export function tellMoved(ctx: ClinicContext, row: AppointmentRow, fromId: number, intoId: number): void {
  if (Number(row.patient_id) === intoId) tellReassigned(ctx, row, fromId)
  else tellPeopleChanged(ctx, row)
}

/** After the commit: others take part in it. */
export function tellPeopleChanged(
  ctx: ClinicContext,
  row: AppointmentRow,
  elsewhere = row.elsewhere ?? null,
): void {
  const isOccupied = occupies(row.status) && !isOver(ctx, row)
  const before = toOccupancy({ ...row, elsewhere }, isOccupied)
  const after = toOccupancy(row, isOccupied)
  ctx.tell({ kind: 'appointment.people_changed', ...idsOf(row), before, after, ...deedOf(ctx) })
}

/** After the commit: a hold was released, or a request lapsed, to make room for another appointment. */
export function tellReleased(ctx: ClinicContext, row: AppointmentRow): void {
  const hasLapsed = row.hold_expires_at === null
  const hadExpired = hasLapsed || isOver(ctx, row)
  const deed = hadExpired ? deedOf({ ...ctx, actor: { kind: 'system' } }) : deedOf(ctx)
  const before = toOccupancy(row, !hadExpired)
  const after = toOccupancy(row, false)
  const kind = hasLapsed ? 'appointment.lapsed' : 'appointment.released'
  ctx.tell({ kind, ...idsOf(row), before, after, ...deed })
}

/** Whether it waits for the clinic's approval. */
const isRequest = ({ status, awaits_approval }: AppointmentRow) =>
  status === 'pending' && awaits_approval === true

function idsOf({ id, version, patient_id }: AppointmentRow) {
  const patientId = patient_id === null ? null : Number(patient_id)
  return { appointmentId: Number(id), version, patientId }
}

// Pages show the time of an expired hold as free, although its row still says pending.
function isOver({ now }: ClinicContext, { hold_expires_at }: Pick<Former, 'hold_expires_at'>): boolean {
  return hold_expires_at !== null && new Date(hold_expires_at) <= now
}

function toOccupancy(row: OccupancyRow, isOccupied: boolean): Occupancy {
  return {
    doctorId: Number(row.doctor_id),
    locationId: row.location_id == null ? null : Number(row.location_id),
    from: row.start_local.slice(0, dateLength),
    to: lastDay(row.end_local),
    occupies: isOccupied,
    ...(row.elsewhere?.length !== 0 && row.elsewhere !== undefined && { elsewhere: elsewhereOf(row) }),
  }
}

const elsewhereOf = ({ elsewhere }: OccupancyRow) =>
  elsewhere?.map(({ doctor_id, location_id }) => ({ doctorId: doctor_id, locationId: location_id })) ?? null

const dateLength = '2026-11-23'.length

/** An appointment that ends at midnight does not touch the next day. */
function lastDay(endLocal: string): string {
  return new Date(Date.parse(`${endLocal}Z`) - 1).toISOString().slice(0, dateLength)
}
