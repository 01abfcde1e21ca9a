import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import { type ClinicContext, deedOf } from '../context.ts'
import { NoLongerSignedIn } from '../errors.ts'
import { closed, personName } from '../shapes.ts'

export const completeAccountInput = closed({ name: personName })

export type CompleteAccount = z.infer<typeof completeAccountInput>

/**
 * Gives a new account its name, records that it accepted the terms of data use, and registers its person as a patient:
 * an address in someone's record does not make its owner that person. One trip; doing it again changes nothing.
 *
 * @throws NoLongerSignedIn unless the session that asks is the account's own.
 */
export async function completeAccount(
  ctx: Pick<ClinicContext, 'db' | 'now' | 'actor' | 'tell' | 'sessionHash'>,
  accountId: number,
  { name }: CompleteAccount,
): Promise<void> {
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  const { rows } = await ctx.db.execute<CompletedRow>(sql`
    with
    visitor as (
      select accounts.id
      from sessions
      join accounts on accounts.id = sessions.account_id
      where token_hash = ${ctx.sessionHash ?? null}
      and accounts.id = ${accountId}
      and session_is_live(sessions, role, ${at})
    ),
    completed as (
      update accounts set name = ${name}, terms_accepted_at = ${at}, updated_at = ${at}
      where id = (select id from visitor) and terms_accepted_at is null
      returning id, email
    ),
    registered as (
      insert into patients (name, contact_email)
      select ${name}, email from completed
      returning id
    ),
    linked as (
      insert into account_patients (account_id, patient_id, relation, linked_at)
      select completed.id, registered.id, 'self', ${at} from completed, registered
    )
    select (select id from registered) as patient_id from visitor`)
  const [row] = rows
  if (!row) throw new NoLongerSignedIn()
  if (row.patient_id === null) return
  const patientId = Number(row.patient_id)
  ctx.tell({ kind: 'patient.registered', patientId, ...deedOf(ctx) })
  ctx.tell({ kind: 'account.completed', accountId, patientId, ...deedOf(ctx) })
}

/** `patient_id` is null when the account was complete already. */
type CompletedRow = { patient_id: string | null }
