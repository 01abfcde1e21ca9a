import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, email, id, personName } from '../shapes.ts'
import type { Patient } from './find.ts'

export const registerPatientInput = closed({
  name: personName,
  /** A new account with this address joins this record. */
  email: email.optional(),
  /** The account that may act for the patient; when patients register someone, their own. */
  accountId: id.optional(),
})

export type RegisterPatient = z.infer<typeof registerPatientInput>

export type RegisteredPatient =
  | { ok: true; patient: Patient }
  | { ok: false; refusal: 'invalid'; faults: { email: 'already_registered' } }

/**
 * Registers a patient, in one trip. The front desk registers anyone, also as the dependant of an account; patients
 * register their own dependants.
 *
 * @throws NotFound for an unknown account, Forbidden when a patient sends an email address or another account.
 */
export async function registerPatient(
  ctx: ClinicContext,
  input: RegisterPatient,
): Promise<RegisteredPatient> {
  const person = requireRight(ctx.actor, 'register patients')
  const own = person.kind === 'patient' ? person.accountId : undefined
  if (own && (input.email || (input.accountId && input.accountId !== own))) {
    throw new Forbidden('Patients can only register their own dependants, without an email address.')
  }
  const accountId = own ?? input.accountId ?? null
  const doing = sql`
    guardian as (select id from accounts where id = ${accountId}::bigint),
    registered as (
      insert into patients (name, email)
      select ${input.name}, ${input.email ?? null}
      where ${accountId}::bigint is null or exists (select from guardian)
      on conflict (email) do nothing
      returning id
    ),
    paired as (
      insert into account_patients (account_id, patient_id, relation)
      select guardian.id, registered.id, 'dependant' from guardian, registered
    )`
  const rows = sql`
    select
      (select id from registered) as id,
      ${accountId}::bigint is null or exists (select from guardian) as account_is_known`
  const [[row]] = await sendIdempotently<[{ id: string | null; account_is_known: boolean }]>(ctx, [
    { doing, rows },
  ])
  if (!row?.account_is_known) throw new NotFound('account')
  if (row.id === null) return { ok: false, refusal: 'invalid', faults: { email: 'already_registered' } }
  const id = Number(row.id)
  ctx.tell({ kind: 'patient.registered', patientId: id, ...deedOf(ctx) })
  return { ok: true, patient: { id, name: input.name } }
}
