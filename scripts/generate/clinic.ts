import type pg from 'pg'
import {
  blockMinutes,
  drawPatterns,
  grids,
  offeredBy,
  type PatternSlot,
  specialties,
  visits,
} from './day-patterns.ts'
import type { Wishes } from './flags.ts'
import { firstNames, lastNames, places } from './names.ts'

/** A salt per random decision, so that decisions are independent of each other. */
export function salt(seed: number, purpose: number): number {
  return seed * 100 + purpose
}

/** Creates locations, visit types, doctors and their hours. */
export async function openClinic(client: pg.Client, wishes: Wishes, asOf: Date): Promise<void> {
  const locations = Math.min(300, Math.max(3, Math.ceil(wishes.doctors / 40)))
  await openLocations(client, locations)
  await defineVisits(client)
  await hireDoctors(client, wishes, locations)
  await writePatterns(client, drawPatterns(wishes.seed))
  await setHours(client, wishes, asOf)
  await addRooms(client, locations, Math.ceil(wishes.doctors / locations))
  await noteDoctors(client, wishes, locations)
  await client.query('analyze')
}

async function openLocations(client: pg.Client, count: number): Promise<void> {
  await client.query(
    `insert into locations (id, name, time_zone, address, phone) overriding system value
     select
       n,
       'AloClinic ' || (place ->> 'name') || case when turn > 0 then ' ' || turn + 1 else '' end,
       place ->> 'timeZone',
       (place ->> 'street') || ' ' || 10 + n || ', ' || (place ->> 'city'),
       (place ->> 'phone') || ' ' || to_char(n, 'FM0000')
     from generate_series(1, $2::int) n
     cross join lateral (
       select $1::jsonb -> ((n - 1) % jsonb_array_length($1)) as place, (n - 1) / jsonb_array_length($1) as turn
     ) chosen`,
    [JSON.stringify(places), count],
  )
}

async function defineVisits(client: pg.Client): Promise<void> {
  await client.query(
    `insert into visit_types (
       id, name, mode, minutes, buffer_before_minutes, buffer_after_minutes, notice_minutes,
       cancellation_notice_minutes, daily_cap, bookable_online
     ) overriding system value
     select id, name, mode, minutes, before, after, notice, "cancellationNotice", cap, "isOnline"
     from jsonb_to_recordset($1) visit (
       id bigint, name text, mode text, minutes int, before int, after int, notice int,
       "cancellationNotice" int, cap int, "isOnline" bool
     )`,
    [JSON.stringify(visits)],
  )
}

async function hireDoctors(client: pg.Client, { doctors, seed }: Wishes, locations: number): Promise<void> {
  await client.query(
    `insert into doctors (id, resource_id, location_id, name, specialty, grid_minutes) overriding system value
     select
       n,
       n,
       1 + (n - 1) % $2::int,
       case n when 1 then 'Dr. Strange' else
         'Dr. ' || ($3::text[])[1 + (n % cardinality($3::text[]))]
         || ' ' || ($4::text[])[1 + (n / cardinality($3::text[]) * 7 + n) % cardinality($4::text[])]
       end,
       -- Half of them are general practitioners.
       ($5::text[])[1 + floor(greatest(0, generation.chance(n, $7) * 2 - 1) * cardinality($5::text[]))],
       ($6::int[])[1 + floor(generation.chance(n, $8) * cardinality($6::int[]))]
     from generate_series(1, $1::int) n`,
    [doctors, locations, firstNames, lastNames, specialties, grids, salt(seed, 1), salt(seed, 2)],
  )
  for (const specialty of specialties) {
    await client.query(
      `insert into doctor_visit_types (doctor_id, visit_type_id)
       select doctors.id, visit_type_id from doctors, unnest($2::bigint[]) visit_type_id where specialty = $1`,
      [specialty, offeredBy(specialty).map(({ id }) => id)],
    )
  }
}

async function writePatterns(client: pg.Client, slots: PatternSlot[]): Promise<void> {
  await client.query(
    'create table generation.patterns (plan text, pattern int, at_minute int, visit_type_id bigint)',
  )
  await client.query(
    `insert into generation.patterns
     select specialty || '/' || grid, pattern, "atMinute", "visitTypeId"
     from jsonb_to_recordset($1) slot (specialty text, grid int, pattern int, "atMinute" int, "visitTypeId" bigint)`,
    [JSON.stringify(slots)],
  )
}

/** One doctor in ten also works at another location in the same time zone, if there is one. */
async function shareDoctors(client: pg.Client, seed: number): Promise<void> {
  await client.query(
    `insert into doctor_locations (doctor_id, location_id)
     select doctor.id, other.id
     from doctors doctor
     join locations own on own.id = doctor.location_id
     cross join lateral (
       select id from locations
       where time_zone = own.time_zone and id <> own.id
       order by id < own.id, id
       limit 1
     ) other
     where generation.chance(doctor.id, $1) < 0.1
     order by 1, 2`,
    [salt(seed, 11)],
  )
  await client.query(`
    insert into travel_times (one_location_id, other_location_id, minutes)
    select distinct least(own.location_id, other.location_id), greatest(own.location_id, other.location_id), 30
    from doctor_locations own join doctor_locations other using (doctor_id)
    where own.location_id <> other.location_id
    order by 1, 2`)
}

