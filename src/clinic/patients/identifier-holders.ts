import { type SQL, sql } from 'drizzle-orm'
import type { Identifier } from './fields.ts'
import { inForce } from './record.ts'
import { type SummaryRow, summaryColumns } from './summary.ts'

export interface HolderRow extends SummaryRow {
  /** Of the number that they have; missing from answers that an earlier release kept. */
  issuer?: Identifier['issuer']
}

/** Who has one of these identifiers already. @param id of a patient who may have them. */
export function holdersOf(identifiers: Identifier[] = [], id: number | null): SQL {
  return sql`
    select ${summaryColumns}, one.issuer
    from jsonb_to_recordset(${JSON.stringify(identifiers)}::jsonb) one (issuer text, value text)
    -- Each limit keeps the planner from reading a whole table for the one row.
    cross join lateral (
      select patient_id from patient_identifiers where issuer = one.issuer and value = one.value limit 1
    ) taken
    cross join lateral (
      select coalesce(moved_to_id, patients.id) as id from patients where patients.id = taken.patient_id limit 1
    ) kept
    cross join lateral (select * from patients where patients.id = kept.id limit 1) patient
    where patient.id is distinct from ${id === null ? sql`null` : inForce(id)}
    order by patient.id
    limit 1`
}
