import { sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { inForce } from '../patients/record.ts'
import type { FoundPatients, FoundRow } from '../patients/search.ts'
import { searchOthers } from '../patients/search-or-number.ts'
import { type PatientSummary, type SummaryRow, summaryColumns, toSummary } from '../patients/summary.ts'
import { type AppointmentRow, toAppointment } from './appointment-row.ts'
import { type Appointment, selectAppointment } from './find.ts'
import { isInReach } from './reach.ts'

/**
 * Other records that may be of the same person, by whatever was typed, in one trip.
 *
 * @throws NotFound for an unknown patient; NotSignedIn, Forbidden.
 */
export async function searchForMerge(
  ctx: ClinicContext,
  id: number,
  typed: string,
): Promise<{ patient: PatientSummary; others: FoundPatients }> {
  const person = requireRight(ctx.actor, 'merge patients')
  const { queries, read } = searchOthers(ctx, person, { typed, except: id })
  const rows = sql`select ${summaryColumns} from patients patient where patient.id = ${id}::bigint`
  const [[patient], ...found] = await sendIdempotently<[SummaryRow, FoundRow, FoundRow]>(ctx, [
    { rows },
    ...queries,
  ])
  if (!patient) throw new NotFound('patient')
  return { patient: toSummary(patient), others: read(...found) }
}

/**
 * An appointment, and who it may be for instead, by whatever was typed, in one trip.
 *
 * @throws NotFound for an unknown appointment; NotSignedIn, Forbidden.
 */
export async function searchForReassignment(
  ctx: ClinicContext,
  id: number,
  typed: string,
): Promise<{ appointment: Appointment; others: FoundPatients }> {
  const person = requireRight(ctx.actor, 'reassign appointments')
  const { queries, read } = searchOthers(ctx, person, { typed, except: 0 })
  const rows = sql`
    select appointment_details(id) as details
    from ${appointments}
    where ${appointments.id} = ${id}::bigint and ${isInReach(person) ?? sql`true`}`
  type Answers = [{ details: AppointmentRow | null }, FoundRow, FoundRow]
  const [[one], ...found] = await sendIdempotently<Answers>(ctx, [{ rows }, ...queries])
  if (!one?.details) throw new NotFound('appointment')
  const appointment = toAppointment(one.details)
  const { patients, isCut } = read(...found)
  return {
    appointment,
    others: { patients: patients.filter((other) => other.id !== appointment.patient?.id), isCut },
  }
}

/**
 * An appointment, and the patient who was chosen for it instead, in one trip.
 *
 * @throws NotFound for an unknown appointment; NotSignedIn, Forbidden.
 */
export async function readReassignment(
  ctx: ClinicContext,
  id: number,
  chosenId: number | undefined,
): Promise<{ appointment: Appointment; chosen: PatientSummary | undefined }> {
  const person = requireRight(ctx.actor, 'reassign appointments')
  const [[appointment], { rows }] = await ctx.db.batch([
    selectAppointment(ctx, person, id),
    ctx.db.execute<SummaryRow>(
      sql`select ${summaryColumns} from patients patient where patient.id = ${inForce(chosenId ?? 0)}`,
    ),
  ])
  if (!appointment) throw new NotFound('appointment')
  return { appointment, chosen: rows.map(toSummary)[0] }
}
