import { sql } from 'drizzle-orm'
import { type RaisedAlarm, raisedAlarms, tellAlarms } from '../accounts/alarms.ts'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import type { ClinicContext, Person } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { keptRecord } from './find-accesses.ts'

export interface ExportedPatient {
  ok: true
  /** Of the record that stays, when the other was merged into it. */
  patientId: number
  /** The document as JSON text, which may be megabytes long. */
  document: string
}

/**
 * Everything that the clinic keeps about a person, in one trip and of one instant; the export is recorded with it.
 *
 * @throws NotFound, NotSignedIn, Forbidden, NoLongerSignedIn, RoleChanged.
 */
export async function exportPatient(ctx: ClinicContext, patientId: number): Promise<ExportedPatient> {
  const row = await send(ctx, patientId, requireRight(ctx.actor, 'export patients'))
  return { ok: true, patientId: Number(row.id), document: row.document ?? '' }
}

/**
 * The same for a person themself and their dependants, who must have signed in in the last ten minutes, and with their
 * passkey if they have one (`not_confirmed`).
 *
 * @throws NotFound when they do not act for the patient; NotSignedIn, Forbidden, NoLongerSignedIn, RoleChanged.
 */
export async function exportOwnData(
  ctx: ClinicContext,
  patientId: number,
): Promise<ExportedPatient | { ok: false; refusal: 'not_confirmed' }> {
  const row = await send(ctx, patientId, requireRight(ctx.actor, 'export own data'))
  if (row.document === null) return { ok: false, refusal: 'not_confirmed' }
  return { ok: true, patientId: Number(row.id), document: row.document }
}

async function send(ctx: ClinicContext, patientId: number, person: Person): Promise<ExportRow> {
  const isAllowed = person.kind === 'patient' ? sql`signed_in_lately(${acting(ctx)})` : sql`true`
  const rows = sql`
    select
      kept.id,
      case when is_allowed then export_patient(kept.id, ${ctx.now.toISOString()}::timestamptz)::text end as document,
      case when is_allowed then record_patient_export(kept.id, ${acting(ctx)}) end as recorded
    from (${keptRecord(ctx, patientId)}) kept
    cross join lateral (select ${isAllowed} as is_allowed) allowed`
  const [[row], alarms] = await sendIdempotently<[ExportRow, RaisedAlarm]>(ctx, [
    { rows },
    { rows: raisedAlarms(ctx) },
  ])
  if (!row) throw new NotFound('patient')
  tellAlarms(ctx, alarms)
  return row
}

interface ExportRow extends Record<string, unknown> {
  id: string
  /** Null when the person has to confirm who they are. */
  document: string | null
}
