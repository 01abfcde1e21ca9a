import { type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { absencesLock } from '../availability/absence.ts'
import { type ClinicContext, personOf } from '../context.ts'

/**
 * What must happen before somebody looks for room: it waits for those who want a visit with the same daily cap, then for
 * an absence that is just being entered, and then lets holds go, by the clock or by who still held one. All who do
 * this lock in this order; what is `going` is asked for last, because only then does anybody read it.
 *
 * @param capped selects and locks the offers with a daily cap that are wanted.
 * @param going selects and locks, in order of id, whole rows of holds.
 */
export function clearTheWay(ctx: ClinicContext, capped: SQL, going: SQL): SQL {
  const { actor, now, requestId } = ctx
  const person = personOf(actor)
  const keyId = actor.kind === 'api_client' ? actor.keyId : null
  return sql`
    with
    capped as (${capped}),
    going as (${going})
    select capped, let_go(
      array(select id from going), ${now.toISOString()}::timestamptz, ${person?.kind ?? actor.kind}::text,
      ${person?.accountId ?? null}::bigint, ${keyId}::bigint, ${requestId}::text
    )
    from (
      select capped, pg_advisory_xact_lock_shared(${absencesLock})
      from (select count(*) as capped from capped) turn
      offset 0
    ) turns`
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
