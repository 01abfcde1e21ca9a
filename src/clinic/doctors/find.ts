import { asc, eq, sql } from 'drizzle-orm'
import { doctors } from '../../../drizzle/schema/doctors.ts'
import { locations } from '../../../drizzle/schema/locations.ts'
import type { ClinicContext } from '../context.ts'

/** A doctor as the booking form offers them. */
export interface Doctor {
  id: number
  name: string
  location: { name: string; timeZone: string }
  /** The weekly hours in force today, by weekday (ISO: 1 is Monday) and opening, on the location's clock: `09:00`. */
  hours: { weekday: number; opensAt: string; closesAt: string }[]
}

/** The query for all doctors by name; not yet sent, so that a page can put it into its one batch. */
export function allDoctors({ db, now }: ClinicContext) {
  return db
    .select({
      id: doctors.id,
      name: doctors.name,
      location: { name: locations.name, timeZone: locations.timeZone },
      hours: sql<Doctor['hours']>`(
        select coalesce(
          json_agg(
            json_build_object(
              'weekday', weekday,
              'opensAt', to_char(opens_at, 'HH24:MI'),
              'closesAt', to_char(closes_at, 'HH24:MI')
            ) order by weekday, opens_at
          ), '[]')
        from weekly_hours
        where weekly_hours.doctor_id = ${doctors.id}
        and (${now.toISOString()}::timestamptz at time zone ${locations.timeZone})::date
          between coalesce(starts_on, '-infinity') and coalesce(ends_on, 'infinity')
      )`,
    })
    .from(doctors)
    .innerJoin(locations, eq(locations.id, doctors.locationId))
    .orderBy(asc(doctors.name), asc(doctors.id))
}
