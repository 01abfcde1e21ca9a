import { type SQL, sql } from 'drizzle-orm'
import { patients } from '../../../drizzle/schema/patients.ts'

/** Enough to tell two people of one name apart, and no more. */
export interface PatientSummary {
  id: number
  name: string
  /** What to call them, when it is not their name. */
  calledName: string | null
  /** A calendar date, such as `1990-05-17`. */
  birthDate: string | null
  /** The last four digits of the telephone number. */
  phoneEnding: string | null
  /** The clinic's own number for them. */
  recordNumber: string | null
  /** False once they are no longer a patient here. */
  isActive: boolean
  isDeceased: boolean
}

/** The clinic's own number for a patient of a query on `patients`. */
export const recordNumberOf = sql<string | null>`(
  select min(value) from patient_identifiers where patient_id = ${patients.id} and issuer = 'record'
)`

export interface SummaryRow extends Record<string, unknown> {
  id: string | number
  name: string
  called_name: string | null
  birth_date: string | null
  phone_ending: string | null
  record_number: string | null
  is_active: boolean
  is_deceased: boolean
}

/** The columns of a `SummaryRow`, of the table `patients` under the name `patient`. */
export const summaryColumns: SQL = sql`
  patient.id, patient.name, patient.called_name, patient.birth_date::text, right(patient.phone, 4) as phone_ending,
  (
    select min(value) from patient_identifiers where patient_id = patient.id and issuer = 'record'
  ) as record_number,
  patient.is_active, patient.is_deceased`

export function toSummary(row: SummaryRow): PatientSummary {
  return {
    id: Number(row.id),
    name: row.name,
    calledName: row.called_name,
    birthDate: row.birth_date,
    phoneEnding: row.phone_ending,
    recordNumber: row.record_number,
    isActive: row.is_active,
    isDeceased: row.is_deceased,
  }
}
