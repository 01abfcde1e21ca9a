import { sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { nearestSlotsOf } from '../availability/find-nearest-slots.ts'
import { type Slot, toSlot } from '../availability/find-open-slots.ts'
import { type ClinicContext, personOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { type PatientChoice, patientsOf } from '../patients/find.ts'
import { type Appointment, selectAppointments } from './find.ts'
import { isOpen, isTheirHold } from './holds.ts'

export interface HoldPageContent {
  /** Whatever has become of it. */
  hold: Appointment
  /** Whether it has its time still; what has expired may be booked a minute late nevertheless. */
  isOpen: boolean
  /** The patients to choose from; null for visitors who may not book. */
  forWhom: PatientChoice | null
  /** What is free nearest to it, when it is not open any more. */
  nearest: Slot[]
}

/**
 * All that the page of a hold shows, in one trip.
 *
 * @param wanted what the front desk typed to find the patient, and whom they chose before.
 * @throws NotFound when there is none, or it is not the actor's; NotSignedIn, Forbidden.
 */
export async function readHoldPage(
  ctx: ClinicContext,
  id: number,
  wanted: { typed?: string | undefined; chosenId?: number | undefined } = {},
): Promise<HoldPageContent> {
  const which = isTheirHold(ctx, id)
  const person = personOf(ctx.actor)
  const forWhom = patientsOf(ctx, person, wanted)
  const [[hold], patients, { rows }] = await ctx.db.batch([
    selectAppointments(ctx.db).where(which),
    forWhom.query,
    nearestSlotsOf(
      ctx,
      sql`
        select doctor_id, visit_type_id, start_at as near from ${appointments}
        where ${which} and not (${isOpen(ctx.now)})`,
    ),
  ])
  if (!hold) throw new NotFound('hold')
  const { status, holdExpiresAt, visitType } = hold
  const isStillOpen =
    status === 'pending' && !hold.awaitsApproval && holdExpiresAt !== null && holdExpiresAt > ctx.now
  const nearest = visitType && !isStillOpen ? rows.map((row) => toSlot(row, visitType.id)) : []
  return { hold, isOpen: isStillOpen, forWhom: person && forWhom.read(patients.rows), nearest }
}
