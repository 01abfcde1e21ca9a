import { sql } from 'drizzle-orm'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { versionOf } from '../recorded.ts'

/** One range on one weekday (ISO: 1 is Monday) on the location's clock, and the first and last day it applies. */
interface WeeklyHoursRange {
  weekday: number
  opens_at: string
  closes_at: string
  /** Null when open-ended. */
  starts_on: string | null
  ends_on: string | null
  location_id: number
}

interface FoundWeeklyHours {
  hours: WeeklyHoursRange[]
  /** The doctor's. */
  version: number
}

/**
 * All weekly hours of a doctor, including past and future ones, by weekday and opening; in one trip. Open to everyone.
 *
 * @throws NotFound.
 */
export async function findWeeklyHours({ db }: ClinicContext, doctorId: number): Promise<FoundWeeklyHours> {
  const { rows } = await db.execute<FoundWeeklyHours & Record<string, unknown>>(sql`
    select ${versionOf('doctor', sql`doctor.id`)} as version, coalesce(
      json_agg(
        json_build_object(
          'weekday', hours.weekday,
          'opens_at', to_char(hours.opens_at, 'HH24:MI'),
          'closes_at', to_char(hours.closes_at, 'HH24:MI'),
          'starts_on', hours.starts_on,
          'ends_on', hours.ends_on,
          'location_id', coalesce(hours.location_id, doctor.location_id)
        ) order by hours.weekday, hours.opens_at, hours.starts_on
      ) filter (where hours.id is not null), '[]'
    ) as hours
    from doctors doctor
    left join weekly_hours hours on hours.doctor_id = doctor.id
    where doctor.id = ${doctorId}::bigint
    group by doctor.id`)
  const [found] = rows
  if (!found) throw new NotFound('doctor')
  return found
}
