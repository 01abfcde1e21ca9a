import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { accountPatients } from '../drizzle/schema/account-patients.ts'
import { accounts } from '../drizzle/schema/accounts.ts'
import { apiKeys } from '../drizzle/schema/api-keys.ts'
import { appointments } from '../drizzle/schema/appointments.ts'
import { closures } from '../drizzle/schema/closures.ts'
import { doctorVisitTypes } from '../drizzle/schema/doctor-visit-types.ts'
import { doctors } from '../drizzle/schema/doctors.ts'
import { locations } from '../drizzle/schema/locations.ts'
import { patients } from '../drizzle/schema/patients.ts'
import { timeOff } from '../drizzle/schema/time-off.ts'
import { visitTypes } from '../drizzle/schema/visit-types.ts'
import { weeklyHours } from '../drizzle/schema/weekly-hours.ts'
import { openConnection } from './local/connection.ts'

/** Well-known keys, so the seed refuses any database that is not local. */
export const localKeys = [
  { key: 'local-patient-zero', email: 'zero@example.com', role: 'patient' },
  { key: 'local-patient-one', email: 'one@example.com', role: 'patient' },
  { key: 'local-front-desk', email: 'desk@example.com', role: 'front_desk' },
  { key: 'local-admin', email: 'admin@example.com', role: 'admin' },
] as const

/**
 * Fills an empty clinic with three locations, eight doctors, five visit types, two patients and a few appointments on the
 * working days around today. Does nothing if the clinic has a location.
 *
 * @returns whether anything was written.
 * @throws Error when the database is not on this machine.
 */
export async function seedClinic(connectionString: string): Promise<boolean> {
  if (!isLocalDatabase(connectionString)) throw new Error('The seed fills only a database on this machine.')
  await using client = await openConnection(connectionString)
  return await drizzle(client).transaction(async (db) => {
    await db.execute(sql`lock table ${locations} in exclusive mode`)
    if ((await db.$count(locations)) > 0) return false
    await openClinic(db)
    await offerVisits(db)
    await openAccounts(db)
    await bookAroundToday(db)
    return true
  })
}

type Db = Pick<NodePgDatabase, 'insert' | 'execute'>

/** Time zones with different rules: no clock changes, northern ones, southern ones. */
async function openClinic(db: Db): Promise<void> {
  await db.insert(locations).values([
    {
      name: 'AloClinic Menteng',
      timeZone: 'Asia/Jakarta',
      address: 'Jl. Menteng Raya 21, Jakarta Pusat 10340',
      phone: '+62 21 5550 0121',
    },
    {
      name: 'AloClinic Mitte',
      timeZone: 'Europe/Berlin',
      address: 'Torstraße 140, 10119 Berlin',
      phone: '+49 30 23125 140',
    },
    {
      name: 'AloClinic Newtown',
      timeZone: 'Australia/Sydney',
      address: '212 King Street, Newtown NSW 2042',
      phone: '+61 2 5550 0212',
    },
  ])
  await db.execute(sql`
    insert into ${doctors} (location_id, name, specialty, grid_minutes)
    select location.id, doctor.name, doctor.specialty, doctor.grid_minutes
    from (values
      (1, 'Dr. Strange', 'General practice', 30, 'AloClinic Menteng'),
      (2, 'Dr. Who', 'Dermatology', 15, 'AloClinic Menteng'),
      (3, 'Dr. Sari', 'Paediatrics', 20, 'AloClinic Menteng'),
      (4, 'Dr. Wijaya', 'Cardiology', 30, 'AloClinic Menteng'),
      (5, 'Dr. Bauer', 'General practice', 15, 'AloClinic Mitte'),
      (6, 'Dr. Vogel', 'Cardiology', 20, 'AloClinic Mitte'),
      (7, 'Dr. Nguyen', 'General practice', 15, 'AloClinic Newtown'),
      (8, 'Dr. Taylor', 'Paediatrics', 20, 'AloClinic Newtown')
    ) doctor (place, name, specialty, grid_minutes, location)
    join locations location on location.name = doctor.location
    order by doctor.place`)
  await db.insert(patients).values([
    { name: 'Patient Zero', contactEmail: 'zero@example.com' },
    { name: 'Patient One', contactEmail: 'one@example.com' },
  ])
  await db.execute(sql`
    insert into ${weeklyHours} (doctor_id, weekday, opens_at, closes_at)
    select doctor.id, weekday, hours.opens_at, hours.closes_at
    from (values
      ('Dr. Strange', array[1, 2, 3, 4, 5], time '09:00', time '17:00'),
      ('Dr. Who', array[1, 3, 5], time '10:00', time '14:00'),
      ('Dr. Sari', array[1, 2, 4, 6], time '08:00', time '12:00'),
      ('Dr. Sari', array[2, 4], time '16:00', time '20:00'),
      ('Dr. Wijaya', array[2, 3], time '13:00', time '18:00'),
      ('Dr. Bauer', array[1, 2, 3, 4, 5], time '08:00', time '12:00'),
      ('Dr. Bauer', array[1, 2, 4], time '14:00', time '18:00'),
      ('Dr. Vogel', array[3, 4, 5], time '09:00', time '15:00'),
      ('Dr. Nguyen', array[1, 2, 3, 4, 5, 6], time '08:30', time '13:00'),
      ('Dr. Taylor', array[2, 3, 4], time '10:00', time '16:00')
    ) hours (doctor, weekdays, opens_at, closes_at)
    join doctors doctor on doctor.name = hours.doctor
    cross join unnest(hours.weekdays) weekday
    order by doctor.id, weekday`)
}

