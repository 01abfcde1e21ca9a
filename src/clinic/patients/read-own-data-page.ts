import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { patientsOf } from './find.ts'
import type { PatientSummary } from './summary.ts'

/**
 * The people whose data the actor may take along: themself and their dependants, in one trip.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function readOwnDataPage(ctx: ClinicContext): Promise<PatientSummary[]> {
  const { query, read } = patientsOf(ctx, requireRight(ctx.actor, 'export own data'))
  const { rows } = await query
  return read(rows).patients
}
