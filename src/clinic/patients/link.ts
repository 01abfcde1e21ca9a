import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import type { LinkRefusal } from '../refusals.ts'
import { closed, email } from '../shapes.ts'
import { relation } from './invite.ts'

export const linkPatientInput = closed({
  /** Of the account. */
  email,
  /** Whether it is the patient's own account, or that of someone who looks after them. */
  relation,
})

export type LinkPatient = z.infer<typeof linkPatientInput>

export type LinkedPatient = { ok: true; accountId: number } | { ok: false; refusal: LinkRefusal }

/**
 * Lets an existing account act for a patient. The front desk vouches for both of them; anyone else invites. An account is
 * the own account of one patient only (`other_self`). One trip.
 *
 * @throws NotFound when there is no such patient, or no account with this address; NotSignedIn, Forbidden.
 */
export async function linkPatient(
  ctx: ClinicContext,
  patientId: number,
  { email, relation }: LinkPatient,
): Promise<LinkedPatient> {
  requireRight(ctx.actor, 'link accounts')
  const rows = sql`
    with
    patient as (
      select patient.id
      from patients named
      join patients patient on patient.id = coalesce(named.moved_to_id, named.id)
      where named.id = ${patientId}::bigint
      and patient.erased_at is null
    ),
    account as (
      select id from accounts
      where email = ${email} and role = 'patient' and terms_accepted_at is not null and closed_at is null
    ),
    judged as materialized (
      select case
        when exists (
          select from account_patients pair
          where pair.account_id = account.id
          and pair.patient_id = patient.id
          and link_is_in_force(pair.ends_on, ${ctx.now.toISOString()}::timestamptz)
        ) then 'already_linked'
        when ${relation} = 'self' and exists (
          select from account_patients pair where pair.account_id = account.id and pair.relation = 'self'
        ) then 'other_self'
      end as refusal
      from account, patient
    ),
    linked as materialized (
      select link_patient(account.id, patient.id, ${relation}, '{}', ${acting(ctx)}) as is_new
      from account, patient, judged
      where judged.refusal is null
    )
    select
      (select id from account) as account_id,
      (select id from patient) as patient_id,
      (select refusal from judged) as refusal,
      (select is_new from linked) as is_new`
  // Two links of one account wait for one another, so that it becomes one person only.
  const taking = sql`select pg_advisory_xact_lock(hashtextextended(${`links to ${email}`}, 0))`
  const [[row]] = await sendIdempotently<[LinkedRow]>(ctx, [taking, { rows }])
  if (!row?.patient_id) throw new NotFound('patient')
  if (!row.account_id) throw new NotFound('account')
  if (row.refusal) return { ok: false, refusal: row.refusal }
  // Another request was quicker.
  if (!row.is_new) return { ok: false, refusal: 'already_linked' }
  const accountId = Number(row.account_id)
  ctx.tell({ kind: 'patient.linked', patientId: Number(row.patient_id), accountId, ...deedOf(ctx) })
  return { ok: true, accountId }
}

type LinkedRow = {
  account_id: string | null
  patient_id: string | null
  refusal: LinkRefusal | null
  is_new: boolean | null
}
