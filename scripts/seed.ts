import { sql } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { appointments } from '../drizzle/schema/appointments.ts'
import { doctors } from '../drizzle/schema/doctors.ts'
import { locations } from '../drizzle/schema/locations.ts'
import { patients } from '../drizzle/schema/patients.ts'
import { weeklyHours } from '../drizzle/schema/weekly-hours.ts'

/**
 * Fills an empty clinic with two doctors, two patients and a few appointments on the working days around
 * today. A clinic that has a location already is left as it is.
 *
 * @returns whether anything was written.
 */
export async function seedClinic(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return await drizzle(client).transaction(async (db) => {
      await db.execute(sql`lock table ${locations} in exclusive mode`)
      if ((await db.$count(locations)) > 0) return false
      await openClinic(db)
      await bookAroundToday(db)
      return true
    })
  } finally {
    await client.end()
  }
}

type Db = Pick<NodePgDatabase, 'insert' | 'execute'>

async function openClinic(db: Db): Promise<void> {
  await db.insert(locations).values({ name: 'AloClinic Menteng', timeZone: 'Asia/Jakarta' })
  await db.execute(sql`
    insert into ${doctors} (location_id, name)
    select location.id, doctor.name
    from locations location, (values (1, 'Dr. Strange'), (2, 'Dr. Who')) doctor (place, name)
    order by doctor.place`)
  await db.insert(patients).values([{ name: 'Patient Zero' }, { name: 'Patient One' }])
  await db.execute(sql`
    insert into ${weeklyHours} (doctor_id, weekday, opens_at, closes_at)
    select doctor.id, weekday, hours.opens_at, hours.closes_at
    from (values
      ('Dr. Strange', array[1, 2, 3, 4, 5], time '09:00', time '17:00'),
      ('Dr. Who', array[1, 3, 5], time '10:00', time '14:00')
    ) hours (doctor, weekdays, opens_at, closes_at)
    join doctors doctor on doctor.name = hours.doctor
    cross join unnest(hours.weekdays) weekday
    order by doctor.id, weekday`)
}

/** The last and the next working days; what is past was kept, but for one patient who did not come. */
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
    insert into ${appointments} (doctor_id, patient_id, status, start_at, end_at)
    select
      doctor.id,
      patient.id,
      agreed.status,
      (date + agreed.start_at) at time zone time_zone,
      (date + agreed.start_at + interval '30 minutes') at time zone time_zone
    from agreed
    join doctors doctor on doctor.name = agreed.doctor
    join patients patient on patient.name = agreed.patient
    join working_day on working_day.doctor_id = doctor.id and working_day.distance = agreed.distance
    order by date, agreed.start_at`)
}
