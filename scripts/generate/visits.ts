import { blockMinutes, patternsOfEach } from './day-patterns.ts'
import { perMille } from './weeks.ts'

// Parts of one statement. $1 is the chunk, $2 the salt, $3 the instant that the clinic is generated for.

/** All slots in the chunk's weeks: every slot of every doctor who works then, with its random key. */
export const possibleSlots = `
  week as (
    select
      monday, number, quota, first_id,
      round(quota * ${perMille.cancelled} / 1000.0) as cancelled,
      round(quota * ${perMille.missed} / 1000.0) as missed,
      round(quota * ${perMille.rebooked} / 1000.0) as rebooked
    from generation.weeks
    where chunk = $1
  ),
  block as materialized (
    select
      week.monday, day.date, block.doctor_id, block.location_id, block.minute,
      block.doctor_id * 4294967296 + (day.date - date '2000-01-01') * 1440 + block.minute as key
    from week
    cross join generation.blocks block
    cross join lateral (select week.monday + block.weekday - 1 as date) day
    where day.date between block.starts_on and block.ends_on
    and not exists (
      select from generation.away
      where away.doctor_id = block.doctor_id and away.date = day.date
      -- Restricts the read to these weeks.
      and away.date between (select min(monday) from week) and (select max(monday) + 6 from week)
    )
  ),
  possible as (
    select
      block.monday, block.date, block.doctor_id, block.location_id, pattern.visit_type_id, block.minute as block_minute,
      block.minute + pattern.at_minute as minute,
      block.key + pattern.at_minute as key,
      doctor.popularity
        * case extract(isodow from block.date) when 1 then 1.3 when 2 then 1.1 when 6 then 0.7 when 7 then 0.4 else 1 end
        * case when block.minute < 720 then 1.3 when block.minute >= 960 then 0.8 else 1 end as demand
    from block
    join generation.doctors doctor on doctor.id = block.doctor_id
    join generation.patterns pattern
      on pattern.plan = doctor.plan
      and pattern.pattern = floor(generation.chance(block.key, $2) * ${patternsOfEach})
  )`

/** Draws each week's quota from these, by demand. Some are cancelled, and some of the cancelled times booked again. */
export const visits = `
  chosen as (
    select possible.*, row_number() over (
      partition by monday order by generation.chance(key, $2 + 2), key
    ) as rank
    from (
      -- A weighted draw without replacement (Efraimidis and Spirakis).
      select *, row_number() over (
        partition by monday order by -ln(generation.chance(key, $2 + 1)) / demand, key
      ) as place
      from possible
    ) possible
    join week using (monday)
    where place <= quota - rebooked
  ),
  -- The first consultation of a block that leaves time for cleaning. Blocks that begin at odd hours use other rooms, because
  -- they overlap those that begin at even hours.
  equipped as (
    select
      consultation.key, room.id as room_id, device.id as device_id, case when device.id is null then 6 else 7 end as visit_type_id
    from (
      select *, block_minute / 60 % 2 as parity, row_number() over (
        partition by date, location_id, block_minute order by generation.chance(key, $2 + 8), key
      ) as nth
      from (
        select distinct on (doctor_id, date, block_minute) *
        from chosen
        where visit_type_id = 1 and minute + 35 <= block_minute + ${blockMinutes}
        order by doctor_id, date, block_minute, minute
      ) first
    ) consultation
    join generation.things room
      on room.type = 'room' and room.location_id = consultation.location_id
      and room.parity = consultation.parity and room.nth = consultation.nth
    left join generation.things device
      on device.type = 'device' and device.location_id = consultation.location_id
      and device.parity = consultation.parity and device.nth = consultation.nth
  ),
  visit as (
    select
      week.first_id + row_number() over (partition by week.monday order by slot.start_at, chosen.key, attempt) - 1 as id,
      chosen.doctor_id, chosen.location_id, coalesce(equipped.visit_type_id, chosen.visit_type_id) as visit_type_id,
      equipped.room_id, equipped.device_id, chosen.key * 2 + attempt as key, attempt,
      slot.start_at,
      slot.start_at + type.minutes * interval '1 minute' as end_at,
      type.buffer_before_minutes, type.buffer_after_minutes,
      chosen.date = ($3::timestamptz at time zone doctor.time_zone)::date as is_today,
      attempt = 0 and rank <= cancelled as is_cancelled,
      attempt = 0 and rank > cancelled and rank <= cancelled + missed as is_missed,
      -- Patients alternate by week, so that no two doctors see the same patient in one week.
      doctor.first_patient
        + (doctor.place + case when number % 2 = 0 then 0 else number + 1000 end) % doctor.colleagues * doctor.block_size
        + (floor(generation.chance(chosen.key, $2 + 3) ^ 1.6 * doctor.block_size)::int + attempt) % doctor.block_size
        as patient_id,
      generation.chance(chosen.key, $2 + 4) as lead,
      generation.chance(chosen.key, $2 + 5) as doubt
    from chosen
    join week using (monday)
    join generation.doctors doctor on doctor.id = chosen.doctor_id
    join visit_types type on type.id = chosen.visit_type_id
    left join equipped on equipped.key = chosen.key
    cross join lateral (
      select (chosen.date + chosen.minute * interval '1 minute') at time zone doctor.time_zone as start_at
    ) slot
    cross join generate_series(0, (rank <= rebooked)::int) as attempt
  ),
  told as (
    select visit.*, status, begun.booked_at, begun.cancelled_at
    from visit
    cross join lateral (
      select case
        when is_cancelled then 'cancelled'
        when start_at > $3 + interval '20 minutes' then 'booked'
        when end_at > $3 - interval '20 minutes' then case when is_today and doubt < 0.8 then 'arrived' else 'booked' end
        when is_missed then 'noshow'
        when is_today and doubt < 0.15 then 'arrived'
        else 'fulfilled'
      end as status
    ) became
    cross join lateral (
      select least(
        start_at - interval '1 hour' - lead ^ 2 * interval '60 days', $3 - interval '1 minute' - lead * interval '20 days'
      ) as booked_at
      offset 0
    ) first
    cross join lateral (
      select first.booked_at + doubt * (least(start_at, $3) - first.booked_at) as cancelled_at offset 0
    ) given_up
    cross join lateral (
      select
        date_trunc('second', given_up.cancelled_at) as cancelled_at,
        date_trunc('second', case attempt when 0 then first.booked_at else
          given_up.cancelled_at + lead * (least(start_at, $3) - given_up.cancelled_at)
        end) as booked_at
      offset 0
    ) begun
  )`
