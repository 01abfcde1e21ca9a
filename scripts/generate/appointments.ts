import type pg from 'pg'
import { salt } from './clinic.ts'
import type { Wishes } from './flags.ts'
import { reasonsForVisit } from './names.ts'
import { deskAccount } from './people.ts'
import { possibleSlots, visits } from './visits.ts'

const columns = `
  id, doctor_id, location_id, patient_id, visit_type_id, status, start_at, end_at, buffer_before_minutes, buffer_after_minutes,
  reason_for_visit, event_count, last_event_hash`

const reason = `case when generation.chance(key, $2 + 6) < 0.3 then
    ($4::text[])[1 + floor(generation.chance(key, $2 + 7) * cardinality($4::text[]))]
  end as reason_for_visit`

/** As `claims_of` would make them, and those of what meets a need; a function call for each would take too long. */
const claimsOf = (rows: string) => `
  claimed as (
    insert into claims (
      appointment_id, resource_id, part, doctor_id, need_id, before_minutes, after_minutes, location_id, during
    )
    select
      one.id, claim.resource_id, claim.part, claim.doctor_id, claim.need_id, claim.before, claim.after, claim.location_id,
      case when one.status <> all ('{cancelled,noshow}') then tstzrange(
        one.start_at - claim.before * interval '1 minute', one.end_at + claim.after * interval '1 minute'
      ) end
    from ${rows} one
    join doctors on doctors.id = one.doctor_id
    cross join lateral (values
      (
        doctors.resource_id, 'doctor', doctors.id, null::bigint, one.buffer_before_minutes, one.buffer_after_minutes,
        one.location_id
      ),
      (-one.patient_id, 'patient', null, null, 0, 0, null),
      (room_id, 'room', null, one.visit_type_id - 5, 0, 5, null),
      (device_id, 'device', null, 3, 0, 0, null)
    ) claim (resource_id, part, doctor_id, need_id, before, after, location_id)
    where claim.resource_id is not null
    order by one.id, claim.resource_id
  )`

const withoutEvents = `
  ${claimsOf('told')}
  insert into appointments (${columns}) overriding system value
  select
    id, doctor_id, location_id, patient_id, visit_type_id, status, start_at, end_at, buffer_before_minutes, buffer_after_minutes,
    ${reason}, 0, null
  from told
  order by id`

/** An appointment's first event is its booking, the second what became of it, and some have a third, its end. */
const chains = `
  second as (
    select told.*, account_id, first.*, second.*, second_kind is not null as has_second
    from told
    left join account_patients self on self.patient_id = told.patient_id and self.relation = 'self' and lead < 0.7
    cross join lateral (
      select
        case when account_id is null then 'front_desk' else 'patient' end as booker,
        coalesce(account_id, ${deskAccount}) as booker_account,
        appointment_facts('booked', doctor_id, told.patient_id, visit_type_id, start_at, end_at) as booked
      offset 0
    ) first
    cross join lateral (
      select
        case status
          when 'cancelled' then 'appointment.cancelled' when 'noshow' then 'appointment.missed'
          when 'booked' then null else 'appointment.arrived'
        end as second_kind,
        case status
          when 'cancelled' then cancelled_at when 'noshow' then end_at + interval '5 minutes'
          else least(start_at - doubt * interval '10 minutes', $3 - interval '1 minute')
        end as second_at,
        case when status = 'cancelled' then booker else 'front_desk' end as second_actor,
        case when status = 'cancelled' then booker_account else ${deskAccount} end as second_account,
        case when status = 'cancelled' and account_id is null then 'The patient called' end as second_reason,
        appointment_facts(
          case when status = 'fulfilled' then 'arrived' else status end,
          doctor_id, told.patient_id, visit_type_id, start_at, end_at
        ) as became
      offset 0
    ) second
  ),
  hashed as (
    select
      second.*, first_hash, second_hash, third_hash, ended,
      case when third_hash is not null then 3 when second_hash is not null then 2 else 1 end as event_count,
      coalesce(third_hash, second_hash, first_hash) as last_event_hash
    from second
    cross join lateral (
      select event_hash(row(
        null, id, 1, 'appointment.booked', booked_at, booker, booker_account, null, 'generated', null, null, booked,
        null, null, null, null
      )::events) as first_hash
      offset 0
    ) first
    cross join lateral (
      select case when has_second then event_hash(row(
        null, id, 2, second_kind, second_at, second_actor, second_account, null, 'generated', second_reason,
        booked, became, first_hash, null, null, null
      )::events) end as second_hash
      offset 0
    ) next
    cross join lateral (
      select case when status = 'fulfilled' then appointment_facts(
        'fulfilled', doctor_id, patient_id, visit_type_id, start_at, end_at
      ) end as ended
      offset 0
    ) last
    cross join lateral (
      select case when status = 'fulfilled' then event_hash(row(
        null, id, 3, 'appointment.fulfilled', end_at + lead * interval '5 minutes', 'front_desk', ${deskAccount},
        null, 'generated', null, became, ended, second_hash, null, null, null
      )::events) end as third_hash
      offset 0
    ) end_of_chain
  )`

