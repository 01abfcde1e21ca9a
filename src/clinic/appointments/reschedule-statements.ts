import { type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { isDesk } from '../accounts/guard.ts'
import type { FreeTimeRow } from '../availability/free-time-changes.ts'
import type { ClinicContext, Person } from '../context.ts'
import { nextHash, recordEvent } from '../events.ts'
import type { Answering } from '../once.ts'
import { type AppointmentRow, asRow, occupiedDays } from './appointment-row.ts'
import { isTheirs } from './find.ts'
import { cappedFor, clearTheWay, expiredBeside } from './let-go.ts'
import { transitions } from './transitions.ts'

/** Which appointment, and whereto. */
export interface RescheduleAppointment {
  id: number
  /** An instant in UTC (`…Z`), or without offset a wall-clock time at the (new) doctor's location. */
  startAt: string
  /** Left out, the front desk keeps the length, and a patient gets the visit type's. Only the desk chooses another. */
  endAt?: string | undefined
  /** Left out, the doctor stays. */
  doctorId?: number | undefined
  /** By the front desk: moves it outside the doctor's hours, never into another's time; kept with it. */
  overrideReason?: string | undefined
  /** The number of events that the appointment had when it was looked at. */
  version?: number | undefined
}

export type Moved = AppointmentRow & {
  verdict: string | null
  next_start_at: string | null
  /** When it was before, as a `FreeTimeRow`; absent from answers that were kept before it was told. */
  former?: FreeTimeRow
}

/**
 * Those who move appointments of the same doctor or patient into time take turns, in one order: two that change places
 * would otherwise wait for one another.
 */
export function takeTurns({
  id,
  doctorId,
  patientId,
}: {
  id: number
  doctorId?: number | undefined
  patientId?: number | undefined
}): SQL {
  return sql`
    select pg_advisory_xact_lock(key)
    from (
      select distinct hashtextextended(who, 0) as key
      from ${appointments}
      cross join lateral (values
        ('doctor ' || doctor_id),
        ('doctor ' || ${doctorId ?? null}::bigint),
        ('patient ' || patient_id),
        ('patient ' || ${patientId ?? null}::bigint)
      ) busy (who)
      where id = ${id}::bigint and who is not null
      order by key
      offset 0
    ) keys`
}

/** Before it moves, or comes back: it is locked, and expired holds of the doctor, new or its own, and of the patient go. */
export function makeRoom(
  ctx: ClinicContext,
  { id, doctorId }: { id: number; doctorId?: number | undefined },
): SQL {
  const own = (column: SQL) => sql`(select ${column} from ${appointments} where id = ${id}::bigint)`
  const isInTheWay = sql`(
    doctor_id = coalesce(${doctorId ?? null}::bigint, ${own(sql`doctor_id`)})
    or patient_id = ${own(sql`patient_id`)}
  )`
  return clearTheWay(ctx, cappedFor(id, doctorId), expiredBeside(ctx, id, isInTheWay))
}

/** Judges the move by the clinic's rules, moves the appointment unless one is against it, and records that. */
export function moveUnlessRefused(
  ctx: ClinicContext,
  person: Person,
  wish: RescheduleAppointment,
): Answering {
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  const byDesk = isDesk(ctx.actor)
  const reason = wish.overrideReason
  const {
    from: [from],
    event,
  } = transitions.reschedule
  const doing = sql`
    asked as (${selectMove(person, wish, byDesk)}),
    judged as (
      select *, case
        when status <> ${from} then 'wrong_status'
        when new_doctor_id is null then 'no_doctor'
        when (new_doctor_id, new_start_at, new_end_at) = (doctor_id, start_at, end_at) then 'already'
        when ${wish.version ?? null}::integer <> event_count then 'stale'
        when ${!byDesk} and start_at - cancellation_notice <= ${at} then 'too_late'
        when new_end_at <= new_start_at then 'not_after_start'
        when new_end_at - new_start_at < interval '5 minutes' then 'too_short'
        when new_end_at - new_start_at > interval '8 hours' then 'too_long'
        when new_start_at < ${at} then 'in_the_past'
        ${byDesk ? ofTheDesk(reason, at) : online(at)}
        when exists (
          select from ${appointments} other
          where other.patient_id = asked.patient_id
          and other.patient_occupied && tstzrange(new_start_at, new_end_at)
          and other.id <> asked.id
        ) then 'patient_busy'
      end as verdict
      from asked
    ),
    facts as (
      select
        *,
        appointment_facts(status, doctor_id, patient_id, visit_type_id, start_at, end_at) as before,
        appointment_facts(status, new_doctor_id, patient_id, visit_type_id, new_start_at, new_end_at) as after
      from judged where verdict is null
    ),
    due as (select *, ${nextHash(ctx, event, reason)} as next_hash from facts),
    moved as (
      update ${appointments} set
        doctor_id = new_doctor_id, start_at = new_start_at, end_at = new_end_at,
        buffer_before_minutes = new_buffer_before, buffer_after_minutes = new_buffer_after,
        override_reason = ${reason ?? null}, event_count = due.event_count + 1, last_event_hash = next_hash
      from due where appointments.id = due.id
    ),
    recorded as (${recordEvent(ctx, event, reason, sql`due`)})`
  const ifMoved = (then: SQL, otherwise: SQL) =>
    sql`case when verdict is null then ${then} else ${otherwise} end`
  const row = asRow({
    version: sql`event_count + (verdict is null)::integer`,
    start_at: ifMoved(sql`new_start_at`, sql`start_at`),
    end_at: ifMoved(sql`new_end_at`, sql`end_at`),
    doctor_id: ifMoved(sql`new_doctor_id`, sql`doctor_id`),
    override_reason: ifMoved(sql`${reason ?? null}::text`, sql`override_reason`),
    buffer_before_minutes: ifMoved(sql`new_buffer_before`, sql`buffer_before_minutes`),
    buffer_after_minutes: ifMoved(sql`new_buffer_after`, sql`buffer_after_minutes`),
  })
  const rows = sql`
    select ${row}, verdict, ${former} as former, case
      when verdict in ('slot_taken', 'patient_busy', 'outside_hours', 'off_grid', 'short_notice')
      then ${byDesk ? nextGap(at) : nextSlot(at)}
    end as next_start_at
    from judged`
  return { doing, rows }
}

/** When it was, as a `FreeTimeRow`; columns of `selectMove`. */
const former = sql`(
  select to_jsonb(former)
  from (
    select doctor_id, former_location_id as location_id, ${occupiedDays({ timeZone: sql`former_time_zone` })}
  ) former
)`

function selectMove(person: Person, wish: RescheduleAppointment, byDesk: boolean): SQL {
  const { id, doctorId, startAt, endAt } = wish
  const asLong = sql`(appointments.end_at - appointments.start_at)`
  const lasting = sql`visit_types.minutes * interval '1 minute'`
  return sql`
    select
      appointments.*, new_doctor.id as new_doctor_id, new_doctor.name as doctor, patients.name as patient,
      visit_types.name as visit_type, visit_types.mode,
      locations.id as location_id, locations.name as location, locations.address, locations.phone,
      locations.time_zone, former_location.id as former_location_id,
      former_location.time_zone as former_time_zone,
      ${lasting} as lasting,
      coalesce(visit_types.buffer_before_minutes, appointments.buffer_before_minutes) as new_buffer_before,
      coalesce(visit_types.buffer_after_minutes, appointments.buffer_after_minutes) as new_buffer_after,
      visit_types.cancellation_notice_minutes,
      coalesce(visit_types.cancellation_notice_minutes, 0) * interval '1 minute' as cancellation_notice,
      instant_at(${startAt}, locations.time_zone) as new_start_at,
      coalesce(
        instant_at(${endAt ?? null}, locations.time_zone),
        instant_at(${startAt}, locations.time_zone) + ${byDesk ? asLong : sql`coalesce(${lasting}, ${asLong})`}
      ) as new_end_at
    from ${appointments}
    join doctors former_doctor on former_doctor.id = appointments.doctor_id
    join locations former_location on former_location.id = former_doctor.location_id
    left join doctors new_doctor on new_doctor.id = coalesce(${doctorId ?? null}::bigint, appointments.doctor_id)
    left join locations on locations.id = new_doctor.location_id
    left join patients on patients.id = appointments.patient_id
    left join visit_types on visit_types.id = appointments.visit_type_id
    where ${isTheirs(person, id)}
    for no key update of appointments`
}

/** A patient may move it to a slot, as if the appointment itself were not. */
function online(at: SQL): SQL {
  return sql`
    when not exists (select from visit_terms(new_doctor_id, visit_type_id, false, ${at})) then 'not_offered'
    when new_end_at - new_start_at <> lasting then 'not_the_length'
    when not is_open_slot(new_doctor_id, visit_type_id, new_start_at, false, ${at}, id)
      then coalesce(why_not(new_doctor_id, visit_type_id, new_start_at, false, ${at}, id), 'slot_taken')`
}

function ofTheDesk(reason: string | undefined, at: SQL): SQL {
  const outside = sql`when not is_open_time(new_doctor_id, tstzrange(new_start_at, new_end_at)) then 'outside_hours'`
  return sql`
    when new_doctor_id <> doctor_id and visit_type_id is not null and not exists (
      select from doctor_visit_types offer
      where offer.doctor_id = new_doctor_id and offer.visit_type_id = asked.visit_type_id
    ) then 'not_offered'
    ${reason ? sql`` : outside}
    when exists (
      select from ${appointments} other
      where other.doctor_id = new_doctor_id
      and other.doctor_occupied && tstzrange(
        new_start_at - new_buffer_before * interval '1 minute',
        new_end_at + new_buffer_after * interval '1 minute'
      )
      and other.id <> asked.id
      and (other.hold_expires_at is null or other.hold_expires_at > ${at})
    ) then 'slot_taken'`
}

const restOfDay = (at: SQL) => sql`tstzrange(
  greatest(new_start_at, ${at}), greatest(new_start_at, ${at}, upper(local_day(new_start_at, time_zone)))
)`

function nextSlot(at: SQL): SQL {
  return sql`next_slot(new_doctor_id, visit_type_id, patient_id, ${restOfDay(at)}, ${at}, id)`
}

function nextGap(at: SQL): SQL {
  return sql`next_gap(
    new_doctor_id, patient_id, ${restOfDay(at)}, new_end_at - new_start_at,
    new_buffer_before * interval '1 minute', new_buffer_after * interval '1 minute', ${at}, id
  )`
}
