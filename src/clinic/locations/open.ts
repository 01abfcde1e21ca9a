import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { locations } from '../../../drizzle/schema/locations.ts'
import { wantedMessages } from '../../../drizzle/schema/wanted-messages.ts'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { sendIdempotently } from '../idempotency.ts'
import { type Recorded, recordedNew } from '../recorded.ts'
import { closed, email, fault, line, paragraph, personName, sortOrder } from '../shapes.ts'
import type { ManagedLocation } from './find.ts'

export const openLocationInput = closed({
  name: personName,
  /** `Area/City` or `UTC`. Abbreviations such as EST do not say when clocks change. */
  timeZone: z
    .string({ error: fault('not_a_zone') })
    .regex(/^([A-Z][A-Za-z_]+\/[A-Za-z0-9_+/-]{1,60}|UTC)$/, { error: fault('not_a_zone') }),
  address: line(200).optional(),
  phone: line(40).optional(),
  directions: paragraph(500).optional(),
  email: email.optional(),
  wantedMessages: z.enum(wantedMessages, { error: fault('not_a_choice') }).optional(),
  /** False hides it from patients. */
  isListed: z.boolean({ error: fault('not_a_choice') }).optional(),
  sortOrder: sortOrder.optional(),
})

export type OpenLocation = z.infer<typeof openLocationInput>

export type OpenedLocation =
  | { ok: true; location: ManagedLocation }
  | { ok: false; refusal: 'invalid'; faults: { timeZone: 'not_a_zone' } }

/**
 * Adds a location, in one trip. PostgreSQL must know its time zone, because PostgreSQL converts its local times.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function openLocation(
  ctx: ClinicContext,
  { name, timeZone, ...reached }: OpenLocation,
): Promise<OpenedLocation> {
  requireRight(ctx.actor, 'manage locations')
  const { address = null, phone = null, directions = null, email = null } = reached
  const { wantedMessages: wanted = 'approvals', isListed = true, sortOrder = 0 } = reached
  const opened = sql`
    insert into locations (name, time_zone, address, phone, directions, email, wanted_messages, is_listed, sort_order)
    select ${name}, zone.name, ${address}, ${phone}, ${directions}, ${email}, ${wanted},
      ${isListed}, ${sortOrder}
    from pg_timezone_names zone where zone.name = ${timeZone}
    returning id`
  const [[row], [change] = []] = await sendIdempotently<[{ id: string }, Recorded]>(ctx, [
    { rows: opened },
    recordedNew(ctx, 'location', locations),
  ])
  if (!row) return { ok: false, refusal: 'invalid', faults: { timeZone: 'not_a_zone' } }
  const id = Number(row.id)
  ctx.tell({ kind: 'location.opened', locationId: id, ...deedOf(ctx) })
  const shown = { address, phone, directions, email, wantedMessages: wanted, isListed, sortOrder }
  return {
    ok: true,
    location: { id, name, timeZone, ...shown, isActive: true, version: change?.version ?? 0 },
  }
}
