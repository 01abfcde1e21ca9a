import { sql } from 'drizzle-orm'
import type { Database } from '../database/connect.ts'

export interface BrokenChain {
  appointmentId: number
  /** Of the first event with which something is wrong; 0 when none is left. */
  number: number
  what: 'changed' | 'gap' | 'end' | 'forged' | 'unrecorded' | 'removed'
}

/**
 * Reads every event and works out its hash again. One trip, and all of the table. Finds an event that was changed, a gap, a
 * missing end, an event that does not lead to the chain's anchor in `event_heads` (forged), an appointment that was changed
 * without an event (unrecorded), and one that was removed without a tombstone.
 */
export async function verifyEvents(db: Database): Promise<{ checked: number; broken: BrokenChain[] }> {
  const { rows } = await db.execute<{ checked: string; broken: BrokenChain[] }>(sql`
    with
    link as (
      select
        appointment_id, number, kind, hash, previous_hash, before, after,
        lag(hash) over chain as hash_before,
        lag(after) over chain as after_before,
        row_number() over chain as place,
        lead(number) over chain is null as is_last,
        hash = event_hash(events)
          and (reason is null or reason_hash is null or reason_hash = commitment(reason, reason_salt)) as is_sound
      from events
      window chain as (partition by appointment_id order by number)
    ),
    finding as (
      select appointment_id, number, case
        when not is_sound then 'changed'
        when number <> place or previous_hash is distinct from hash_before then 'gap'
        when not before @> after_before then 'unrecorded'
      end as what
      from link
      union all
      select coalesce(one.id, head.appointment_id), coalesce(last.number, 0), case
        when one.id is null then 'removed'
        when greatest(one.event_count, head.event_count) > coalesce(last.number, 0) then 'end'
        when head.last_event_hash is distinct from last.hash then 'forged'
        when one.event_count <> coalesce(last.number, 0) or one.last_event_hash is distinct from last.hash then 'end'
        -- Only a hold that was released keeps when it would have expired.
        when one.hold_expires_at is not null
        and one.status <> 'pending'
        and last.kind <> 'appointment.released' then 'unrecorded'
        when not (facts_of(one) || people_in_facts(one.id)) @> last.after then 'unrecorded'
      end
      from appointments one
      full join event_heads head on head.appointment_id = one.id
      left join link last on last.appointment_id = one.id and last.is_last
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
