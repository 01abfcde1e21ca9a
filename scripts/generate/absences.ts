import type pg from 'pg'
import { salt } from './clinic.ts'
import type { Wishes } from './flags.ts'

/** Three absences a year per doctor, New Year, and a day or two per location; past and future. */
export async function enterAbsences(client: pg.Client, { seed }: Wishes, asOf: Date): Promise<void> {
  await client.query(
    `insert into time_off (doctor_id, starts_at, ends_at, reason)
     select
       id,
       case when is_afternoon then day + time '13:00' else day end,
       case when is_afternoon then day + time '18:00' else day + days * interval '1 day' end,
       case when is_afternoon then 'Training' when days > 4 then 'Holiday' else 'Conference' end
     from doctors
     cross join generate_series(0, 16) nth
     cross join lateral (
       select
         generation.chance(id * 100 + nth, $2) < 0.2 as is_afternoon,
         $1::date::timestamp + (nth * 120 - 1825 + floor(generation.chance(id * 100 + nth, $2 + 1) * 105)) * interval '1 day'
           as day,
         1 + floor(generation.chance(id * 100 + nth, $2 + 2) ^ 2 * 12) as days
     ) drawn
     order by id, nth`,
    [asOf, salt(seed, 30)],
  )
  await client.query(
    `insert into closures (location_id, starts_at, ends_at, reason)
     select id, day, day + interval '1 day', reason
     from locations
     cross join lateral (
       select new_year + interval '1 year' * nth as day, 'New Year' as reason
       from generate_series(-5, 1) nth, date_trunc('year', $1::date::timestamp) new_year
       union all
       select
         $1::date::timestamp + (nth * 180 - 1800 + floor(generation.chance(id * 100 + nth, $2) * 175)) * interval '1 day',
         'Staff day'
       from generate_series(0, 10) nth
     ) closed
     order by id, day
     on conflict do nothing`,
    [asOf, salt(seed, 35)],
  )
  await client.query(`
    create table generation.away as
    select distinct doctor_id, day::date as date
    from (
      select doctor_id, starts_at, ends_at from time_off
      union all
      select doctor_id, starts_at, ends_at from closures join doctor_locations using (location_id)
    ) absence
    cross join generate_series(date_trunc('day', starts_at), ends_at - interval '1 second', interval '1 day') day`)
  await client.query('create index on generation.away (date)')
}
