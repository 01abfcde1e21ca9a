import { sql } from 'drizzle-orm'
import type { Database } from '../database/connect.ts'

export interface BrokenChain {
  appointmentId: number
  /** Of the first event with which something is wrong; 0 when only the end is missing. */
  number: number
  what: 'changed' | 'gap' | 'end'
}

/**
 * Reads every event and works out its hash anew: finds what was changed, what is missing in between, and an end that
 * is not the one that the appointment carries. One trip, and all of the table.
 */
export async function verifyEvents(db: Database): Promise<{ checked: number; broken: BrokenChain[] }> {
  const { rows } = await db.execute<{ checked: string; broken: BrokenChain[] }>(sql`
    with
    link as (
      select
        appointment_id, number, hash, previous_hash,
        lag(hash) over chain as hash_before,
        row_number() over chain as place,
        hash = event_hash(events) as is_sound
      from events
      window chain as (partition by appointment_id order by number)
    ),
    finding as (
      select appointment_id, number, case
        when not is_sound then 'changed'
        when number <> place or previous_hash is distinct from hash_before then 'gap'
      end as what
      from link
      union all
      select appointments.id, coalesce(last.number, 0), 'end'
      from appointments
      left join lateral (
        select number, hash from events where appointment_id = appointments.id order by number desc limit 1
      ) last on true
      where appointments.event_count <> coalesce(last.number, 0)
      or appointments.last_event_hash is distinct from last.hash
    )
    select
      (select count(*) from link) as checked,
      (
        select coalesce(json_agg(json_build_object(
          'appointmentId', appointment_id, 'number', number, 'what', what
        ) order by appointment_id, number), '[]')
        from finding where what is not null
      ) as broken`)
  const [row] = rows
  return { checked: Number(row?.checked ?? 0), broken: row?.broken ?? [] }
}
