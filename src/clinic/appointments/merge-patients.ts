import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { callIdempotently } from '../idempotency.ts'
import { closed, fault, id, remark } from '../shapes.ts'
import { type AppointmentRow, toAppointment } from './appointment-row.ts'
import type { Appointment } from './find.ts'
import { type Merge, type MergeRow, toMerge } from './merge.ts'
import { tellMoved, tellReleased } from './tell-appointment.ts'
import type { VerdictOf } from './verdicts.ts'

export const mergePatientsInput = closed({
  /** The record that goes. */
  id,
  /** The record that stays. */
  intoId: id,
  reason: remark.optional(),
  /** Merges them although they differ in what one person has only once. */
  confirmed: z.boolean({ error: fault('not_a_choice') }).optional(),
})

export type MergePatients = z.infer<typeof mergePatientsInput>

export type MergedPatients =
  | { ok: true; merge: Merge }
  /** With the two that no one could both go to. */
  | { ok: false; refusal: 'appointments_overlap'; overlap: Appointment[] }
  /** In these fields: ask, then send `confirmed`. */
  | { ok: false; refusal: 'records_differ'; differing: string[] }
  /** One of them was merged before, into this record. */
  | { ok: false; refusal: 'already_merged'; movedToId: number }
  | { ok: false; refusal: 'patient_erased' }
  | { ok: false; refusal: 'invalid'; faults: { intoId: 'same_record' } }

interface Judged extends Record<string, unknown> {
  verdict: VerdictOf<'judge_merge'> | null
  moved_to_id: number | null
  differing: string[]
  merge: MergeRow | null
}

/**
 * Merges one record into another of the same person, in one trip. Appointments and the links of accounts move, and the
 * fields that are empty are filled. The record that goes answers with the other from then on; what had been merged into
 * it follows. Again is the same answer. It can be undone for 30 days.
 *
 * @throws NotFound for an unknown patient; NotSignedIn, Forbidden.
 */
export async function mergePatients(
  ctx: ClinicContext,
  { id, intoId, reason, confirmed = false }: MergePatients,
): Promise<MergedPatients> {
  requireRight(ctx.actor, 'merge patients')
  type Answers = [Judged, AppointmentRow, AppointmentRow, AppointmentRow]
  const [[judged], moved = [], overlap = [], released = []] = await callIdempotently<Answers>(
    ctx,
    sql`merge_patients(${id}, ${intoId}, ${confirmed}, ${reason ?? null}, ${acting(ctx)})`,
  )
  if (!judged) throw new NotFound('patient')
  for (const hold of released) tellReleased(ctx, hold)
  if (judged.verdict === null) {
    for (const appointment of moved) tellMoved(ctx, appointment, id, intoId)
    ctx.tell({ kind: 'patient.merged', patientId: id, intoId, ...deedOf(ctx) })
  }
  if (judged.merge && (judged.verdict === null || judged.verdict === 'already'))
    return { ok: true, merge: toMerge(judged.merge) }
  return refuse(judged, overlap)
}

function refuse({ verdict, differing, moved_to_id }: Judged, overlap: AppointmentRow[]): MergedPatients {
  switch (verdict) {
    case 'same_record':
      return { ok: false, refusal: 'invalid', faults: { intoId: verdict } }
    case 'appointments_overlap':
      return { ok: false, refusal: verdict, overlap: overlap.map(toAppointment) }
    case 'records_differ':
      return { ok: false, refusal: verdict, differing }
    case 'patient_erased':
      return { ok: false, refusal: verdict }
    default:
      return { ok: false, refusal: 'already_merged', movedToId: Number(moved_to_id) }
  }
}