/** Some doctors were hired during these years, and some have changed their hours. On two days a few are elsewhere. */
async function setHours(client: pg.Client, { seed }: Wishes, asOf: Date): Promise<void> {
  await shareDoctors(client, seed)
  await client.query(
    `with
     timetable (number, weekdays, opens_at, closes_at) as (values
       (0, array[1, 2, 3, 4, 5], time '08:00', time '12:00'), (0, array[1, 2, 4, 5], time '14:00', time '18:00'),
       (1, array[1, 2, 3, 4, 5], time '09:00', time '13:00'), (1, array[1, 2, 3, 4, 5], time '14:00', time '18:00'),
       (2, array[1, 2, 3, 4, 5, 6], time '08:00', time '12:00'), (2, array[1, 3], time '15:00', time '19:00'),
       (3, array[1, 3, 5], time '10:00', time '14:00'), (3, array[1, 2, 4, 5], time '16:00', time '20:00'),
       (4, array[2, 3, 4, 5, 6], time '09:00', time '13:00'), (4, array[2, 4, 5], time '14:00', time '18:00'),
       (5, array[1, 2, 3, 4, 5], time '13:00', time '17:00'), (5, array[6, 7], time '10:00', time '14:00')
     ),
     doctor as (
       select
         id,
         $1::date - case when generation.chance(id, $3) < 0.2 then (generation.chance(id, $4) * 1400)::int end as hired_on,
         $1::date - case when generation.chance(id, $5) < 0.1 then (generation.chance(id, $6) * 400)::int end as changed_on,
         floor(generation.chance(id, $2) * 6)::int as before,
         floor(generation.chance(id, $7) * 6)::int as after
       from doctors
     ),
     contract (doctor_id, timetable, starts_on, ends_on) as (
       select id, before, hired_on, changed_on - 1 from doctor
       where hired_on is null or changed_on is null or hired_on < changed_on
       union all
       select id, after, changed_on, null from doctor
       where changed_on is not null and (hired_on is null or hired_on < changed_on)
       union all
       select id, before, hired_on, null from doctor where hired_on >= changed_on
     )
     insert into weekly_hours (doctor_id, location_id, weekday, opens_at, closes_at, starts_on, ends_on)
     select
       contract.doctor_id, case when weekday in (2, 5) then coalesce(second.location_id, location.id) else location.id end,
       weekday, opens_at, closes_at, starts_on, ends_on
     from contract
     join doctors on doctors.id = contract.doctor_id
     join locations location on location.id = doctors.location_id
     left join doctor_locations second on second.doctor_id = doctors.id and second.location_id <> location.id
     join timetable on timetable.number = contract.timetable
     cross join unnest(weekdays) weekday
     order by doctor_id, starts_on nulls first, weekday, opens_at`,
    [asOf, ...[3, 4, 5, 6, 7, 8].map((purpose) => salt(seed, purpose))],
  )
}

/** Rooms for one doctor in eight, two ultrasound devices for each location, and what two visit types need. */
async function addRooms(client: pg.Client, locations: number, colleagues: number): Promise<void> {
  const rooms = 2 * Math.ceil(colleagues / 16)
  await client.query(
    `insert into resources (id, location_id, type, kind, name, sort_order)
     select
       (select max(resource_id) from doctors) + (location - 1) * ($2::int + 2) + place, location, type, kind,
       initcap(type) || ' ' || place, place
     from generate_series(1, $1::int) location
     cross join lateral (
       select place, 'room' as type, 'examination' as kind from generate_series(1, $2::int) place
       union all
       select $2::int + place, 'device', 'ultrasound' from generate_series(1, 2) place
     ) thing`,
    [locations, rooms],
  )
  await client.query(`
    create table generation.things as
    select id, location_id, type, sort_order % 2 as parity, row_number() over (
      partition by location_id, type, sort_order % 2 order by sort_order
    ) as nth
    from resources`)
  await client.query(`
    insert into visit_type_needs (id, visit_type_id, type, kinds, after_minutes) overriding system value
    values (1, 6, 'room', '{examination}', 5), (2, 7, 'room', '{examination}', 5), (3, 7, 'device', '{ultrasound}', 0)`)
}

/**
 * Notes how popular each doctor is and which block of patients they see. A location's patients are split into as many blocks
 * as it has doctors.
 */
async function noteDoctors(client: pg.Client, wishes: Wishes, locations: number): Promise<void> {
  const ofLocation = Math.floor(wishes.patients / locations)
  const colleagues = Math.ceil(wishes.doctors / locations)
  await client.query(
    `create table generation.doctors as
     select
       doctor.id, time_zone, specialty || '/' || grid_minutes as plan,
       -- A few are much more popular than most (log-normal, after Box and Muller).
       exp(0.7 * sqrt(-2 * ln(generation.chance(doctor.id, ${salt(wishes.seed, 9)})))
         * cos(2 * pi() * generation.chance(doctor.id, ${salt(wishes.seed, 10)}))) as popularity,
       (doctor.id - 1) / ${locations} as place,
       (location_id - 1) * ${ofLocation} + 1 as first_patient,
       ${Math.floor(ofLocation / colleagues)} as block_size,
       ${colleagues} as colleagues
     from doctors doctor join locations location on location.id = doctor.location_id`,
  )
  await client.query(
    `create table generation.blocks as
     select
       doctor_id, location_id, weekday, coalesce(starts_on, '-infinity') as starts_on, coalesce(ends_on, 'infinity') as ends_on,
       extract(epoch from opens_at)::int / 60 + part * ${blockMinutes} as minute
     from weekly_hours
     cross join generate_series(
       0, extract(epoch from closes_at - opens_at)::int / 60 / ${blockMinutes} - 1
     ) part`,
  )
}
