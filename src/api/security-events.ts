import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import {
  findSecurityEvents,
  findSecurityEventsInput,
  type SecurityEvent,
  securityEventKey,
} from '../clinic/accounts/find-security-events.ts'
import type { AppEnv } from '../http/app-env.ts'
import { linkToNext, paging, readCursor } from '../http/cursor.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import type { SecurityEventJson } from './access-answers.ts'
import { allowOnly } from './conventions.ts'
import { refuseInvalidQuery } from './refuse-invalid.ts'

export const securityEventsSearch = inSnakeCase(findSecurityEventsInput.safeExtend(paging(50)))

export const securityEventsApi = new Hono<AppEnv>()

securityEventsApi.get('/', zValidator('query', securityEventsSearch, refuseInvalidQuery), async (c) => {
  const { cursor, ...asked } = c.req.valid('query')
  const after = await readCursor(c, cursor, securityEventKey)
  const { events, next } = await findSecurityEvents(c.var.clinic, { ...asked, after })
  if (next) await linkToNext(c, [next.at.toISOString(), next.id])
  return c.json({ security_events: events.map(toJson) })
})
securityEventsApi.all('/', allowOnly('GET, HEAD'))

/** With ids instead of names, so that no names end up in other systems. */
function toJson(event: SecurityEvent): SecurityEventJson {
  return {
    id: event.id,
    at: event.at.toISOString(),
    kind: event.kind,
    account_id: event.account?.id ?? null,
    actor_kind: event.actorKind,
    by_account_id: event.by?.id ?? null,
    by_api_key_id: event.byApiKeyId,
    network: event.network,
    place: event.place,
    request_id: event.requestId,
    details: event.details,
  }
}
