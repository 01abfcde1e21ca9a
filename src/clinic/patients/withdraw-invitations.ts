import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'

/**
 * Withdraws every open invitation to a patient's record, in one trip. The front desk may for anyone, patients for those that
 * they act for.
 *
 * @throws NotFound when there is no such patient, or the account does not act for them; NotSignedIn, Forbidden.
 */
export async function withdrawInvitations(ctx: ClinicContext, patientId: number): Promise<void> {
  requireRight(ctx.actor, 'invite people')
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  const doing = sql`
    patient as (
      select id from patients
      where id = ${patientId}::bigint
      and may_act_for(id, ${acting(ctx)})
    ),
    withdrawn as (
      update patient_invitations invitation set withdrawn_at = ${at}
      where patient_id = (select id from patient) and invitation_is_open(invitation, ${at})
    )`
  const [[row]] = await sendIdempotently<[{ id: string }]>(ctx, [
    { doing, rows: sql`select id from patient` },
  ])
  if (!row) throw new NotFound('patient')
}
