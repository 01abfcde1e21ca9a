import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { inForce, type Patient, recordOf, toPatient } from '../patients/record.ts'
import { type AppointmentRow, toAppointment } from './appointment-row.ts'
import type { Appointment } from './find.ts'

/** A record, and how much belongs to it. */
export interface ComparedRecord {
  patient: Patient
  appointments: number
  accounts: number
}

export interface ComparedPatients {
  records: [ComparedRecord, ComparedRecord]
  /** The fields that cannot both be true of one person. */
  differing: string[]
  /** The two appointments that stand in the way; empty when none do. */
  overlap: Appointment[]
}

interface Judged extends Record<string, unknown> {
  differing: string[]
  overlap: AppointmentRow[]
}

interface Belongings extends Record<string, unknown> {
  appointments: number
  accounts: number
}

/**
 * Two records side by side, and what stands in the way of merging them, in one trip. A record that was merged is the one
 * that took its place.
 *
 * @throws NotFound for an unknown patient; NotSignedIn, Forbidden.
 */
export async function comparePatients(
  ctx: ClinicContext,
  id: number,
  otherId: number,
): Promise<ComparedPatients> {
  const person = requireRight(ctx.actor, 'merge patients')
  const [ofId, ofOtherId, ofOne, ofOther, { rows }] = await ctx.db.batch([
    recordOf(ctx, person, id),
    recordOf(ctx, person, otherId),
    belongingsOf(ctx, id),
    belongingsOf(ctx, otherId),
    ctx.db.execute<Judged>(sql`
      select judged.differing, case when judged.overlap is null then '[]' else list_appointments(judged.overlap) end as overlap
      from judge_merge(${inForce(id)}, ${inForce(otherId)}, false, ${ctx.now.toISOString()}::timestamptz) judged`),
  ])
  const [[one], [other]] = [ofId.rows, ofOtherId.rows]
  if (!one || !other) throw new NotFound('patient')
  const [judged] = rows
  return {
    records: [
      { patient: toPatient(one), ...toBelongings(ofOne.rows) },
      { patient: toPatient(other), ...toBelongings(ofOther.rows) },
    ],
    differing: judged?.differing ?? [],
    overlap: (judged?.overlap ?? []).map(toAppointment),
  }
}

/** Neither holds nor released ones count. */
function belongingsOf({ db }: ClinicContext, id: number) {
  return db.execute<Belongings>(sql`
    select
      (select count(*)::int from appointments where patient_id = one.id and hold_expires_at is null) as appointments,
      (select count(*)::int from account_patients where patient_id = one.id) as accounts
    from (select coalesce(moved_to_id, id) as id from patients where id = ${id}::bigint) one`)
}

const toBelongings = ([row]: Belongings[]) => ({
  appointments: row?.appointments ?? 0,
  accounts: row?.accounts ?? 0,
})
