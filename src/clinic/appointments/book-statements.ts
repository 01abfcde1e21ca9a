import { type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { absencesLock } from '../availability/absence.ts'
import type { VisitMode } from '../availability/find-visit-types.ts'
import type { ClinicContext } from '../context.ts'
import { nextHash, recordEvent } from '../events.ts'
import { onLocalClock } from '../local-clock.ts'
import { type Asked, selectAsked, whichDoctors } from './asked.ts'
import type { Appointment } from './find.ts'

export interface Judged extends Record<string, unknown> {
  verdict:
    | 'no_doctor'
    | 'no_patient'
    | 'not_offered'
    | 'not_after_start'
    | 'too_short'
    | 'too_long'
    | 'not_the_length'
    | 'in_the_past'
    | 'outside_hours'
    | 'short_notice'
    | 'beyond_horizon'
    | 'off_grid'
    | 'day_full'
    | 'slot_taken'
    | null
  /** Of the booked appointment; null when the verdict, or a constraint, was against it. */
  id: string | null
  status: Appointment['status']
  start_at: string
  end_at: string
  start_local: string
  end_local: string
  doctor_id: string
  doctor: string
  patient_id: string
  patient: string
  visit_type_id: string | null
  visit_type: string
  mode: VisitMode
  override_reason: string | null
  location: string
  time_zone: string
}

/**
 * What must happen before the booking looks: it waits for an absence that is just being entered, it takes turns with
 * others who want a visit with a daily cap, and the expired holds in its way give their time back.
 */
export function clearTheWay(wish: Asked, now: Date): SQL {
  const { doctor, visitTypeId } = wish
  const ofType = visitTypeId === undefined ? sql`` : sql`and visit.id = ${visitTypeId}::bigint`
  return sql`
    with
    capped as (
      select offer.doctor_id
      from visit_types visit
      join doctor_visit_types offer on offer.visit_type_id = visit.id
      join doctors doctor on doctor.id = offer.doctor_id
      where visit.daily_cap is not null ${ofType} and ${whichDoctors(doctor, visitTypeId)}
      order by offer.doctor_id, offer.visit_type_id
      for no key update of offer
    ),
    expired as (
      select appointments.id
      from ${appointments}
      join (${selectAsked(wish)}) asked
        on (asked.doctor_id = appointments.doctor_id or asked.patient_id = appointments.patient_id)
        -- With room for the longest buffers on either side.
        and appointments.doctor_occupied
          && tstzrange(least(asked.start_at, asked.end_at) - interval '2 hours', asked.end_at + interval '2 hours')
      where hold_expires_at <= ${now.toISOString()}::timestamptz
      order by appointments.id
      for update of appointments
    ),
    released as (
      update ${appointments} set status = 'cancelled', hold_expires_at = null
      from expired where appointments.id = expired.id
    )
    select count(*), pg_advisory_xact_lock_shared(${absencesLock}) from capped`
}

/** Judges what was asked by the clinic's rules, and books it unless one, or a constraint, is against it. */
export function bookUnlessRefused(ctx: ClinicContext, wish: Asked): SQL {
  const anyDoctor = wish.doctor.id === undefined
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  const byTheDesk = sql`case when not is_open_time(doctor_id, tstzrange(start_at, end_at)) then 'outside_hours' end`
  const online = sql`case when not is_open_slot(doctor_id, visit_type_id, start_at, false, ${at})
    then coalesce(why_not(doctor_id, visit_type_id, start_at, false, ${at}), 'slot_taken')
  end`
  const byHours = wish.byDesk ? (wish.overrideReason ? sql`null` : byTheDesk) : online
  const reason = wish.overrideReason
  return sql`
    with
    asked as (${selectAsked(wish)}),
    judged as (
      select asked.*, case
        when doctor_id is null then ${anyDoctor ? 'not_offered' : 'no_doctor'}
        when patient_id is null then 'no_patient'
        when visit_type_id is null and ${!wish.byDesk || wish.visitTypeId !== undefined} then 'not_offered'
        when end_at <= start_at then 'not_after_start'
        when end_at - start_at < interval '5 minutes' then 'too_short'
        when end_at - start_at > interval '8 hours' then 'too_long'
        when start_at < ${at} then 'in_the_past'
        when end_at - start_at <> lasting and ${!wish.byDesk} then 'not_the_length'
        else ${byHours}
      end as verdict
      from asked
    ),
    booked as (
      insert into ${appointments} (
        id, doctor_id, patient_id, visit_type_id, start_at, end_at,
        buffer_before_minutes, buffer_after_minutes, override_reason, event_count, last_event_hash
      )
      overriding system value
      select
        id, doctor_id, patient_id, visit_type_id, start_at, end_at,
        coalesce(buffer_before_minutes, 0), coalesce(buffer_after_minutes, 0), ${reason ?? null}, 1,
        ${nextHash(ctx, 'appointment.booked', reason)}
      from (
        select judged.*, ${asBooked}
        from judged
        cross join lateral (${anyDoctor ? loadThatDay(at) : sql`select 0 as appointments`}) load
        where verdict is null
        order by load.appointments, doctor_id
      ) willing
      cross join lateral (
        select nextval(pg_get_serial_sequence('appointments', 'id')) as id
        ${anyDoctor ? sql`where is_patient_free(patient_id, tstzrange(start_at, end_at))` : sql``}
        offset 0 -- so that it is asked row by row, as each comes to be inserted
      ) given
      on conflict do nothing
      returning *
    ),
    recorded as (
      ${recordEvent(
        ctx,
        'appointment.booked',
        reason,
        sql`(
        select id, booked.last_event_hash as next_hash, ${asBooked} from booked
      ) booked`,
      )}
    )
    select
      judged.*, booked.id, booked.status, ${reason ?? null}::text as override_reason,
      ${onLocalClock(sql`start_at`)} as start_local,
      ${onLocalClock(sql`end_at`)} as end_local
    from judged
    left join (select id, status, doctor_id from booked) booked on booked.doctor_id = judged.doctor_id
    order by booked.id, verdict is not null, array_position(${mostHopeful}::text[], verdict)
    limit 1`
}

/** As nothing was before, and as it is when it is booked. */
const asBooked = sql`
  0 as event_count, null::bytea as last_event_hash, null::jsonb as before,
  appointment_facts('booked', doctor_id, patient_id, visit_type_id, start_at, end_at) as after`

// Of several doctors who all say no, the reason that a small change of the wish may overcome.
const mostHopeful =
  '{slot_taken,off_grid,day_full,short_notice,outside_hours,in_the_past,beyond_horizon,not_offered}'

function loadThatDay(at: SQL): SQL {
  return sql`
    select load_within.appointments
    from load_within(doctor_id, null, local_day(start_at, time_zone), ${at})`
}
