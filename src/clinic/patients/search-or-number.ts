import { type SQL, sql } from 'drizzle-orm'
import type { ClinicContext, Person } from '../context.ts'
import { type FoundPatients, type FoundRow, searchFor, toFound } from './search.ts'
import { summaryColumns } from './summary.ts'

/**
 * A search by whatever was typed, or by a patient's number, as two queries that a page sends with its others; `read` reads
 * their rows. It leaves out the record that is looked at.
 */
export function searchOthers(
  ctx: ClinicContext,
  person: Person,
  { typed, except }: { typed: string; except: number },
): { queries: { rows: SQL }[]; read: (numbered: FoundRow[], found: FoundRow[]) => FoundPatients } {
  const number = /^\s*#?(\d{1,15})\s*$/.exec(typed)?.[1] ?? null
  const { rows, isTooShort } = searchFor(ctx, person, typed)
  const numbered = sql`
    select ${summaryColumns}, false as is_cut
    from patients patient
    where patient.id = (select coalesce(moved_to_id, id) from patients where id = ${number}::bigint)`
  return {
    queries: [{ rows: numbered }, { rows }],
    read(byNumber, byText) {
      const found = toFound(byText, isTooShort && byNumber.length === 0)
      const first = toFound(byNumber, false).patients
      const others = found.patients.filter(({ id }) => !first.some((one) => one.id === id))
      return { ...found, patients: [...first, ...others].filter(({ id }) => id !== except) }
    },
  }
}
