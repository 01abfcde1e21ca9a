import type * as z from 'zod'
import { correctPatientInput } from '../../clinic/patients/correct.ts'
import type { Identifier } from '../../clinic/patients/fields.ts'
import type { Patient } from '../../clinic/patients/record.ts'
import type { Fault } from '../../clinic/refusals.ts'
import { snakeCase } from '../../clinic/snake-case.ts'
import { formatPhone, readPhone } from '../../i18n/phones.ts'
import type { Written } from '../read-form.ts'

/** What patients correct of their own records. */
const ownFields = [
  'name',
  'called_name',
  'birth_date',
  'sex',
  'phone',
  'contact_email',
  'language',
  'other_language',
  'preferred_channel',
  'address',
] as const

const issuers = ['nik', 'bpjs', 'passport', 'record'] as const

/** What the front desk corrects. */
export const deskFields = [...ownFields, ...issuers, 'desk_note', 'is_deceased', 'is_inactive'] as const

export type RecordField = (typeof deskFields)[number]
export type RecordValues = Record<RecordField, string>
export type RecordFaults = Partial<Record<RecordField, Fault>>

/** The form as it was filled in. */
export const valuesIn = (form: Written) =>
  Object.fromEntries(deskFields.map((field) => [field, form(field)])) as RecordValues

/** A record as its form shows it. */
export function toValues(patient: Patient): RecordValues {
  const numbers = (issuer: string) =>
    patient.identifiers.flatMap((one) => (one.issuer === issuer ? one.value : [])).join(', ')
  return {
    name: patient.name,
    called_name: patient.calledName ?? '',
    birth_date: patient.birthDate ?? '',
    sex: patient.sex ?? '',
    phone: patient.phone ? formatPhone(patient.phone) : '',
    contact_email: patient.contactEmail ?? '',
    language: patient.languages[0] ?? '',
    other_language: patient.languages[1] ?? '',
    preferred_channel: patient.preferredChannel ?? '',
    address: patient.address ?? '',
    nik: numbers('nik'),
    bpjs: numbers('bpjs'),
    passport: numbers('passport'),
    record: numbers('record'),
    desk_note: patient.deskNote ?? '',
    is_deceased: patient.isDeceased ? 'yes' : '',
    is_inactive: patient.isActive ? '' : 'yes',
  }
}

type Corrections = z.infer<typeof correctPatientInput>
type ReadRecord = { ok: true; wanted: Corrections } | { ok: false; faults: RecordFaults }

/** Reads the form of a record. An empty field says that nothing is known. */
export function readRecord(form: Written, isDesk: boolean, clinicPhone: string): ReadRecord {
  const text = (field: RecordField) => form(field).trim()
  const phone = text('phone')
  const own = {
    name: text('name'),
    calledName: text('called_name') || null,
    birthDate: text('birth_date') || null,
    sex: text('sex') || null,
    phone: phone ? (readPhone(phone, clinicPhone) ?? phone) : null,
    contactEmail: text('contact_email') || null,
    languages: [...new Set([text('language'), text('other_language')])].filter(Boolean),
    preferredChannel: text('preferred_channel') || null,
    address: text('address') || null,
  }
  const identifiers = readIdentifiers(text)
  const read = correctPatientInput.safeParse({ ...own, ...(isDesk && { identifiers, ...ofDesk(text) }) })
  if (read.success) return { ok: true, wanted: read.data }
  return { ok: false, faults: faultsIn(read.error.issues, identifiers) }
}

/** Reads the form that takes a request back: what the front desk decides shall be as the record has it. */
export function readWithdrawal(form: Written): ReadRecord {
  const wanted = { name: form('name'), birthDate: form('birth_date') || null, sex: form('sex') || null }
  const read = correctPatientInput.safeParse(wanted)
  return read.success
    ? { ok: true, wanted: read.data }
    : { ok: false, faults: faultsIn(read.error.issues, []) }
}

/** Reads the numbers that a form has of a patient. */
export function readNumbers(
  form: Written,
): { ok: true; identifiers: Identifier[]; faults?: undefined } | { ok: false; faults: NumberFaults } {
  const written = readIdentifiers((issuer) => form(issuer).trim())
  const read = correctPatientInput.shape.identifiers.unwrap().safeParse(written)
  if (read.success) return { ok: true, identifiers: read.data }
  const wrong = read.error.issues.flatMap(({ path: [nth] }) => written[Number(nth)]?.issuer ?? [])
  return { ok: false, faults: Object.fromEntries(wrong.map((issuer) => [issuer, 'not_an_identifier'])) }
}

type NumberFaults = Partial<Record<(typeof issuers)[number], Fault>>

type Text = (field: RecordField) => string

/** Each field may hold several, separated by commas. */
const readIdentifiers = (text: (issuer: (typeof issuers)[number]) => string) =>
  issuers.flatMap((issuer) =>
    text(issuer)
      .split(/[,;]/)
      .filter((value) => value.trim())
      .map((value) => ({ issuer, value })),
  )

const ofDesk = (text: Text) => ({
  deskNote: text('desk_note') || null,
  isDeceased: text('is_deceased') === 'yes',
  isActive: text('is_inactive') !== 'yes',
})

function faultsIn(
  issues: { path: PropertyKey[]; message: string }[],
  identifiers: { issuer: RecordField }[],
): RecordFaults {
  const faults: RecordFaults = {}
  for (const { path, message } of issues) {
    const [field, nth] = path
    const isIdentifier = field === 'identifiers' && typeof nth === 'number'
    const name = isIdentifier
      ? identifiers[nth]?.issuer
      : snakeCase(String(field)).replace('languages', 'language')
    faults[name as RecordField] ??= message as Fault
  }
  return faults
}
