import { sql } from 'drizzle-orm'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'

/** One range of one weekday (ISO: 1 is Monday) on the location's clock, and the days from and to which it holds. */
export interface WeeklyHoursRange {
  weekday: number
  opens_at: string
  closes_at: string
  /** Null is without limit. */
  starts_on: string | null
  ends_on: string | null
}

/**
 * All weekly hours of a doctor, past and to come as well, by weekday and opening; in one trip. Anybody may ask.
 *
 * @throws NotFound.
 */
export async function findWeeklyHours({ db }: ClinicContext, doctorId: number): Promise<WeeklyHoursRange[]> {
  const { rows } = await db.execute<{ hours: WeeklyHoursRange[] }>(sql`
    select coalesce(
      json_agg(
        json_build_object(
          'weekday', hours.weekday,
          'opens_at', to_char(hours.opens_at, 'HH24:MI'),
          'closes_at', to_char(hours.closes_at, 'HH24:MI'),
          'starts_on', hours.starts_on,
          'ends_on', hours.ends_on
        ) order by hours.weekday, hours.opens_at, hours.starts_on
      ) filter (where hours.id is not null), '[]'
    ) as hours
    from doctors doctor
    left join weekly_hours hours on hours.doctor_id = doctor.id
    where doctor.id = ${doctorId}::bigint
    group by doctor.id`)
  const [found] = rows
  if (!found) throw new NotFound('doctor')
  return found.hours
}
