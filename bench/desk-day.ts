import type pg from 'pg'
import { openSession } from '../scripts/local/open-session.ts'
import { authSecret } from './workers.ts'

/** A full day of a large clinic; `await using` removes it. */
export interface DeskDay extends AsyncDisposable {
  locationId: number
  /** Of the doctor whose week is shown. */
  doctorId: number
  /** Of the front desk's browser. */
  cookie: string
}

export const doctors = 40
/** Of each doctor today; the two days after have fewer. */
export const appointments = 30

const name = 'Benchmark desk'

/**
 * A location where it is between ten and eleven in the morning, with a room for each doctor. Appointments last a quarter of an
 * hour, every third patient has been there before, and every kind of badge, claim and status is there.
 */
export async function openDeskDay(sql: pg.Pool): Promise<DeskDay> {
  await cleanUp(sql)
  const offset = ((10 - new Date().getUTCHours() + 36) % 24) - 12
  // POSIX counts its offsets the other way round.
  const timeZone = `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`
  const { rows } = await sql.query('insert into locations (name, time_zone) values ($1, $2) returning id', [
    name,
    timeZone,
  ])
  const locationId = Number(rows[0].id)
  const doctorId = await hireDoctors(sql, locationId)
  await book(sql, locationId)
  await sql.query(
    'vacuum analyze locations, doctors, doctor_locations, weekly_hours, patients, patient_flags, resources, appointments, claims, appointment_responses, events, accounts',
  )
  return {
    locationId,
    doctorId,
    cookie: await signIn(sql),
    [Symbol.asyncDispose]: () => cleanUp(sql),
  }
}

/** Returns one of them. */
async function hireDoctors(sql: pg.Pool, locationId: number): Promise<number> {
  const { rows } = await sql.query(
    `with
     doctor as (
       insert into doctors (location_id, name, specialty)
       select $1, 'Dr. ' || (array['Sari', 'Putra', 'Wijaya', 'Halim', 'Lestari', 'Pratama', 'Santoso', 'Kusuma'])[1 + n % 8] || ' ' || n, $2
       from generate_series(1, $3::int) n
       returning id
     ),
     hours as (
       insert into weekly_hours (doctor_id, location_id, weekday, opens_at, closes_at)
       select doctor.id, $1, weekday, opens_at, closes_at
       from doctor
       cross join generate_series(1, 7) weekday
       cross join (values (time '08:00', time '12:30'), (time '13:00', time '18:00')) hours (opens_at, closes_at)
     ),
     room as (
       insert into resources (location_id, type, kind, name, sort_order)
       select $1, 'room', 'benchmark', 'Room ' || n, n from generate_series(1, $3::int) n
     ),
     work as (
       insert into doctor_locations (doctor_id, location_id) select id, $1 from doctor on conflict do nothing
     )
     select min(id) as id from doctor`,
    [locationId, name, doctors],
  )
  return Number(rows[0].id)
}

/** Patients have first names by turns, and none of them has two appointments on a day. */
const patients = `
  insert into patients (name, phone)
  select
    (array['Ayu', 'Bambang', 'Citra', 'Dewi', 'Eko', 'Fitri', 'Gita', 'Hendra', 'Indah', 'Joko', 'Kartini', 'Lukman', 'Nadia'])[1 + n % 13]
    || ' ' || (array['Lestari', 'Prasetyo', 'Anggraini', 'Kartika', 'Saputra', 'Handayani', 'Permata', 'Gunawan', 'Safitri'])[1 + n % 9]
    || ' ' || substr(md5(n::text), 1, 4),
    '+62811' || 1000000 + n
  from generate_series(1, $1::int) n
  returning id`

