import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, email, fault, id, latestBirthDate, personName } from '../shapes.ts'
import { snakeKeys } from '../snake-case.ts'
import { type Identifier, recordShape } from './fields.ts'
import { type HolderRow, holdersOf } from './identifier-holders.ts'
import type { Patient } from './record.ts'
import { type PatientSummary, type SummaryRow, summaryColumns, toSummary } from './summary.ts'

const known = z.object(recordShape).partial().shape

export const registerPatientInput = closed({
  name: personName,
  ...known,
  /** Another name of `contactEmail`. */
  email: email.optional(),
  /** The account that may act for the patient; when patients register someone, their own. */
  accountId: id.optional(),
  /** Registers them even if they may exist already. */
  confirmed: z.boolean({ error: fault('not_a_choice') }).optional(),
})

export type RegisterPatient = z.infer<typeof registerPatientInput>

type Asked = 'birthDate' | 'phone' | 'sex'
type RegistrationFaults = Partial<Record<Asked, 'missing' | 'not_expected' | 'not_a_birth_date'>>

export type RegisteredPatient =
  | { ok: true; patient: Patient }
  | { ok: false; refusal: 'invalid'; faults: RegistrationFaults }
  | { ok: false; refusal: 'too_many_dependants' | 'nik_disagrees' }
  | {
      ok: false
      refusal: 'identifier_taken'
      holder: PatientSummary | null
      /** Of the number that the holder has. */
      issuer: Identifier['issuer'] | undefined
    }
  /** Someone who looks like them is registered: ask, then send `confirmed`. */
  | { ok: false; refusal: 'may_exist'; candidates: PatientSummary[] }

/** What only the front desk writes. */
const ofDesk = ['email', 'contactEmail', 'deskNote', 'identifiers'] as const

/**
 * Registers a patient, in one trip, unless they may exist already (`may_exist`) or an identifier belongs to another record
 * (`identifier_taken`) or contradicts the birth date (`nik_disagrees`). The front desk registers anyone, also as the
 * dependant of an account; patients register their own dependants, as many as the clinic allows (`too_many_dependants`),
 * with what it asks for online.
 *
 * @throws NotFound for an unknown account, Forbidden when a patient sends an email address, an identifier or another
 * account.
 */
export async function registerPatient(
  ctx: ClinicContext,
  input: RegisterPatient,
): Promise<RegisteredPatient> {
  const person = requireRight(ctx.actor, 'register patients')
  const own = person.kind === 'patient' ? person.accountId : undefined
  if (own) requireOwn(input, own)
  if (input.birthDate && input.birthDate > latestBirthDate(ctx.now)) {
    return { ok: false, refusal: 'invalid', faults: { birthDate: 'not_a_birth_date' } }
  }
  const taking = sql`select take_turns_by_account(${acting(ctx)})`
  const [[row], holders] = await sendIdempotently<[RegisteredRow, HolderRow]>(ctx, [
    taking,
    { rows: registering(ctx, input, own ?? input.accountId ?? null) },
    { rows: holdersOf(input.identifiers, null) },
  ])
  if (!row) throw new Error('register_patient always answers.')
  const { id, outcome = outcomeOf(row) } = row
  if (outcome === 'unknown_account') throw new NotFound('account')
  // An earlier release kept no holders.
  if (outcome !== 'registered') return toRefusal(outcome, row, holders?.[0])
  ctx.tell({ kind: 'patient.registered', patientId: Number(id), ...deedOf(ctx) })
  return { ok: true, patient: toRegistered(Number(id), input) }
}

function requireOwn(input: RegisterPatient, own: number): void {
  const isOthers = input.accountId !== undefined && input.accountId !== own
  if (isOthers || ofDesk.some((field) => input[field]))
    throw new Forbidden('Patients can only register their own dependants, without an email address.')
}

type Refused = Extract<RegisteredPatient, { ok: false }>

function toRefusal(
  outcome: Refused['refusal'],
  { candidates, faults }: RegisteredRow,
  holder: HolderRow | undefined,
): Refused {
  switch (outcome) {
    case 'may_exist':
      return { ok: false, refusal: outcome, candidates: (candidates ?? []).map(toSummary) }
    case 'identifier_taken':
      return {
        ok: false,
        refusal: outcome,
        holder: holder ? toSummary(holder) : null,
        issuer: holder?.issuer,
      }
    case 'invalid':
      return { ok: false, refusal: outcome, faults: toFaults(faults) }
    default:
      return { ok: false, refusal: outcome }
  }
}

/** Of an answer that an earlier release kept. */
function outcomeOf({ id, verdict, candidates, account_is_known }: RegisteredRow): Outcome {
  if (account_is_known === false) return 'unknown_account'
  if (verdict) return verdict
  return id === null && candidates ? 'may_exist' : 'registered'
}

function registering(ctx: ClinicContext, input: RegisterPatient, accountId: number | null) {
  const { identifiers = [], email, contactEmail = email, accountId: _, confirmed = false, ...told } = input
  return sql`
    select
      answer ->> 'outcome' as outcome, (answer ->> 'id')::bigint as id, answer -> 'faults' as faults,
      (
        select jsonb_agg(to_jsonb(candidate))
        from (
          select ${summaryColumns}
          from jsonb_array_elements_text(answer -> 'candidates') likely (id)
          join patients patient on patient.id = likely.id::bigint
          order by patient.id
        ) candidate
      ) as candidates
    from register_patient(
      ${JSON.stringify(snakeKeys({ ...told, contactEmail }))}::jsonb, ${JSON.stringify(identifiers)}::jsonb,
      ${accountId}::bigint, ${confirmed}::boolean, ${acting(ctx)}
    ) answer`
}

type Outcome = 'registered' | 'unknown_account' | Refused['refusal']

interface RegisteredRow extends Record<string, unknown> {
  /** Missing from answers that an earlier release kept, which have a verdict and `account_is_known` instead. */
  outcome?: Outcome
  verdict?: 'too_many_dependants' | null
  account_is_known?: boolean
  id: string | number | null
  faults: { birth_date?: AskingFault; phone?: AskingFault; sex?: AskingFault } | null
  candidates: SummaryRow[] | null
}

type AskingFault = 'missing' | 'not_expected'

function toFaults(faults: RegisteredRow['faults']): RegistrationFaults {
  const { birth_date: birthDate, ...others } = faults ?? {}
  return { ...others, ...(birthDate && { birthDate }) }
}

function toRegistered(id: number, input: RegisterPatient): Patient {
  const { name, calledName = null, birthDate = null, sex = null, phone = null, address = null } = input
  const { languages = [], preferredChannel = null, deskNote = null, identifiers = [] } = input
  return {
    id,
    version: 1,
    name,
    calledName,
    birthDate,
    sex,
    phone,
    contactEmail: input.contactEmail ?? input.email ?? null,
    languages,
    preferredChannel,
    address,
    deskNote,
    flags: [],
    identifiers: identifiers.toSorted((a, b) => (a.issuer + a.value < b.issuer + b.value ? -1 : 1)),
    isDeceased: false,
    isActive: true,
    isOnLegalHold: false,
    movedToId: null,
    erasedAt: null,
  }
}
