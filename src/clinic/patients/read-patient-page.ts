import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import { type Patient, recordOf } from './record.ts'

/** What the staff's page of one patient shows. Each section has a field. */
export interface PatientPageContent {
  patient: Patient
}

/**
 * All that the staff's page of one patient shows, in one trip.
 *
 * @throws NotFound when there is no such patient, or the doctor may not see them; NotSignedIn, Forbidden.
 */
export async function readPatientPage(ctx: ClinicContext, id: number): Promise<PatientPageContent> {
  const person = requireRight(ctx.actor, 'see patients')
  if (person.kind === 'patient') throw new Forbidden('This page is for the clinic’s staff.')
  const [[patient]] = await ctx.db.batch([recordOf(ctx, person, id)])
  if (!patient) throw new NotFound('patient')
  return { patient }
}
