import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { patientMerges } from '../../../drizzle/schema/patient-merges.ts'
import { patients } from '../../../drizzle/schema/patients.ts'
import type { ClinicContext } from '../context.ts'
import { inForce } from './record.ts'

/** A record that was merged into the one that is looked at. */
export interface MergedRecord {
  id: number
  name: string
  mergedAt: Date
}

/** The query for the merges of a record that can still be undone, the last first; not yet sent. */
export function undoableMerges({ db, now }: ClinicContext, id: number) {
  return db
    .select({ id: patients.id, name: patients.name, mergedAt: patientMerges.mergedAt })
    .from(patientMerges)
    .innerJoin(patients, eq(patients.id, patientMerges.fromId))
    .where(
      and(
        eq(patientMerges.intoId, inForce(id)),
        isNull(patientMerges.undoneAt),
        gt(patientMerges.mergedAt, sql`${now.toISOString()}::timestamptz - interval '30 days'`),
      ),
    )
    .orderBy(desc(patientMerges.id))
}
