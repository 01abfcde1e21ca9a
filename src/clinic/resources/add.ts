import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { resources, resourceTypes } from '../../../drizzle/schema/resources.ts'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { type Recorded, recordedNew } from '../recorded.ts'
import { closed, fault, id, line, personName, sortOrder } from '../shapes.ts'
import type { Resource } from './find.ts'

export const kind = line(60)

export const addResourceInput = closed({
  locationId: id,
  type: z.enum(resourceTypes, { error: fault('not_a_choice') }),
  /** What visit types ask for, in the clinic's words. */
  kind,
  name: personName,
  sortOrder: sortOrder.default(0),
})

export type AddResource = z.infer<typeof addResourceInput>

/**
 * Adds a room or a device to a location, in one trip. It can always be used until it gets hours.
 *
 * @throws NotFound for an unknown location, NotSignedIn, Forbidden.
 */
export async function addResource(ctx: ClinicContext, wish: AddResource): Promise<Resource> {
  requireRight(ctx.actor, 'manage resources')
  const { locationId, type, kind, name, sortOrder } = wish
  const added = sql`
    insert into resources (location_id, type, kind, name, sort_order)
    select id, ${type}, ${kind}, ${name}, ${sortOrder} from locations where id = ${locationId}::bigint
    returning id`
  const [[row], [change] = []] = await sendIdempotently<[{ id: string }, Recorded]>(ctx, [
    { rows: added },
    recordedNew(ctx, 'resource', resources),
  ])
  if (!row) throw new NotFound('location')
  const resourceId = Number(row.id)
  ctx.tell({ kind: 'resource.added', resourceId, locationId, ...deedOf(ctx) })
  return { id: resourceId, ...wish, isActive: true, version: change?.version ?? 0, hours: [] }
}
