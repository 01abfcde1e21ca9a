import * as z from 'zod'
import { fault, id } from '../shapes.ts'
import type { VerdictOf } from './verdicts.ts'

const most = 10
const ids = z
  .array(id, { error: fault('not_a_list') })
  .max(most, { error: fault('out_of_range') })
  .refine((named) => new Set(named).size === named.length, { error: fault('named_twice') })

/** Who else takes part, besides the doctor and the patient. */
export const peopleInput = {
  /** Further doctors, nurses or interpreters; the front desk names them. They keep the visit type's buffers, too. */
  colleagueIds: ids.optional(),
  /** Further patients. */
  companionIds: ids.optional(),
}

/** Someone who cannot come, and is why nothing was booked or moved. */
export interface MissingPerson {
  type: 'doctor' | 'patient'
  id: number
  name: string
}

/** The same as `judge_attendance` writes it. */
export interface MissingRow {
  verdict: VerdictOf<'judge_attendance'>
  doctor_id: number | null
  patient_id: number | null
  name: string
}

export function toMissing({ doctor_id, patient_id, name }: MissingRow): MissingPerson {
  return doctor_id === null
    ? { type: 'patient', id: patient_id ?? 0, name }
    : { type: 'doctor', id: doctor_id, name }
}
