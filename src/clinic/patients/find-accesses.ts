import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import type { ClinicContext, Person } from '../context.ts'
import { NotFound } from '../errors.ts'
import { pageOf } from '../page-of.ts'
import { id, instant } from '../shapes.ts'
import type { Opened } from './record.ts'
import { type PatientSummary, type SummaryRow, summaryColumns, toSummary } from './summary.ts'

/** What the log is ordered by. */
export const patientAccessKey = z.tuple([instant, id]).transform(([at, id]) => ({ at: new Date(at), id }))

type PatientAccessKey = z.infer<typeof patientAccessKey>

export interface FindPatientAccesses {
  patientId: number
  /** Of one page. */
  limit: number
  /** The last access of the previous page. */
  after?: PatientAccessKey | undefined
}

/** One of the clinic's own people opened a patient's record. */
export interface PatientAccess {
  id: number
  at: Date
  what: Opened
  /** Their role at the time. */
  actorKind: 'front_desk' | 'doctor' | 'admin'
  /** Another system did it with a key of theirs. */
  isByKey: boolean
  /** Who it was; only admins see that. */
  account: { id: number; name: string } | null
}

export interface PatientAccesses {
  patient: PatientSummary
  accesses: PatientAccess[]
  /** What to ask for as `after`, or null on the last page. */
  next: PatientAccessKey | null
}

/**
 * A page of those who opened a patient's record, or one that was merged into it, newest first, in one trip. Patients and
 * the front desk see roles, admins see who it was.
 *
 * @throws NotFound when there is no such patient, or the actor may not see them; NotSignedIn, Forbidden.
 */
export async function findPatientAccesses(
  ctx: ClinicContext,
  { patientId, limit, after }: FindPatientAccesses,
): Promise<PatientAccesses> {
  const person = requireRight(ctx.actor, 'see who opened records')
  const [found, opened] = await ctx.db.batch([
    ctx.db.execute<SummaryRow>(sql`
      select ${summaryColumns}
      from (${keptRecord(ctx, patientId)}) kept
      join patients patient on patient.id = kept.id`),
    ctx.db.execute<AccessRow>(sql`
      select
        access.id, access.at, access.what, access.actor_kind, access.api_key_id is not null as is_by_key,
        access.account_id, account.name
      from (${keptRecord(ctx, patientId)}) kept
      join patient_accesses access on access.patient_id = any (records_of_person(kept.id))
      left join accounts account on account.id = access.account_id
      where ${after ? sql`(access.at, access.id) < (${after.at.toISOString()}::timestamptz, ${after.id}::bigint)` : sql`true`}
      order by access.at desc, access.id desc
      limit ${limit + 1}`),
  ])
  const [patient] = found.rows
  if (!patient) throw new NotFound('patient')
  const { page, last } = pageOf(opened.rows.map(toAccess(person)), limit)
  return { patient: toSummary(patient), accesses: page, next: last && { at: last.at, id: last.id } }
}

/** Selects the id of the record, or of the one it was merged into, if the actor may see it or acts for the patient now. */
export const keptRecord = (ctx: ClinicContext, patientId: number): SQL => sql`
  select coalesce(moved_to_id, id) as id
  from patients
  where id = ${patientId}::bigint
  and may_act_for(id, ${acting(ctx)})`

interface AccessRow extends Record<string, unknown> {
  id: string
  at: string
  what: Opened
  actor_kind: PatientAccess['actorKind']
  is_by_key: boolean
  account_id: string | null
  name: string | null
}

const toAccess =
  ({ kind }: Person) =>
  (row: AccessRow): PatientAccess => ({
    id: Number(row.id),
    at: new Date(row.at),
    what: row.what,
    actorKind: row.actor_kind,
    isByKey: row.is_by_key,
    account:
      kind === 'admin' && row.account_id !== null
        ? { id: Number(row.account_id), name: row.name ?? '' }
        : null,
  })
