import { requireRight } from '../accounts/guard.ts'
import { allVisitTypes, type VisitType } from '../availability/find-visit-types.ts'
import type { ClinicContext } from '../context.ts'
import { doctorsToChooseFrom, toDoctorChoice } from '../doctors/choose.ts'
import type { Doctor } from '../doctors/find.ts'
import { type PatientChoice, patientsOf } from '../patients/find.ts'

/** What the front desk chooses from to plan a series. */
export interface PlanChoices {
  /** Of too many to choose from, only the one who is chosen already. */
  doctors: Doctor[]
  isMoreDoctors: boolean
  visitTypes: VisitType[]
  forWhom: PatientChoice
}

interface Wanted {
  doctorId?: number | undefined
  /** What was typed to find the patient, and who was chosen before. */
  typed?: string | undefined
  chosenId?: number | undefined
}

/**
 * In one trip.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function readPlanPage(
  ctx: ClinicContext,
  { doctorId, ...wanted }: Wanted,
): Promise<PlanChoices> {
  const person = requireRight(ctx.actor, 'plan series')
  const forWhom = patientsOf(ctx, person, wanted)
  const [doctors, visitTypes, patients] = await ctx.db.batch([
    doctorsToChooseFrom(ctx, { doctorId }),
    allVisitTypes(ctx),
    forWhom.query,
  ])
  const choice = toDoctorChoice(doctors, { doctorId })
  return {
    doctors: choice.doctors,
    isMoreDoctors: choice.isMore,
    visitTypes,
    forWhom: forWhom.read(patients.rows),
  }
}
