import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, remark } from '../shapes.ts'

/** Why the law requires the data; the patient's history keeps it. */
export const legalHoldInput = closed({ reason: remark })

export type PlaceLegalHold = z.infer<typeof legalHoldInput> & { patientId: number }

export interface LegalHold {
  patientId: number
  isOnLegalHold: boolean
}

/**
 * Stops the erasure of a patient until the hold is lifted, in one trip. Again is the same answer.
 *
 * @throws NotFound for an unknown or erased patient; NotSignedIn, Forbidden, NoLongerSignedIn, RoleChanged.
 */
export function placeLegalHold(
  ctx: ClinicContext,
  { patientId, reason }: PlaceLegalHold,
): Promise<LegalHold> {
  return change(ctx, patientId, true, reason)
}

/** Lets a patient be erased again, in one trip. Throws as `placeLegalHold`. */
export function liftLegalHold(ctx: ClinicContext, patientId: number): Promise<LegalHold> {
  return change(ctx, patientId, false, null)
}

async function change(ctx: ClinicContext, patientId: number, isOn: boolean, reason: string | null) {
  requireRight(ctx.actor, 'hold patients')
  const doing = sql`
    held as materialized (
      select id, is_on_legal_hold
      from patients
      where id = (select coalesce(moved_to_id, id) from patients where id = ${patientId}::bigint)
      and erased_at is null
      for no key update
    ),
    changed as (
      update patients
      set is_on_legal_hold = ${isOn}, version = version + 1
      where id = (select id from held where is_on_legal_hold <> ${isOn})
      returning id
    ),
    recorded as materialized (
      select append_patient_event(
        id, 'patient.corrected', jsonb_build_object('is_on_legal_hold', not ${isOn}::boolean),
        jsonb_build_object('is_on_legal_hold', ${isOn}::boolean), ${reason}::text, ${acting(ctx)}
      )
      from changed
      offset 0
    )`
  const rows = sql`select id, (select count(*) from recorded) as changes from held`
  const [[row]] = await sendIdempotently<[{ id: string; changes: string }]>(ctx, [{ doing, rows }])
  if (!row) throw new NotFound('patient')
  return { patientId: Number(row.id), isOnLegalHold: isOn }
}
