import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { callIdempotently } from '../idempotency.ts'
import type { AppointmentRow } from './appointment-row.ts'
import { type Merge, type MergeRow, toMerge } from './merge.ts'
import { tellMoved } from './tell-appointment.ts'
import type { VerdictOf } from './verdicts.ts'

interface UnmergePatients {
  /** The record that went. */
  id: number
  reason?: string | undefined
}

export type UnmergedPatients =
  | { ok: true; merge: Merge; appointmentIds: number[] }
  | { ok: false; refusal: Exclude<VerdictOf<'judge_unmerge'>, 'already'> }

/**
 * Undoes the last merge of a record, in one trip, within 30 days (`undo_expired`). What moved and is still the person's
 * goes back: appointments, also those that were moved or cancelled since, links of accounts, and fields that no one has
 * changed. What was booked since stays. When the record that stayed was merged itself, that is undone first
 * (`already_merged`). Again is the same answer, without appointments.
 *
 * @throws NotFound for an unknown patient, or one that was never merged; NotSignedIn, Forbidden.
 */
export async function unmergePatients(
  ctx: ClinicContext,
  { id, reason }: UnmergePatients,
): Promise<UnmergedPatients> {
  requireRight(ctx.actor, 'merge patients')
  type Judged = { verdict: VerdictOf<'judge_unmerge'> | null; merge: MergeRow }
  const [[judged], givenBack = []] = await callIdempotently<[Judged, AppointmentRow]>(
    ctx,
    sql`unmerge_patients(${id}, ${reason ?? null}, ${acting(ctx)})`,
  )
  if (!judged) throw new NotFound('merge')
  const { verdict } = judged
  const merge = toMerge(judged.merge)
  if (verdict !== null && verdict !== 'already') return { ok: false, refusal: verdict }
  if (verdict === null) {
    for (const appointment of givenBack) tellMoved(ctx, appointment, merge.intoId, merge.fromId)
    ctx.tell({ kind: 'patient.unmerged', patientId: id, intoId: merge.intoId, ...deedOf(ctx) })
  }
  return { ok: true, merge, appointmentIds: givenBack.map((one) => Number(one.id)) }
}
