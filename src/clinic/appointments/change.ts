import { type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { databaseErrorIn } from '../../db.ts'
import { tellFreeTime } from '../availability/free-time-changes.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { nextHash, recordEvent } from '../events.ts'
import { type Answering, sendOnce } from '../once.ts'
import { type AppointmentRow, asRow, selectNamed, toAppointment } from './appointment-row.ts'
import type { Appointment } from './find.ts'
import { occupies, transitions, type Verb } from './transitions.ts'

export type ChangedAppointment<Refusal extends string = never> =
  | { ok: true; appointment: Appointment }
  | { ok: false; refusal: Refusal | 'wrong_status' | 'stale'; appointment: Appointment }

/**
 * Waits for whoever changes the appointment just now. To be sent ahead in a statement of its own: the one that judges
 * then sees all that they did.
 */
function awaitOthers(which: SQL): SQL {
  return sql`select from ${appointments} where ${which} for no key update`
}

interface Change {
  verb: Exclude<Verb, 'reschedule' | 'book hold'>
  /** What is not there when it is not. */
  noun?: 'hold'
  /** The condition that it is the one appointment that is meant, and the actor's business. */
  which: SQL
  reason?: string | undefined
  /** Refuses as `stale` when the appointment has had another number of events. */
  version?: number | undefined
  /** Why the verb's own rules say no; null when they do not. Columns of `selectNamed`. */
  verdict?: SQL
  /** What is sent ahead, when waiting for others is not enough. */
  ahead?: SQL[]
  /** Until when it is a hold afterwards; not at all unless told otherwise. */
  holdExpiresAt?: SQL
}

type Changed = AppointmentRow & { verdict: string | null }

/**
 * Takes one appointment from one status to the next, in one trip: judged, changed and recorded in one statement. What
 * is there already is answered as it is, and nothing is recorded twice.
 *
 * @throws NotFound for an unknown appointment, or one that is none of the actor's business.
 */
export async function changeStatus<Refusal extends string>(
  ctx: ClinicContext,
  change: Change,
): Promise<ChangedAppointment<Refusal>> {
  const { which, ahead = [awaitOthers(which)] } = change
  const [[changed]] = await lookAgain(() =>
    sendOnce<[Changed]>(ctx, [...ahead, changeUnlessRefused(ctx, change)]),
  )
  if (!changed) throw new NotFound(change.noun ?? 'appointment')
  const appointment = toAppointment(changed)
  const verdict = changed.verdict as Refusal | 'wrong_status' | 'stale' | 'already' | null
  if (verdict === null && hasMovedTime(ctx, change.verb, appointment)) tellFreeTime(ctx, [changed])
  if (verdict === null || verdict === 'already') return { ok: true, appointment }
  return { ok: false, refusal: verdict, appointment }
}

/** Whether the change gave time away, or took it; what had expired was free already. */
function hasMovedTime({ now }: ClinicContext, verb: Change['verb'], { holdExpiresAt }: Appointment): boolean {
  const {
    from: [from],
    to,
  } = transitions[verb]
  return occupies(from) !== occupies(to) && (holdExpiresAt === null || holdExpiresAt > now)
}

function changeUnlessRefused(ctx: ClinicContext, change: Change): Answering {
  const { verb, which, reason, version, verdict = sql`null`, holdExpiresAt = sql`null::timestamptz` } = change
  const { from, to, event } = transitions[verb]
  const known = sql.join(
    from.map((status) => sql`${status}`),
    sql`, `,
  )
  const isDone = (from as readonly string[]).includes(to) ? sql`false` : sql`status = ${to}`
  const doing = sql`
    asked as (${selectNamed(which)} for no key update of appointments),
    judged as (
      select *, case
        when ${isDone} then 'already'
        when ${version ?? null}::integer <> event_count then 'stale'
        when status not in (${known}) then 'wrong_status'
        else ${verdict}
      end as verdict, ${holdExpiresAt} as new_expiry
      from asked
    ),
    facts as (
      select
        id, event_count, last_event_hash, new_expiry,
        appointment_facts(status, doctor_id, patient_id, visit_type_id, start_at, end_at, hold_expires_at) as before,
        appointment_facts(${to}, doctor_id, patient_id, visit_type_id, start_at, end_at, new_expiry) as after
      from judged where verdict is null
    ),
    due as (select *, ${nextHash(ctx, event, reason)} as next_hash from facts),
    changed as (
      update ${appointments} set
        status = ${to}, hold_expires_at = new_expiry,
        event_count = due.event_count + 1, last_event_hash = due.next_hash
      from due where appointments.id = due.id
    ),
    recorded as (${recordEvent(ctx, event, reason, sql`due`)})`
  const ifDone = (then: SQL, otherwise: SQL) =>
    sql`case when verdict is null then ${then} else ${otherwise} end`
  const row = asRow({
    status: ifDone(sql`${to}`, sql`status`),
    version: sql`event_count + (verdict is null)::integer`,
    hold_expires_at: ifDone(sql`new_expiry`, sql`hold_expires_at`),
  })
  return { doing, rows: sql`select verdict, ${row} from judged` }
}

/**
 * Asks once more when a constraint refused: between our look and the write somebody else was quicker, and the second
 * look sees them. Nothing of the first was kept.
 */
export async function lookAgain<T>(ask: () => Promise<T>): Promise<T> {
  for (let looked = 1; ; looked++) {
    try {
      return await ask()
    } catch (error) {
      if (databaseErrorIn(error)?.code !== '23P01' || looked === 3) throw error
    }
  }
}
