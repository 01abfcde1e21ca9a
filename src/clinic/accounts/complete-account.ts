import { type SQL, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf, type Person } from '../context.ts'
import { NoLongerSignedIn } from '../errors.ts'
import { birthDate, closed, latestBirthDate, personName, phone, sex } from '../shapes.ts'
import { type AcceptanceRefusal, accepting, type InvitationFact } from './accept-invitation.ts'

export const completeAccountInput = closed({
  name: personName,
  birthDate: birthDate.optional(),
  phone: phone.optional(),
  sex: sex.optional(),
})

export interface CompleteAccount extends z.infer<typeof completeAccountInput> {
  /** Of the page that they used, such as `id`: their record gets it if it names none. */
  language?: string
  /** To the record of the person who completes the account; then no other record is made for them. */
  invitation?: InvitationFact & { id: number }
}

type Asked = 'birthDate' | 'phone' | 'sex'

export type CompletedAccount =
  | { ok: true }
  | { ok: false; refusal: AcceptanceRefusal }
  | { ok: false; refusal: 'invalid'; faults: Partial<Record<Asked, 'missing' | 'not_a_birth_date'>> }

/**
 * Gives a new account its name, records that it accepted the terms of data use, and registers its person as a patient:
 * an address in someone's record does not make its owner that person. The clinic's settings say what it must be told; what
 * it does not ask for is not kept. Someone who was invited to their own record gets it instead, if they name a right fact,
 * and is asked for nothing else; otherwise nothing changes. One trip; doing it again changes nothing.
 *
 * @throws NoLongerSignedIn unless the session that asks is the account's own.
 */
export async function completeAccount(
  ctx: ClinicContext,
  accountId: number,
  { invitation, ...told }: CompleteAccount,
): Promise<CompletedAccount> {
  if (told.birthDate && told.birthDate > latestBirthDate(ctx.now)) {
    return { ok: false, refusal: 'invalid', faults: { birthDate: 'not_a_birth_date' } }
  }
  // The account may do nothing else yet, so it is not the actor.
  const person = { kind: 'patient', accountId, patientIds: [] } as const satisfies Person
  const invitationId = invitation?.id ?? 0
  const tried = invitation
    ? await accepting({ ...ctx, actor: person }, { invitationId, relation: 'self', fact: invitation })
    : sql`null::text`
  const completing = completingAccount(ctx, person, {
    ...told,
    isInvited: invitation !== undefined,
    tried,
    invitationId,
  })
  const { rows } = await ctx.db.execute<CompletedRow>(completing)
  const [row] = rows
  if (!row) throw new NoLongerSignedIn()
  if (row.refusal) return { ok: false, refusal: row.refusal }
  const faults = toFaults(row.faults)
  if (Object.keys(faults).length > 0) return { ok: false, refusal: 'invalid', faults }
  if (row.completed_id === null) return { ok: true }
  const patientId = Number(row.registered_id ?? row.invited_id)
  if (row.registered_id !== null) ctx.tell({ kind: 'patient.registered', patientId, ...deedOf(ctx) })
  else ctx.tell({ kind: 'patient.linked', patientId, accountId, ...deedOf(ctx) })
  ctx.tell({ kind: 'account.completed', accountId, patientId, ...deedOf(ctx) })
  return { ok: true }
}

interface Completing extends Omit<CompleteAccount, 'invitation'> {
  isInvited: boolean
  /** Accepts the invitation: null, or why not. */
  tried: SQL
  invitationId: number
}

function completingAccount(
  ctx: ClinicContext,
  person: Person & { kind: 'patient' },
  { name, birthDate, phone, sex, language, isInvited, tried, invitationId }: Completing,
): SQL {
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  return sql`
    with
    visitor as (
      select accounts.id, terms_accepted_at is not null as is_complete
      from sessions
      join accounts on accounts.id = sessions.account_id
      where token_hash = ${ctx.sessionHash ?? null}
      and accounts.id = ${person.accountId}
      and session_is_live(sessions, role, ${at})
    ),
    tried as materialized (
      select ${tried} as refusal
      from visitor
      where not is_complete
    ),
    told as (
      select
        case when asks_birth_date <> 'no' then ${birthDate ?? null}::date end as birth_date,
        case when asks_phone <> 'no' then ${phone ?? null}::text end as phone,
        case when asks_sex <> 'no' then ${sex ?? null}::text end as sex,
        settings
      from clinic_settings settings
    ),
    judged as (
      select jsonb_strip_nulls(jsonb_build_object(
        'birth_date', asking_fault((settings).asks_birth_date, birth_date::text),
        'phone', asking_fault((settings).asks_phone, phone),
        'sex', asking_fault((settings).asks_sex, sex)
      )) as faults
      from told, visitor
      where not is_complete and not ${isInvited}::boolean
    ),
    completed as (
      update accounts set name = ${name}, terms_accepted_at = ${at}, updated_at = ${at}
      where id = (select id from visitor) and terms_accepted_at is null
      and (select refusal from tried) is null
      and coalesce((select faults from judged), '{}') = '{}'
      returning id, email
    ),
    registered as (
      insert into patients (name, birth_date, phone, sex, languages, contact_email, created_at)
      select ${name}, birth_date, phone, sex, array_remove(array[${language ?? null}::text], null), email, ${at}
      from completed, told
      where ${!isInvited}::boolean
      returning id, name, birth_date, phone, sex, languages, contact_email
    ),
    linked as (
      insert into account_patients (account_id, patient_id, relation, linked_at)
      select completed.id, registered.id, 'self', ${at} from completed, registered
    )
    select
      (select id from registered) as registered_id,
      (select id from completed) as completed_id,
      (select refusal from tried) as refusal,
      (select faults from judged) as faults,
      (select patient_id from patient_invitations where id = ${invitationId}::bigint) as invited_id,
      (
        select give_language(patient_id, ${language ?? null}::text, ${acting({ ...ctx, actor: person })})
        from patient_invitations, completed
        where patient_invitations.id = ${invitationId}::bigint
      ) as language_event,
      (
        select append_patient_event(
          id, 'patient.registered', null, jsonb_strip_nulls(to_jsonb(registered) - 'id'), null,
          ${acting({ ...ctx, actor: person })}
        )
        from registered
      ) as event
    from visitor`
}

function toFaults(faults: CompletedRow['faults']) {
  const { birth_date: birthDate, ...others } = faults ?? {}
  return { ...others, ...(birthDate && { birthDate }) }
}

type CompletedRow = {
  registered_id: string | null
  /** Null when the account was complete already, or stays incomplete. */
  completed_id: string | null
  refusal: AcceptanceRefusal | null
  /** Null when the account was complete already, or was invited. */
  faults: { birth_date?: 'missing'; phone?: 'missing'; sex?: 'missing' } | null
  invited_id: string | null
}
