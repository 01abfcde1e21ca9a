import { type SQL, sql } from 'drizzle-orm'
import { appointmentFailures } from '../../../drizzle/schema/appointment-failures.ts'
import { doctors } from '../../../drizzle/schema/doctors.ts'
import { events } from '../../../drizzle/schema/events.ts'
import type { ClinicContext } from '../context.ts'

/** Counts of the last hour and of the last 24 hours. */
export interface Often extends Record<string, unknown> {
  lastHour: number
  lastDay: number
}

/** How many requests about appointments succeeded, and how many failed. */
export interface FailureRates {
  /** Changes that were made, by the name of the door. */
  done: (Often & { door: string })[]
  failedByDoor: (Often & { door: string })[]
  /** Ordered by the last hour's count, highest first. */
  byCode: (Often & { code: string })[]
  /** The five with the most failures; null where the request named no doctor. */
  byDoctor: (Often & { doctorId: number | null; name: string | null })[]
  /** The last 24 clock hours, the current one included, earliest first; `at` is the start of each. */
  byHour: { at: Date; failures: number }[]
}

/**
 * Queries for one batch. Failures are counted by five minutes, so hours reach back from the start of the current five
 * minutes; changes are counted over the same time.
 */
export function failureRates({ db, now }: ClinicContext) {
  const at = sql`${now.toISOString()}::timestamptz`
  const since = (hours: number) =>
    sql`date_bin('5 minutes', ${at}, timestamptz '2000-01-01Z') - make_interval(hours => ${hours})`
  const often = (at: SQL, many: SQL) => sql`
    coalesce(sum(${many}) filter (where ${at} >= ${since(1)}), 0)::integer as "lastHour", sum(${many})::integer as "lastDay"`
  const failed = often(sql`counted_at`, sql`failures`)
  const isOfTheDay = sql`counted_at >= ${since(24)}`
  return [
    // A released hold is not a success: people want appointments.
    db.execute<FailureRates['done'][number]>(sql`
      select case when api_key_id is null then 'web' else 'api' end as door, ${often(sql`at`, sql`1`)}
      from ${events} where at >= ${since(24)} and kind <> 'appointment.released' group by 1 order by 1`),
    db.execute<FailureRates['failedByDoor'][number]>(sql`
      select door, ${failed} from ${appointmentFailures} where ${isOfTheDay} group by 1 order by 1`),
    db.execute<FailureRates['byCode'][number]>(sql`
      select code, ${failed} from ${appointmentFailures} where ${isOfTheDay}
      group by code order by "lastHour" desc, "lastDay" desc, code`),
    db.execute<FailureRates['byDoctor'][number]>(sql`
      select doctor_id::integer as "doctorId", name, ${failed}
      from ${appointmentFailures} left join ${doctors} on ${doctors.id} = doctor_id where ${isOfTheDay}
      group by 1, 2 order by "lastHour" desc, "lastDay" desc, 1 limit 5`),
    db.execute<{ at: string; failures: number }>(sql`
      select to_char(hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"') as at, coalesce(sum(failures), 0)::integer as failures
      from generate_series(
        date_trunc('hour', ${at}) - interval '23 hours', date_trunc('hour', ${at}), interval '1 hour'
      ) hour
      left join ${appointmentFailures} on counted_at >= hour and counted_at < hour + interval '1 hour'
      group by hour order by hour`),
  ] as const
}
