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
    cross join lateral (
      select patient_id from patient_identifiers where issuer = one.issuer and value = one.value
      limit 1 -- or the plan would read all of them for one
    ) taken
    join patients held on held.id = taken.patient_id
    join patients patient on patient.id = coalesce(held.moved_to_id, held.id)
    where patient.id is distinct from ${id === null ? sql`null` : inForce(id)}
    order by patient.id
    limit 1`
}