/** One for each doctor, place in the day and day: last month's, today's, and those of the next two days. */
const booked = `
  insert into appointments (
    doctor_id, location_id, patient_id, visit_type_id, status, start_at, end_at, arrived_at, started_at, note, event_count
  )
  select
    doctor.id, $1, ($2::bigint[])[n + 1], (select min(id) from visit_types where mode = 'in_person') + n % 2,
    case
      when ahead < 0 and (n + ahead) % 5 = 0 or ahead = 0 and place < 6 and n % 9 = 0 then 'noshow'
      when ahead < 0 or ahead = 0 and place < 8 then 'fulfilled'
      when ahead = 0 and place < 10 then 'arrived'
      else 'booked'
    end,
    start_at, start_at + interval '15 minutes',
    case when ahead = 0 and place in (8, 9) then now() - n % 40 * interval '1 minute' end,
    case when ahead = 0 and place = 8 then now() - n % 12 * interval '1 minute' end,
    case when n % 4 = 0 then 'Comes with a walker' end,
    1
  from locations location
  join (select id, location_id, row_number() over (order by id) - 1 as number from doctors where location_id = $1) doctor
    on doctor.location_id = location.id
  cross join generate_series(0, $3::int - 1) place
  cross join lateral (select (doctor.number * $3 + place)::int as n) patient
  cross join (values (-28, 10), (-21, 20), (-14, 20), (0, $3), (1, 15), (2, 8)) day (ahead, many)
  cross join lateral (
    select (
      (now() at time zone location.time_zone)::date + ahead + time '08:00'
      + (place * 15 + case when place >= 18 then 30 else 0 end) * interval '1 minute'
    ) at time zone location.time_zone as start_at
  ) clock
  where location.id = $1
  and place < many`

/** A claim lets the trigger make no others, so the rooms come after the appointments. */
const furnished = `
  with
  one as (select * from appointments where location_id = $1),
  room as (
    insert into claims (appointment_id, resource_id, part, during)
    select one.id, room.id, 'room', tstzrange(one.start_at, one.end_at)
    from one
    join (select id, row_number() over (order by id) as number from doctors where location_id = $1) doctor
      on doctor.id = one.doctor_id
    join resources room on room.location_id = $1 and room.sort_order = doctor.number
    where one.status <> 'noshow'
  ),
  response as (
    insert into appointment_responses (appointment_id, patient_id, start_at, responded_at)
    select id, patient_id, start_at, now() from one where status = 'booked' and patient_id % 2 = 0
  ),
  event as (
    insert into events (appointment_id, number, kind, at, actor_kind, account_id, after, hash)
    select one.id, 1, 'appointment.missed', start_at + interval '20 minutes', 'front_desk', desk.id, '{}', ''
    from one
    cross join (select min(id) as id from accounts where role = 'front_desk') desk
    where status = 'noshow'
  )
  insert into patient_flags (patient_id, flag, set_at)
  select distinct patient_id, case when patient_id % 2 = 0 then 'form_missing' else 'interpreter' end, now()
  from one
  where patient_id % 7 = 0`

async function book(sql: pg.Pool, locationId: number): Promise<void> {
  const { rows } = await sql.query(patients, [doctors * appointments])
  await sql.query(booked, [locationId, rows.map(({ id }) => id), appointments])
  await sql.query(furnished, [locationId])
}

async function signIn(sql: pg.Pool): Promise<string> {
  const { rows } = await sql.query(
    `insert into accounts (email, name, role, terms_accepted_at) values ('desk@benchmark.example', $1, 'front_desk', now())
     returning id`,
    [name],
  )
  return openSession(sql, { accountId: rows[0].id, authSecret, userAgent: name })
}

/** Also what a run that was killed has left. */
async function cleanUp(sql: pg.Pool): Promise<void> {
  await sql.query(`
    begin;
    create temp table desk_place on commit drop as select id from locations where name = '${name}';
    create temp table desk_appointment on commit drop as
      select id, patient_id from appointments where location_id in (select id from desk_place);
    create temp table desk_patient on commit drop as select distinct patient_id as id from desk_appointment;
    delete from appointment_responses where appointment_id in (select id from desk_appointment);
    delete from events where appointment_id in (select id from desk_appointment);
    delete from appointments where id in (select id from desk_appointment);
    delete from patient_flags where patient_id in (select id from desk_patient);
    delete from patients where id in (select id from desk_patient);
    delete from weekly_hours where location_id in (select id from desk_place);
    delete from doctor_locations where location_id in (select id from desk_place);
    delete from doctors where specialty = '${name}';
    delete from resources where location_id in (select id from desk_place);
    delete from locations where id in (select id from desk_place);
    delete from sessions where user_agent = '${name}';
    delete from accounts where name = '${name}';
    commit`)
  await sql.query('vacuum appointments, claims, events, patients, patient_flags')
}
