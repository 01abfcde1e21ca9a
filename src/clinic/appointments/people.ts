import * as z from 'zod'
import type { visitTypeNeeds } from '../../../drizzle/schema/visit-type-needs.ts'
import { fault, id } from '../shapes.ts'
import type { VerdictOf } from './verdicts.ts'

const most = 10
const ids = z
  .array(id, { error: fault('not_a_list') })
  .max(most, { error: fault('out_of_range') })
  .refine((named) => new Set(named).size === named.length, { error: fault('named_twice') })

/** Who and what else takes part, besides the doctor and the patient. */
export const peopleInput = {
  /** Further doctors, nurses or interpreters; the front desk names them. They keep the visit type's buffers, too. */
  colleagueIds: ids.optional(),
  /** Further patients. */
  companionIds: ids.optional(),
  /** Rooms and devices; the front desk names them. They meet the visit type's needs where they fit. */
  resourceIds: ids.optional(),
}

/** Someone who takes part besides the doctor and the patient. */
export interface Participant {
  type: 'doctor' | 'patient'
  id: number
  name: string
  /** What a colleague does here, in the clinic's words, such as `nurse`. */
  role: string | null
}

/** The same as `others_of` writes it. */
export interface ParticipantRow {
  doctor_id: number | null
  patient_id: number | null
  name: string
  role: string | null
}

export function toParticipant({ doctor_id, patient_id, name, role }: ParticipantRow): Participant {
  return doctor_id === null
    ? { type: 'patient', id: patient_id ?? 0, name, role }
    : { type: 'doctor', id: doctor_id, name, role }
}

/** Someone or something that is not free, and is why nothing was booked or moved. */
export interface MissingPerson {
  type: 'doctor' | 'patient' | 'room' | 'device'
  id: number
  name: string
}

/** What a visit type needs and nobody and nothing at the location can meet at that time. */
export type UnmetNeed = Pick<typeof visitTypeNeeds.$inferSelect, 'type' | 'role' | 'specialty' | 'kinds'>

/** Why nothing was booked or moved. */
export interface Missing {
  missing?: MissingPerson
  unmetNeed?: UnmetNeed
}

/** The same as `judge_attendance` writes it. */
export interface MissingRow {
  verdict: VerdictOf<'judge_attendance'>
  part: 'colleague' | 'companion' | 'room' | 'device'
  doctor_id: number | null
  patient_id: number | null
  resource_id: number | null
  name: string
  /** As `unmet_need` writes it, without the rest. */
  need?: UnmetNeed
}

export function toMissing(row: MissingRow | null | undefined): Missing {
  if (!row) return {}
  if (row.need) return { unmetNeed: row.need }
  const id = row.doctor_id ?? row.patient_id ?? row.resource_id ?? 0
  return { missing: { type: types[row.part], id, name: row.name } }
}

const types = { colleague: 'doctor', companion: 'patient', room: 'room', device: 'device' } as const
