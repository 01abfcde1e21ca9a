import { type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { type Asked, onLocalClock, selectAsked } from './asked.ts'
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
  location: string
  time_zone: string
}

/**
 * What must happen before the booking looks: whoever books a visit with a daily cap takes turns with others who
 * do, and expired holds give their time back.
 */
export function clearTheWay({ doctor, visitTypeId }: Asked, now: Date): SQL {
  const ofDoctor = typeof doctor === 'number' ? sql`and offer.doctor_id = ${doctor}::bigint` : sql``
  const ofType = visitTypeId === undefined ? sql`` : sql`and offer.visit_type_id = ${visitTypeId}::bigint`
  return sql`
    with
    capped as (
      select offer.doctor_id
      from visit_types visit
      join doctor_visit_types offer on offer.visit_type_id = visit.id
      where visit.daily_cap is not null ${ofType} ${ofDoctor}
      order by offer.doctor_id, offer.visit_type_id
      for no key update of offer
    ),
    expired as (
      select id from ${appointments} where hold_expires_at <= ${now.toISOString()}::timestamptz
      for update skip locked
    ),
    released as (
      update ${appointments} set status = 'cancelled', hold_expires_at = null
      from expired where appointments.id = expired.id
    )
    select count(*) from capped`
}

/** Judges what was asked by the clinic's rules, and books it unless one, or a constraint, is against it. */
export function bookUnlessRefused(wish: Asked, now: Date): SQL {
  const anyDoctor = typeof wish.doctor !== 'number'
  const at = sql`${now.toISOString()}::timestamptz`
  const byTheDesk = sql`case when not is_open_time(doctor_id, tstzrange(start_at, end_at)) then 'outside_hours' end`
  const online = sql`case when not is_open_slot(doctor_id, visit_type_id, start_at, false, ${at})
    then coalesce(why_not(doctor_id, visit_type_id, start_at, false, ${at}), 'slot_taken')
  end`
  const byHours = wish.byDesk ? (wish.overrideReason ? sql`null` : byTheDesk) : online
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
        doctor_id, patient_id, visit_type_id, start_at, end_at,
        buffer_before_minutes, buffer_after_minutes, override_reason
      )
      select
        doctor_id, patient_id, visit_type_id, start_at, end_at,
        coalesce(buffer_before_minutes, 0), coalesce(buffer_after_minutes, 0), ${wish.overrideReason ?? null}
      from (
        select judged.*, load.appointments as load
        from judged
        cross join lateral (${anyDoctor ? loadThatDay(at) : sql`select 0 as appointments`}) load
        where verdict is null
        order by load, doctor_id
        offset 0 -- so that is_patient_free is asked row by row, as each comes to be inserted
      ) willing
      ${anyDoctor ? sql`where is_patient_free(patient_id, tstzrange(start_at, end_at))` : sql``}
      on conflict do nothing
      returning id, status, doctor_id
    )
    select
      judged.*, booked.id, booked.status,
      ${onLocalClock(sql`start_at`)} as start_local,
      ${onLocalClock(sql`end_at`)} as end_local
    from judged
    left join booked on booked.doctor_id = judged.doctor_id
    order by booked.id, verdict is not null, array_position(${mostHopeful}::text[], verdict)
    limit 1`
}

// Of several doctors who all say no, the reason that a small change of the wish may overcome.
const mostHopeful =
  '{slot_taken,off_grid,day_full,short_notice,outside_hours,in_the_past,beyond_horizon,not_offered}'

function loadThatDay(at: SQL): SQL {
  return sql`
    select load_within.appointments
    from load_within(doctor_id, null, local_day(start_at, time_zone), ${at})`
}
