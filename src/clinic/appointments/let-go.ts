import { type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { absencesLock } from '../availability/absence.ts'
import type { ClinicContext } from '../context.ts'
import { nextHash, recordEvent } from '../events.ts'
import { transitions } from './transitions.ts'

const { to, event } = transitions.release

/**
 * What must happen before somebody looks for room: it waits for those who want a visit with the same daily cap, then for
 * an absence that is just being entered, and then lets holds go. All who do this lock in this order: what changes rows
 * comes last, because PostgreSQL runs CTEs that nobody reads behind the query itself.
 *
 * @param capped selects and locks the offers with a daily cap that are wanted.
 * @param going selects and locks, in order of id, whole rows of holds. Who still held one gives it up themselves.
 */
export function clearTheWay(ctx: ClinicContext, capped: SQL, going: SQL): SQL {
  const byTheClock: ClinicContext = { ...ctx, actor: { kind: 'system' } }
  const isOver = sql`hold_expires_at <= ${ctx.now.toISOString()}::timestamptz`
  return sql`
    with
    capped as (${capped}),
    going as (${going}),
    ${letGo(byTheClock, 'expired', isOver)},
    ${letGo(ctx, 'given_up', sql`not ${isOver}`)}
    select count(*), pg_advisory_xact_lock_shared(${absencesLock}) from capped`
}

/** CTEs that let those of `going` go for which the condition holds, and record by whom. */
function letGo(ctx: ClinicContext, name: string, which: SQL): SQL {
  const due = sql.identifier(`${name}_due`)
  return sql`
    ${sql.identifier(`${name}_facts`)} as (
      select
        id, event_count, last_event_hash,
        appointment_facts(status, doctor_id, patient_id, visit_type_id, start_at, end_at, hold_expires_at) as before,
        appointment_facts(${to}, doctor_id, patient_id, visit_type_id, start_at, end_at) as after
      from going where ${which}
    ),
    ${due} as (select *, ${nextHash(ctx, event)} as next_hash from ${sql.identifier(`${name}_facts`)}),
    ${sql.identifier(`${name}_released`)} as (
      update ${appointments}
      set status = ${to}, event_count = due.event_count + 1, last_event_hash = due.next_hash
      from ${due} due where appointments.id = due.id
    ),
    ${sql.identifier(`${name}_recorded`)} as (${recordEvent(ctx, event, undefined, sql`${due}`)})`
}

/** For `capped`: the offer of an appointment's visit type, by its doctor or another, when that type has a cap. */
export function cappedFor(id: number, doctorId?: number): SQL {
  return sql`
    select offer.doctor_id
    from ${appointments} wanted
    join visit_types visit on visit.id = wanted.visit_type_id and visit.daily_cap is not null
    join doctor_visit_types offer
      on offer.visit_type_id = visit.id
      and offer.doctor_id = coalesce(${doctorId ?? null}::bigint, wanted.doctor_id)
    where wanted.id = ${id}::bigint
    for no key update of offer`
}

/**
 * For `going`: locks an appointment and the expired holds that are in its way, all in order of id, and selects the
 * holds. It might have been one of them a moment ago, and somebody else be about to let it go.
 */
export function expiredBeside(ctx: ClinicContext, id: number, isInTheWay: SQL): SQL {
  return sql`
    select *
    from (
      select *
      from ${appointments}
      where id = ${id}::bigint or (${hasExpired(ctx.now)} and ${isInTheWay})
      order by id
      offset 0 -- or the condition below would already keep the appointment from being locked
      for update
    ) locked
    where id <> ${id}::bigint`
}

/** The condition that a hold occupies its time still. */
export function isOpen(now: Date): SQL {
  return sql`
    ${appointments.status} = 'pending' and ${appointments.holdExpiresAt} > ${now.toISOString()}::timestamptz`
}

/** The condition that a hold occupies nothing any more. */
export function hasExpired(now: Date): SQL {
  return sql`
    ${appointments.status} = 'pending' and ${appointments.holdExpiresAt} <= ${now.toISOString()}::timestamptz`
}
