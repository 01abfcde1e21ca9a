import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { closed, personName } from '../shapes.ts'

export const completeAccountInput = closed({ name: personName })

export type CompleteAccount = z.infer<typeof completeAccountInput>

/**
 * Gives a new account its name, notes that the terms of data use are accepted, and joins it to a patient:
 * the record that the front desk registered under the same address, else a new one. One trip; doing it
 * again changes nothing.
 *
 * @throws NotFound for an unknown account.
 */
export async function completeAccount(
  { db, now }: Pick<ClinicContext, 'db' | 'now'>,
  accountId: number,
  { name }: CompleteAccount,
): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`
  const { rows } = await db.execute(sql`
    with
    completed as (
      update accounts set name = ${name}, terms_accepted_at = ${at}, updated_at = ${at}
      where id = ${accountId} and terms_accepted_at is null
      returning id, email
    ),
    joined as (
      insert into patients (name, email)
      select ${name}, email from completed
      on conflict (email) do update set email = excluded.email
      returning id
    ),
    paired as (
      insert into account_patients (account_id, patient_id, relation)
      select completed.id, joined.id, 'self' from completed, joined
      on conflict do nothing
    )
    select id from accounts where id = ${accountId}`)
  if (rows.length === 0) throw new NotFound('account')
}
