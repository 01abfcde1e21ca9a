import { type SQL, sql } from 'drizzle-orm'
import { eventKinds, events } from '../../drizzle/schema/events.ts'
import { type ClinicContext, personOf } from './context.ts'

export { eventKinds }

export type EventKind = (typeof eventKinds)[number]

/** What happened, by whom, when and why: the values that an event and its hash share. */
function told({ actor, now, requestId }: ClinicContext, kind: EventKind, reason: string | undefined) {
  const person = personOf(actor)
  const keyId = actor.kind === 'api_client' ? actor.keyId : null
  return {
    kind: sql`${kind}::text`,
    who: sql`
      ${now.toISOString()}::timestamptz, ${person?.kind ?? actor.kind}::text, ${person?.accountId ?? null}::bigint, ${keyId}::bigint,
      ${requestId}::text, ${reason ?? null}::text`,
  }
}

/**
 * The hash of the next event of an appointment, over columns of the query: `id`, `event_count` and `last_event_hash`
 * as they were, and the facts `before` and `after`.
 */
export function nextHash(ctx: ClinicContext, kind: EventKind, reason?: string): SQL {
  const said = told(ctx, kind, reason)
  return sql`event_hash(last_event_hash, id, event_count + 1, ${said.kind}, ${said.who}, before, after)`
}

/**
 * Adds the event to what happened, for each row of `source`, which has the same columns and `next_hash`. To be sent
 * in the very statement that changes the appointment.
 */
export function recordEvent(
  ctx: ClinicContext,
  kind: EventKind,
  reason: string | undefined,
  source: SQL,
): SQL {
  const said = told(ctx, kind, reason)
  return sql`
    insert into ${events} (
      appointment_id, number, kind, at, actor_kind, account_id, api_key_id, request_id, reason,
      before, after, previous_hash, hash
    )
    select
      id, event_count + 1, ${said.kind}, ${said.who},
      before, after, last_event_hash, next_hash
    from ${source}`
}
