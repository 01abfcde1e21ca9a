import { type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { isDesk, requireRight } from '../accounts/guard.ts'
import { tellFreeTime } from '../availability/free-time-changes.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { nextHash, recordEvent } from '../events.ts'
import { type Answering, sendOnce } from '../once.ts'
import { type AppointmentRow, asRow, selectNamed, toAppointment } from './appointment-row.ts'
import { lookAgain } from './change.ts'
import type { Appointment } from './find.ts'
import { isTheirHold } from './holds.ts'
import { cappedFor, clearTheWay, expiredBeside } from './let-go.ts'
import { takeTurns } from './reschedule-statements.ts'
import { transitions } from './transitions.ts'

export interface BookHold {
  holdId: number
  /** Left out, the patient for whom it is held, and else the one who signs in. */
  patientId?: number | undefined
  /** What the patient says the visit is about; at most 500 characters. */
  reasonForVisit?: string | undefined
}

export type BookedHold =
  | { ok: true; appointment: Appointment }
  | { ok: false; refusal: Reason | 'not_your_patient' }
  | { ok: false; refusal: 'invalid'; faults: { patientId: 'missing' } }

type Reason = 'hold_expired' | 'wrong_status' | 'in_the_past' | 'outside_hours' | 'patient_busy'

type Booked = AppointmentRow & {
  verdict: Reason | 'already' | 'no_patient' | 'patient_missing' | null
  /** Absent from answers that were kept before it was told. */
  had_expired?: boolean | null
}

/**
 * Books what is held, in one trip: it keeps its id, and its rules were judged when it was held. One that has expired
 * is still booked while nobody else has its time and the rules allow it, else it is `hold_expired`. Booking it again
 * is the same answer.
 *
 * @throws NotFound when there is none, or it is not the actor's, and for an unknown patient; NotSignedIn, Forbidden.
 */
export async function bookHold(
  ctx: ClinicContext,
  { holdId, patientId, reasonForVisit }: BookHold,
): Promise<BookedHold> {
  const person = requireRight(ctx.actor, 'book appointments')
  const own = person.kind === 'patient' ? person.patientIds : null
  if (patientId !== undefined && own && !own.includes(patientId))
    return { ok: false, refusal: 'not_your_patient' }
  const which = isTheirHold(ctx, holdId)
  const bookedFor = patientId ?? null
  const orElse = own?.[0] ?? null
  const forWhom = sql`coalesce(${bookedFor}::bigint, asked.patient_id, ${orElse}::bigint)`
  const going = expiredBeside(ctx, holdId, sql`patient_id = ${bookedFor ?? orElse}::bigint`)
  const [[booked]] = await lookAgain(() =>
    sendOnce<[Booked]>(ctx, [
      takeTurns({ id: holdId, patientId: bookedFor ?? orElse ?? undefined }),
      clearTheWay(ctx, cappedFor(holdId), going),
      bookUnlessRefused(ctx, which, forWhom, reasonForVisit),
    ]),
  )
  if (!booked) throw new NotFound('hold')
  switch (booked.verdict) {
    case 'no_patient':
      throw new NotFound('patient')
    case 'patient_missing':
      return { ok: false, refusal: 'invalid', faults: { patientId: 'missing' } }
    case 'already':
    case null:
      // Nobody had been told that the time of a hold that expired was free; but whoever looked saw it.
      tellFreeTime(ctx, booked.verdict === null && booked.had_expired ? [booked] : [])
      return { ok: true, appointment: toAppointment(booked) }
    default:
      return { ok: false, refusal: booked.verdict }
  }
}

function bookUnlessRefused(
  ctx: ClinicContext,
  which: SQL,
  forWhom: SQL,
  reasonForVisit: string | undefined,
): Answering {
  const { to, event } = transitions['book hold']
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  // What was on time when it was held stays so; whether the doctor is there is asked anew.
  const isStillOffered = isDesk(ctx.actor)
    ? sql`true`
    : sql`is_open_slot(doctor_id, visit_type_id, start_at, false, ${at}, asked.id)`
  const wasHeld = sql`exists (
    select from events where appointment_id = asked.id and number = 1 and kind = 'appointment.held'
  )`
  const doing = sql`
    asked as (${selectNamed(which)} for no key update of appointments),
    judged as (
      select asked.*, booking.id as new_patient_id, booking.name as new_patient,
        coalesce(${reasonForVisit ?? null}, reason_for_visit) as new_reason, case
        when status = ${to} and asked.patient_id = ${forWhom} and ${wasHeld} then 'already'
        when status = 'cancelled' and hold_expires_at is not null then 'hold_expired'
        when status <> 'pending' then 'wrong_status'
        when ${forWhom} is null then 'patient_missing'
        when booking.id is null then 'no_patient'
        when start_at < ${at} then 'in_the_past'
        when hold_expires_at <= ${at} and not ${isStillOffered} then 'hold_expired'
        when not is_open_time(doctor_id, tstzrange(start_at, end_at)) then 'outside_hours'
        when exists (
          select from ${appointments} other
          where other.patient_id = booking.id
          and other.patient_occupied && tstzrange(asked.start_at, asked.end_at)
          and other.id <> asked.id
          and (other.hold_expires_at is null or other.hold_expires_at > ${at})
        ) then 'patient_busy'
      end as verdict
      from asked
      left join patients booking on booking.id = ${forWhom}
    ),
    facts as (
      select
        id, event_count, last_event_hash, new_patient_id, new_reason,
        appointment_facts(status, doctor_id, patient_id, visit_type_id, start_at, end_at, hold_expires_at) as before,
        appointment_facts(${to}, doctor_id, new_patient_id, visit_type_id, start_at, end_at) as after
      from judged where verdict is null
    ),
    due as (select *, ${nextHash(ctx, event)} as next_hash from facts),
    booked as (
      update ${appointments} set
        status = ${to}, patient_id = new_patient_id, hold_expires_at = null, stranger_id = null,
        stranger_address_hash = null, reason_for_visit = due.new_reason,
        event_count = due.event_count + 1, last_event_hash = due.next_hash
      from due where appointments.id = due.id
    ),
    recorded as (${recordEvent(ctx, event, undefined, sql`due`)})`
  const ifBooked = (then: SQL, otherwise: SQL) =>
    sql`case when verdict is null then ${then} else ${otherwise} end`
  const row = asRow({
    status: ifBooked(sql`${to}`, sql`status`),
    version: sql`event_count + (verdict is null)::integer`,
    patient_id: ifBooked(sql`new_patient_id`, sql`patient_id`),
    patient: ifBooked(sql`new_patient`, sql`patient`),
    hold_expires_at: ifBooked(sql`null`, sql`hold_expires_at`),
    reason_for_visit: ifBooked(sql`new_reason`, sql`reason_for_visit`),
  })
  return {
    doing,
    rows: sql`select verdict, hold_expires_at <= ${at} as had_expired, ${row} from judged`,
  }
}
