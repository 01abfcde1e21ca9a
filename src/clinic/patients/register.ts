import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { birthDate, closed, email, fault, id, personName, phone } from '../shapes.ts'
import type { Patient } from './record.ts'
import { type PatientSummary, type SummaryRow, summaryColumns, toSummary } from './summary.ts'

export const registerPatientInput = closed({
  name: personName,
  /** What to call them, when it is not their name. */
  calledName: personName.optional(),
  birthDate: birthDate.optional(),
  phone: phone.optional(),
  /** Where they are written to; a family may share it. It gives nobody the record. */
  email: email.optional(),
  /** The account that may act for the patient; when patients register someone, their own. */
  accountId: id.optional(),
  /** Registers them even if they may exist already. */
  confirmed: z.boolean({ error: fault('not_a_choice') }).optional(),
})

export type RegisterPatient = z.infer<typeof registerPatientInput>

type RegistrationFaults = { birthDate?: 'not_a_birth_date' }

export type RegisteredPatient =
  | { ok: true; patient: Patient }
  | {
      ok: false
      refusal: 'invalid'
      faults: RegistrationFaults
    }
  | { ok: false; refusal: 'too_many_dependants' }
  /** Someone who looks like them is registered: ask, then send `confirmed`. */
  | { ok: false; refusal: 'may_exist'; candidates: PatientSummary[] }

/**
 * Registers a patient, in one trip, unless they may exist already (`may_exist`). The front desk registers anyone, also as
 * the dependant of an account; patients register their own dependants, as many as the clinic allows
 * (`too_many_dependants`).
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
  if (input.birthDate && input.birthDate > latestDay(ctx.now)) {
    return { ok: false, refusal: 'invalid', faults: { birthDate: 'not_a_birth_date' } }
  }
  const accountId = own ?? input.accountId ?? null
  const statement = registering(ctx, input, accountId, own !== undefined)
  const taking = sql`select take_turns_by_account(${acting(ctx)})`
  const [[row]] = await sendIdempotently<[RegisteredRow]>(ctx, [taking, statement])
  if (!row?.account_is_known) throw new NotFound('account')
  if (row.verdict) return { ok: false, refusal: row.verdict }
  if (row.candidates) {
    return { ok: false, refusal: 'may_exist', candidates: row.candidates.map(toSummary) }
  }
  if (row.id === null) throw new Error('A patient is registered unless there is a reason not to.')
  const id = Number(row.id)
  ctx.tell({ kind: 'patient.registered', patientId: id, ...deedOf(ctx) })
  return { ok: true, patient: toRegistered(id, input) }
}

function toRegistered(id: number, input: RegisterPatient): Patient {
  const { name, calledName = null, birthDate = null, phone = null } = input
  return {
    id,
    version: 1,
    name,
    calledName,
    birthDate,
    sex: null,
    phone,
    contactEmail: input.email ?? null,
    languages: [],
    preferredChannel: null,
    address: null,
    deskNote: null,
    identifiers: [],
    isDeceased: false,
    isActive: true,
    isOnLegalHold: false,
    movedToId: null,
    erasedAt: null,
  }
}

/** The date where the day begins first: a child may be born there today. */
const latestDay = (now: Date) => new Date(now.getTime() + 14 * 3_600_000).toISOString().slice(0, 10)

function registering(
  ctx: ClinicContext,
  { name, calledName, birthDate, phone, email, confirmed = false }: RegisterPatient,
  accountId: number | null,
  isOwn: boolean,
): { doing: SQL; rows: SQL } {
  const doing = sql`
    guardian as (select id from accounts where id = ${accountId}::bigint and closed_at is null),
    judged as materialized (select judge_dependant(${acting(ctx)}) as verdict),
    likely as materialized (
      select patient_id as id
      from find_likely_patients(
        ${name}, ${birthDate ?? null}::date, ${phone ?? null}, ${accountId}::bigint, ${isOwn}::boolean
      )
      where not ${confirmed}::boolean
    ),
    registered as (
      insert into patients (name, called_name, birth_date, phone, contact_email)
      select ${name}, ${calledName ?? null}, ${birthDate ?? null}::date, ${phone ?? null}, ${email ?? null}
      from judged
      where verdict is null
      and not exists (select from likely)
      and (${accountId}::bigint is null or exists (select from guardian))
      returning id
    ),
    paired as (
      insert into account_patients (account_id, patient_id, relation)
      select guardian.id, registered.id, 'dependant' from guardian, registered
    )`
  const rows = sql`
    select
      (select id from registered) as id,
      (select verdict from judged) as verdict,
      (
        select jsonb_agg(to_jsonb(candidate))
        from (
          select ${summaryColumns} from likely join patients patient on patient.id = likely.id order by patient.id
        ) candidate
      ) as candidates,
      ${accountId}::bigint is null or exists (select from guardian) as account_is_known`
  return { doing, rows }
}

type RegisteredRow = {
  id: string | null
  /** Missing from answers that an earlier release kept, as are the candidates. */
  verdict?: 'too_many_dependants' | null
  candidates?: SummaryRow[] | null
  account_is_known: boolean
}
