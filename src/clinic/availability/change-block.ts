import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { Forbidden } from '../errors.ts'
import { enterAbsence, type TimeOffInput, withdrawAbsence } from './absence.ts'
import type { Absentee } from './absence-reach.ts'
import type { Absence } from './absence-row.ts'
import { type ChangedAbsence, changeAbsence } from './change-absence.ts'

/** Whose absence it is. */
export interface Whose {
  absentee: Absentee
  ofId: number
}

/**
 * Enters time off, a block or a reserve of a doctor, puts a room or device out of order, or closes a location: as the verbs of
 * each, for a page that offers them all.
 *
 * @throws NotFound, NotSignedIn, Forbidden (also for another doctor).
 */
export async function enterBlock(ctx: ClinicContext, whose: Whose, input: TimeOffInput): Promise<Absence> {
  requireOwn(ctx, whose)
  return enterAbsence(ctx, whose.absentee, whose.ofId, input)
}

/** Gives it other times or another name. @throws as above. */
export async function changeBlock(
  ctx: ClinicContext,
  whose: Whose,
  id: number,
  input: TimeOffInput,
): Promise<ChangedAbsence> {
  requireOwn(ctx, whose)
  return changeAbsence(ctx, whose.absentee, whose.ofId, id, input)
}

/** Withdraws it. @throws as above. */
export async function removeBlock(ctx: ClinicContext, whose: Whose, id: number): Promise<void> {
  requireOwn(ctx, whose)
  return withdrawAbsence(ctx, whose.absentee, whose.ofId, id)
}

function requireOwn({ actor }: ClinicContext, { absentee, ofId }: Whose): void {
  const person = requireRight(actor, absentee === 'doctor' ? 'manage time off' : 'manage closures')
  if (person.kind === 'doctor' && person.doctorId !== ofId)
    throw new Forbidden('Doctors can only change their own time off.')
}
