import { sql } from 'drizzle-orm'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { isDesk, requireRight } from './guard.ts'
import { mayUnlink } from './links.ts'

/**
 * Ends that an account acts for a dependant, in one trip: the account itself does it, the patient with an account of their
 * own, or the front desk. What is booked stays with the patient. One's own record stays linked until the account is closed.
 *
 * @throws NotFound when there is no such link, or it is neither of the actor's; NotSignedIn, Forbidden.
 */
export async function unlinkPatient(
  ctx: ClinicContext,
  { patientId, accountId }: { patientId: number; accountId: number },
): Promise<void> {
  const person = requireRight(ctx.actor, 'unlink patients')
  const rows = sql`
    select unlink_patient(pair.patient_id, pair.account_id, null, ${acting(ctx)}) as is_unlinked
    from account_patients pair
    where pair.account_id = ${accountId}::bigint
    and pair.patient_id = coalesce(
      (select moved_to_id from patients where id = ${patientId}::bigint), ${patientId}::bigint
    )
    and pair.relation = 'dependant'
    and ${mayUnlink(person, isDesk(ctx.actor))}`
  const [[row]] = await sendIdempotently<[{ is_unlinked: boolean }]>(ctx, [{ rows }])
  if (!row?.is_unlinked) throw new NotFound('patient')
  ctx.tell({ kind: 'account.changed', accountId, ...deedOf(ctx) })
}
