import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { Forbidden } from '../errors.ts'
import { enterAbsence, findAbsences, type TimeOffInput, withdrawAbsence } from './absence.ts'
import type { Absence } from './absence-row.ts'

/**
 * Enters time off for a doctor, at one of their locations or at all, in one trip. Appointments at that time stay booked and
 * are listed in the answer.
 * Entering the same time off again changes nothing.
 *
 * @throws NotFound for an unknown doctor or a location where they do not work, NotSignedIn, Forbidden (also for another
 * doctor).
 */
export async function takeTimeOff(
  ctx: ClinicContext,
  doctorId: number,
  input: TimeOffInput,
): Promise<Absence> {
  requireOwn(ctx, doctorId)
  return enterAbsence(ctx, 'doctor', doctorId, input)
}

/** A doctor's current and future time off, by its end. @throws NotFound, NotSignedIn, Forbidden. */
export async function findTimeOff(ctx: ClinicContext, doctorId: number): Promise<Absence[]> {
  requireOwn(ctx, doctorId)
  return findAbsences(ctx, 'doctor', doctorId)
}

/** Withdraws time off. @throws NotFound when there is none, NotSignedIn, Forbidden. */
export async function withdrawTimeOff(ctx: ClinicContext, doctorId: number, id: number): Promise<void> {
  requireOwn(ctx, doctorId)
  return withdrawAbsence(ctx, 'doctor', doctorId, id)
}

function requireOwn({ actor }: ClinicContext, doctorId: number): void {
  const person = requireRight(actor, 'manage time off')
  if (person.kind === 'doctor' && person.doctorId !== doctorId)
    throw new Forbidden('Doctors can only enter their own time off.')
}
