import { type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import type { ClinicContext } from '../context.ts'
import { nextHash, recordEvent } from '../events.ts'
import type { Answering } from '../once.ts'
import { type AppointmentRow, asRow } from './appointment-row.ts'
import { type Asked, selectAsked, whichDoctors } from './asked.ts'
import { clearTheWay, hasExpired } from './let-go.ts'
import { type Beginning, beginnings } from './transitions.ts'

export type Begun = Omit<AppointmentRow, 'id'> & {
  /** Null when the verdict, or a constraint, was against it. */
  id: AppointmentRow['id'] | null
  verdict: Verdict | null
  /** When a constraint refused: whether the patient had something else at that time, when we looked. */
  patient_was_busy: boolean | null
}

/** Why nothing begins; without one a constraint was against it. */
export type Verdict =
  | 'no_doctor'
  | 'no_patient'
  | 'not_offered'
  | 'not_after_start'
  | 'too_short'
  | 'too_long'
  | 'not_the_length'
  | 'in_the_past'
  | 'not_today'
  | 'too_many_holds'
  | 'outside_hours'
  | 'short_notice'
  | 'beyond_horizon'
  | 'off_grid'
  | 'day_full'
  | 'slot_taken'

/** How many slots one patient may hold at a time. */
const openHolds = 2

/** How many slots may be held at a time for no patient yet from one network address. */
const openHoldsOfAddress = 10

/**
 * The holds of one patient, or of one network address and then of one stranger, are made one after the other, so that
 * they can be counted.
 */
export function awaitOtherHolds({ patientId, strangerId, strangerAddressHash }: Asked): SQL {
  if (patientId !== null) return sql`select from patients where id = ${patientId}::bigint for no key update`
  return sql`
    select pg_advisory_xact_lock(hashtextextended(who, 0))
    from (
      select who
      from (values (1, 'address ' || ${strangerAddressHash}), (2, 'stranger ' || ${strangerId})) holder (place, who)
      where who is not null
      order by place
      offset 0
    ) in_order`
}

/**
 * Before it looks for room: expired holds go that are in the way or would count, and every other hold that
 * the browser has for no patient yet: it has one at a time.
 */
export function makeRoomFor(ctx: ClinicContext, wish: Asked, beginning: Beginning): SQL {
  const { doctor, visitTypeId } = wish
  const ofType = visitTypeId === undefined ? sql`` : sql`and visit.id = ${visitTypeId}::bigint`
  const capped = sql`
    select offer.doctor_id
    from visit_types visit
    join doctor_visit_types offer on offer.visit_type_id = visit.id
    join doctors doctor on doctor.id = offer.doctor_id
    where visit.daily_cap is not null ${ofType} and ${whichDoctors(doctor, visitTypeId)}
    order by offer.doctor_id, offer.visit_type_id
    for no key update of offer`
  return clearTheWay(ctx, capped, goingFor(ctx, wish, beginning))
}

/** Which holds go, found once for all doctors who may be meant, and judged again once they are locked. */
function goingFor(ctx: ClinicContext, wish: Asked, beginning: Beginning): SQL {
  const { patientId, strangerId } = wish
  const isOver = sql`hold.status = 'pending' and hold.hold_expires_at <= ${ctx.now.toISOString()}::timestamptz`
  // With room for the longest buffers on either side.
  const isInTheWay = sql`hold.doctor_occupied
    && tstzrange(least(asked.start_at, asked.end_at) - interval '2 hours', asked.end_at + interval '2 hours')`
  // What is not counted must go, or it might be booked, or extended, by a clock that is a little behind. Not so what
  // others hold from the same address: who is late there may still book.
  const ofTheDoctor = sql`
    select hold.id
    from wanted asked
    join appointments hold on hold.doctor_id = asked.doctor_id
    where ${isOver} and (
      (asked.daily_cap is not null and hold.visit_type_id = asked.visit_type_id) or ${isInTheWay}
    )`
  const ofThePatient = sql`
    select hold.id
    from appointments hold
    where hold.patient_id = ${patientId}::bigint and ${isOver}
    and (${beginning === 'hold'} or exists (select from wanted asked where ${isInTheWay}))`
  const ofTheStranger = sql`
    select hold.id
    from appointments hold
    where hold.status = 'pending' and hold.stranger_id = ${strangerId}
    and not exists (
      select from wanted asked
      where asked.doctor_id = hold.doctor_id
      and asked.visit_type_id is not distinct from hold.visit_type_id
      and asked.start_at = hold.start_at and asked.end_at = hold.end_at
    )`
  return sql`
    with wanted as materialized (${selectAsked(wish)})
    select *
    from ${appointments}
    where (${hasExpired(ctx.now)} ${strangerId === null ? sql`` : sql`or status = 'pending' and stranger_id = ${strangerId}`})
    and id = any (array(
      ${ofTheDoctor}
      ${patientId === null ? sql`` : sql`union all ${ofThePatient}`}
      ${strangerId === null ? sql`` : sql`union all ${ofTheStranger}`}
    ))
    order by id
    for update`
}

/** Judges what was asked by the clinic's rules, and lets it begin unless one, or a constraint, is against it. */
export function beginUnlessRefused(ctx: ClinicContext, wish: Asked, beginning: Beginning): Answering {
  const anyDoctor = wish.doctor.id === undefined
  const { to, event } = beginnings[beginning]
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  const reason = wish.overrideReason
  const expiry = sql`${wish.holdExpiresAt?.toISOString() ?? null}::timestamptz`
  const asItBegins = sql`
    0 as event_count, null::bytea as last_event_hash, null::jsonb as before,
    appointment_facts(${to}, doctor_id, patient_id, visit_type_id, start_at, end_at, ${expiry}) as after`
  const hasNoOther = sql`
    where is_patient_free(patient_id, tstzrange(start_at, end_at)) and holds_nothing(${wish.strangerId})`
  const doing = sql`
    asked as (${selectAsked(wish)}),
    judged as (select asked.*, ${judge(wish, beginning, at)} as verdict from asked),
    begun as (
      insert into ${appointments} (
        id, doctor_id, patient_id, visit_type_id, status, start_at, end_at, buffer_before_minutes,
        buffer_after_minutes, override_reason, hold_expires_at, stranger_id, stranger_address_hash, reason_for_visit,
        event_count, last_event_hash
      )
      overriding system value
      select
        id, doctor_id, patient_id, visit_type_id, ${to}, start_at, end_at, coalesce(buffer_before_minutes, 0),
        coalesce(buffer_after_minutes, 0), ${reason ?? null}, ${expiry}, ${wish.patientId === null ? wish.strangerId : null},
        ${wish.strangerAddressHash}, ${wish.reasonForVisit ?? null}, 1, ${nextHash(ctx, event, reason)}
      from (
        select judged.*, ${asItBegins}
        from judged
        cross join lateral (${anyDoctor ? loadThatDay(at) : sql`select 0 as appointments`}) load
        where verdict is null
        order by load.appointments, doctor_id
      ) willing
      cross join lateral (
        select nextval(pg_get_serial_sequence('appointments', 'id')) as id
        ${anyDoctor ? hasNoOther : sql``}
        offset 0 -- so that it is asked row by row, as each comes to be inserted
      ) given
      on conflict do nothing
      returning *
    ),
    recorded as (${recordEvent(
      ctx,
      event,
      reason,
      sql`(select id, begun.last_event_hash as next_hash, ${asItBegins} from begun) begun`,
    )})`
  const row = asRow({
    id: sql`begun.id`,
    status: sql`${to}::text`,
    version: sql`1`,
    override_reason: sql`${reason ?? null}::text`,
    hold_expires_at: expiry,
    reason_for_visit: sql`${wish.reasonForVisit ?? null}::text`,
  })
  const rows = sql`
    select
      verdict, ${row},
      case when verdict is null and begun.id is null then exists (
        select from ${appointments} other
        where other.patient_id = judged.patient_id
        and other.patient_occupied && tstzrange(judged.start_at, judged.end_at)
      ) end as patient_was_busy
    from judged
    left join (select id, doctor_id as with_doctor from begun) begun on with_doctor = doctor_id
    order by begun.id, verdict is not null, array_position(${mostHopeful}::text[], verdict)
    limit 1`
  return { doing, rows }
}

/** Why it may not begin; null when it may, and only the constraints are still to be asked. */
function judge(wish: Asked, beginning: Beginning, at: SQL): SQL {
  const { byDesk, visitTypeId, patientId, overrideReason } = wish
  const mayBegin = beginning === 'walk in' ? sql`date_trunc('minute', ${at})` : at
  const byTheDesk = sql`case when not is_open_time(doctor_id, tstzrange(start_at, end_at)) then 'outside_hours' end`
  const online = sql`case when not is_open_slot(doctor_id, visit_type_id, start_at, false, ${at})
    then coalesce(why_not(doctor_id, visit_type_id, start_at, false, ${at}), 'slot_taken')
  end`
  return sql`case
    when doctor_id is null then ${wish.doctor.id === undefined ? 'not_offered' : 'no_doctor'}
    when patient_id is null and ${patientId !== null} then 'no_patient'
    when visit_type_id is null and ${!byDesk || visitTypeId !== undefined} then 'not_offered'
    when end_at <= start_at then 'not_after_start'
    when end_at - start_at < interval '5 minutes' then 'too_short'
    when end_at - start_at > interval '8 hours' then 'too_long'
    when start_at < ${mayBegin} then 'in_the_past'
    when end_at - start_at <> lasting and ${!byDesk} then 'not_the_length'
    ${beginning === 'walk in' ? isNotToday(at) : sql``}
    ${beginning === 'hold' ? holdsEnough(wish, at) : sql``}
    else ${byDesk ? (overrideReason ? sql`null` : byTheDesk) : online}
  end`
}

const isNotToday = (at: SQL) => sql`when not local_day(${at}, time_zone) @> start_at then 'not_today'`

function holdsEnough({ patientId, strangerAddressHash }: Asked, at: SQL): SQL {
  const [most, together] =
    patientId === null
      ? [openHoldsOfAddress, sql`hold.stranger_address_hash = ${strangerAddressHash}`]
      : [openHolds, sql`hold.patient_id = ${patientId}::bigint`]
  return sql`
    when ${most} <= (
      select count(*)
      from appointments hold
      where ${together} and hold.status = 'pending' and hold.hold_expires_at > ${at}
    ) then 'too_many_holds'`
}

// Of several doctors who all say no, the reason that a small change of the wish may overcome.
const mostHopeful =
  '{slot_taken,off_grid,day_full,short_notice,outside_hours,in_the_past,beyond_horizon,not_offered}'

function loadThatDay(at: SQL): SQL {
  return sql`
    select load_within.appointments
    from load_within(doctor_id, null, local_day(start_at, time_zone), ${at})`
}
