import { eq, type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { databaseErrorIn } from '../../db.ts'
import type { ClinicContext, Person } from '../context.ts'
import { NotFound } from '../errors.ts'
import { nextHash, recordEvent } from '../events.ts'
import { type Appointment, businessOf, selectAppointments } from './find.ts'
import { transitions, type Verb } from './transitions.ts'

export type ChangedAppointment<Refusal extends string = never> =
  | { ok: true; appointment: Appointment }
  | { ok: false; refusal: Refusal | 'wrong_status' | 'stale'; appointment: Appointment }

/**
 * Waits for whoever changes the appointment just now. To be sent ahead in a statement of its own: the one that judges
 * then sees all that they did.
 */
export function awaitOthers(person: Person, id: number): SQL {
  return sql`
    select from ${appointments}
    where id = ${id}::bigint and ${businessOf(person) ?? sql`true`}
    for no key update`
}

interface Change {
  verb: Exclude<Verb, 'reschedule'>
  reason?: string | undefined
  /** Refuses as `stale` when the appointment has had another number of events. */
  version?: number | undefined
  /** Why the verb's own rules say no; null when they do not. Columns of the appointment and of `asked`. */
  verdict?: SQL
}

/**
 * Takes one appointment from one status to the next, in one trip: judged, changed and recorded in one statement, and
 * then read again. What is there already is answered as it is, and nothing is recorded twice.
 *
 * @throws NotFound for an unknown appointment, or one that is none of the person's business.
 */
export async function changeStatus<Refusal extends string>(
  ctx: ClinicContext,
  person: Person,
  id: number,
  { verb, reason, version, verdict = sql`null` }: Change,
): Promise<ChangedAppointment<Refusal>> {
  const { from, to, event } = transitions[verb]
  const known = sql.join(
    from.map((status) => sql`${status}`),
    sql`, `,
  )
  const change = sql`
    with
    asked as (
      select
        appointments.*, locations.time_zone,
        coalesce(visit_types.cancellation_notice_minutes, 0) * interval '1 minute' as cancellation_notice
      from ${appointments}
      join doctors on doctors.id = appointments.doctor_id
      join locations on locations.id = doctors.location_id
      left join visit_types on visit_types.id = appointments.visit_type_id
      where appointments.id = ${id}::bigint and ${businessOf(person) ?? sql`true`}
      for no key update of appointments
    ),
    judged as (
      select *, case
        when status = ${to} then 'already'
        when ${version ?? null}::integer <> event_count then 'stale'
        when status not in (${known}) then 'wrong_status'
        else ${verdict}
      end as verdict
      from asked
    ),
    facts as (
      select
        id, event_count, last_event_hash,
        appointment_facts(status, doctor_id, patient_id, visit_type_id, start_at, end_at) as before,
        appointment_facts(${to}, doctor_id, patient_id, visit_type_id, start_at, end_at) as after
      from judged where verdict is null
    ),
    due as (select *, ${nextHash(ctx, event, reason)} as next_hash from facts),
    changed as (
      update ${appointments} set
        status = ${to}, hold_expires_at = null, event_count = due.event_count + 1, last_event_hash = due.next_hash
      from due where appointments.id = due.id
    ),
    recorded as (${recordEvent(ctx, event, reason, sql`due`)})
    select verdict from judged`
  const [, judged, [appointment]] = await ctx.db.batch([
    ctx.db.execute(awaitOthers(person, id)),
    ctx.db.execute<{ verdict: Refusal | 'wrong_status' | 'stale' | 'already' | null }>(change),
    selectAppointments(ctx.db).where(eq(appointments.id, id)),
  ])
  const [row] = judged.rows
  if (!row || !appointment) throw new NotFound('appointment')
  if (row.verdict === null || row.verdict === 'already') return { ok: true, appointment }
  return { ok: false, refusal: row.verdict, appointment }
}

/** Which of the two constraints refused, when one did: between our look and the write somebody else was quicker. */
export function refusedBy(error: unknown): 'slot_taken' | 'patient_busy' | null {
  const { code, constraint } = databaseErrorIn(error) ?? {}
  if (code !== '23P01') return null
  return constraint === 'appointments_patient_never_twice' ? 'patient_busy' : 'slot_taken'
}