const online = { noticeMinutes: 60, horizonDays: 180 }

async function offerVisits(db: Db): Promise<void> {
  await db.insert(visitTypes).values([
    { ...online, name: 'Consultation', minutes: 30 },
    {
      ...online,
      name: 'First visit',
      minutes: 60,
      bufferAfterMinutes: 10,
      noticeMinutes: 24 * 60,
      dailyCap: 2,
    },
    { ...online, name: 'Follow-up by phone', mode: 'phone', minutes: 15 },
    { ...online, name: 'Video consultation', mode: 'video', minutes: 20, bufferBeforeMinutes: 5 },
    {
      name: 'Procedure',
      minutes: 90,
      bufferBeforeMinutes: 15,
      bufferAfterMinutes: 15,
      bookableOnline: false,
    },
  ])
  await db.execute(sql`
    insert into ${doctorVisitTypes} (doctor_id, visit_type_id)
    select doctor.id, visit.id
    from doctors doctor
    cross join visit_types visit
    where visit.name in ('Consultation', 'First visit')
    or (visit.name = 'Follow-up by phone' and doctor.specialty <> 'Dermatology')
    or (visit.name = 'Video consultation' and doctor.specialty in ('General practice', 'Paediatrics'))
    or (visit.name = 'Procedure' and doctor.specialty in ('Dermatology', 'Cardiology'))
    order by doctor.id, visit.id`)
  await db.execute(sql`
    insert into ${timeOff} (doctor_id, starts_at, ends_at, reason)
    select doctor.id, monday, monday + interval '5 days', 'Conference'
    from doctors doctor, (select date_trunc('week', now()) + interval '3 weeks' as monday) week
    where doctor.name = 'Dr. Vogel'`)
  await db.execute(sql`
    insert into ${closures} (location_id, starts_at, ends_at, reason)
    select location.id, newyear, newyear + interval '1 day', 'New Year'
    from locations location, (select date_trunc('year', now()) + interval '1 year' as newyear) year`)
}

/** One account of each role, and the local keys of four of them. */
async function openAccounts(db: Db): Promise<void> {
  await db.execute(sql`
    insert into ${accounts} (email, name, role, doctor_id, terms_accepted_at, created_at)
    select email, person.name, person.role, doctor.id, now(), now() - interval '1 year'
    from (values
      ('zero@example.com', 'Patient Zero', 'patient'),
      ('one@example.com', 'Patient One', 'patient'),
      ('desk@example.com', 'Front Desk', 'front_desk'),
      ('strange@example.com', 'Dr. Strange', 'doctor'),
      ('admin@example.com', 'Admin', 'admin')
    ) person (email, name, role)
    left join doctors doctor on doctor.name = person.name`)
  await db.execute(sql`
    insert into ${accountPatients} (account_id, patient_id, relation)
    select account.id, patient.id, 'self'
    from accounts account join patients patient on patient.contact_email = account.email`)
  for (const { key, email, role } of localKeys) {
    const keyHash = createHash('sha256').update(key).digest('hex')
    await db.execute(sql`
      insert into ${apiKeys} (name, key_hash, owner_id, role, scopes)
      select ${key}, ${keyHash}, account.id, ${role}, '{appointments:read,appointments:write,clinic:manage}'
      from accounts account where account.email = ${email}`)
  }
}

/** Past and coming working days; past appointments are fulfilled, except one no-show. */
async function bookAroundToday(db: Db): Promise<void> {
  await db.execute(sql`
    with
    working_day as (
      select
        hours.doctor_id,
        day::date as date,
        location.time_zone,
        row_number() over (partition by hours.doctor_id, day < today order by abs(day::date - today::date))
          * case when day < today then -1 else 1 end as distance
      from weekly_hours hours
      join doctors doctor on doctor.id = hours.doctor_id
      join locations location on location.id = doctor.location_id
      cross join lateral (select date_trunc('day', now() at time zone location.time_zone) as today) clock
      cross join generate_series(today - interval '10 days', today + interval '10 days', interval '1 day') day
      where hours.weekday = extract(isodow from day)
    ),
    agreed (distance, doctor, patient, start_at, status) as (values
      (-2, 'Dr. Strange', 'Patient Zero', time '11:00', 'fulfilled'),
      (-1, 'Dr. Strange', 'Patient One', time '13:30', 'noshow'),
      (-1, 'Dr. Who', 'Patient Zero', time '10:30', 'fulfilled'),
      (2, 'Dr. Strange', 'Patient Zero', time '11:30', 'booked'),
      (2, 'Dr. Who', 'Patient One', time '13:00', 'booked'),
      (3, 'Dr. Strange', 'Patient One', time '15:00', 'booked')
    )
    insert into ${appointments} (doctor_id, patient_id, visit_type_id, status, start_at, end_at)
    select
      doctor.id,
      patient.id,
      visit.id,
      agreed.status,
      (date + agreed.start_at) at time zone time_zone,
      (date + agreed.start_at + interval '30 minutes') at time zone time_zone
    from agreed
    join doctors doctor on doctor.name = agreed.doctor
    join patients patient on patient.name = agreed.patient
    join visit_types visit on visit.name = 'Consultation'
    join working_day on working_day.doctor_id = doctor.id and working_day.distance = agreed.distance
    order by date, agreed.start_at`)
}

export function isLocalDatabase(connectionString: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(connectionString).hostname)
}