/** Event ids leave room for three per appointment, from the first appointment with events on. */
const withEvents = `
  ${claimsOf('hashed')},
  stored as (
    insert into appointments (${columns}) overriding system value
    select
      id, doctor_id, location_id, patient_id, visit_type_id, status, start_at, end_at, buffer_before_minutes, buffer_after_minutes,
      ${reason}, event_count, last_event_hash
    from hashed
    order by id
  ),
  anchored as (
    insert into event_heads (appointment_id, event_count, last_event_hash)
    select id, event_count, last_event_hash from hashed order by id
  ),
  recorded as (
    insert into events (
      id, appointment_id, number, kind, at, actor_kind, account_id, request_id, reason, before, after, previous_hash, hash
    ) overriding system value
    select
      (hashed.id - $5::bigint) * 3 + event.number, hashed.id, event.number, kind, at, actor_kind, account, 'generated', why,
      before, after, previous_hash, hash
    from hashed
    cross join lateral (values
      (1, 'appointment.booked', booked_at, booker, booker_account, null, null, booked, null, first_hash),
      (2, second_kind, second_at, second_actor, second_account, second_reason, booked, became, first_hash, second_hash),
      (
        3, 'appointment.fulfilled', end_at + lead * interval '5 minutes', 'front_desk', ${deskAccount}, null,
        became, ended, second_hash, third_hash
      )
    ) event (number, kind, at, actor_kind, account, why, before, after, previous_hash, hash)
    where event.number <= event_count
    order by hashed.id, event.number
  )
  select count(*)::int as made from hashed`

/**
 * Generates the weeks of one chunk. They depend on the seed alone, not on order or connection.
 *
 * @throws Error when the weeks have too few slots.
 */
export async function loadChunk(
  client: pg.Client,
  chunk: number,
  { seed }: Wishes,
  asOf: Date,
): Promise<number> {
  const { rows } = await client.query(
    `select
       bool_or(has_events) as "hasEvents", sum(quota)::int as quota,
       (select min(first_id) from generation.weeks where has_events) as "firstWithEvents"
     from generation.weeks where chunk = $1`,
    [chunk],
  )
  const { hasEvents, quota, firstWithEvents } = rows[0]
  const values = [chunk, salt(seed, 50), asOf, reasonsForVisit]
  const made = hasEvents
    ? await client.query(`with ${possibleSlots}, ${visits}, ${chains}, ${withEvents}`, [
        ...values,
        firstWithEvents,
      ])
    : await client.query(`with ${possibleSlots}, ${visits}, ${withoutEvents}`, values)
  const count = hasEvents ? made.rows[0].made : made.rowCount
  if (count !== quota) throw new Error(`Chunk ${chunk} has room for ${count} appointments of ${quota}.`)
  return count
}
