import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import { type ClinicContext, deedOf, type Person } from '../context.ts'
import { NoLongerSignedIn } from '../errors.ts'
import { closed, personName } from '../shapes.ts'
import { type AcceptanceRefusal, accepting, type InvitationFact } from './accept-invitation.ts'

export const completeAccountInput = closed({ name: personName })

export interface CompleteAccount extends z.infer<typeof completeAccountInput> {
  /** To the record of whoever completes the account; then no other record is made for them. */
  invitation?: InvitationFact & { id: number }
}

export type CompletedAccount = { ok: true } | { ok: false; refusal: AcceptanceRefusal }

/**
 * Gives a new account its name, records that it accepted the terms of data use, and registers its person as a patient:
 * an address in someone's record does not make its owner that person. Someone who was invited to their own record gets it
 * instead, if they name a right fact; otherwise nothing changes. One trip; doing it again changes nothing.
 *
 * @throws NoLongerSignedIn unless the session that asks is the account's own.
 */
export async function completeAccount(
  ctx: ClinicContext,
  accountId: number,
  { name, invitation }: CompleteAccount,
): Promise<CompletedAccount> {
  // The account may do nothing else yet, so it is not the actor.
  const person: Person = { kind: 'patient', accountId, patientIds: [] }
  const invitationId = invitation?.id ?? 0
  const tried = invitation
    ? await accepting({ ...ctx, actor: person }, { invitationId, relation: 'self', fact: invitation })
    : sql`null::text`
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
    tried as materialized (
      select ${tried} as refusal
      from visitor
      join accounts on accounts.id = visitor.id and terms_accepted_at is null
    ),
    completed as (
      update accounts set name = ${name}, terms_accepted_at = ${at}, updated_at = ${at}
      where id = (select id from visitor) and terms_accepted_at is null
      and (select refusal from tried) is null
      returning id, email
    ),
    registered as (
      insert into patients (name, contact_email)
      select ${name}, email from completed where ${!invitation}::boolean
      returning id
    ),
    linked as (
      insert into account_patients (account_id, patient_id, relation, linked_at)
      select completed.id, registered.id, 'self', ${at} from completed, registered
    )
    select
      (select id from registered) as registered_id,
      (select id from completed) as completed_id,
      (select refusal from tried) as refusal,
      (select patient_id from patient_invitations where id = ${invitationId}::bigint) as invited_id
    from visitor`)
  const [row] = rows
  if (!row) throw new NoLongerSignedIn()
  if (row.refusal) return { ok: false, refusal: row.refusal }
  if (row.completed_id === null) return { ok: true }
  const patientId = Number(row.registered_id ?? row.invited_id)
  if (row.registered_id !== null) ctx.tell({ kind: 'patient.registered', patientId, ...deedOf(ctx) })
  else ctx.tell({ kind: 'patient.linked', patientId, accountId, ...deedOf(ctx) })
  ctx.tell({ kind: 'account.completed', accountId, patientId, ...deedOf(ctx) })
  return { ok: true }
}

type CompletedRow = {
  registered_id: string | null
  /** Null when the account was complete already, or stays incomplete. */
  completed_id: string | null
  refusal: AcceptanceRefusal | null
  invited_id: string | null
}
