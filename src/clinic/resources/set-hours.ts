import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { type Recorded, recorded, requireVersion } from '../recorded.ts'
import { closed } from '../shapes.ts'
import { snakeKeys } from '../snake-case.ts'
import { idsOf, lockOutBookings, type StrandedRow, strandedIn } from '../stranded.ts'
import { areSame, closesAfterOpening, notAfterOpening, weeklyRange } from '../weekly-ranges.ts'

export const resourceHoursInput = closed(weeklyRange).refine(closesAfterOpening, notAfterOpening('closesAt'))

export type ResourceHours = z.infer<typeof resourceHoursInput>

/**
 * Replaces all hours of a room or device, in one trip and one transaction; without any, it can always be used.
 * Appointments stay as they are.
 *
 * @param version of the room or device, as the caller saw it; without one, any will do.
 * @returns its version, and the ids of the appointments ahead that have it and are outside the new hours.
 * @throws NotFound for an unknown resource, NotSignedIn, Forbidden; Stale when it has changed since.
 */
export async function setResourceHours(
  ctx: ClinicContext,
  resourceId: number,
  hours: ResourceHours[],
  version?: number,
): Promise<{ appointmentIds: number[]; version: number }> {
  requireRight(ctx.actor, 'manage resources')
  // Two requests at the same moment take turns.
  const locked = sql`select location_id from resources where id = ${resourceId}::bigint for no key update`
  const deleted = sql`delete from resource_hours where resource_id = ${resourceId}::bigint returning ${columns}`
  const inserted = sql`
    insert into resource_hours (resource_id, weekday, opens_at, closes_at)
    select resource.id, range.weekday, range.opens_at, range.closes_at
    from resources resource
    cross join jsonb_to_recordset(${JSON.stringify(hours.map(snakeKeys))}::jsonb)
      as range (weekday smallint, opens_at time, closes_at time)
    where resource.id = ${resourceId}::bigint
    returning ${columns}`
  const outside = sql`
    stranded_by_resource_hours(${resourceId}::bigint, ${ctx.now.toISOString()}::timestamptz)`
  const subject = { subject: 'resource', key: resourceId } as const
  type Answers = [{ location_id: string }, HoursRow, HoursRow, StrandedRow, Recorded]
  const [[known], former = [], current = [], stranded, [change] = []] = await sendIdempotently<Answers>(ctx, [
    lockOutBookings,
    requireVersion(subject, version),
    { rows: locked },
    { rows: deleted },
    { rows: inserted },
    strandedIn(outside),
    recorded(ctx, subject),
  ])
  if (!known) throw new NotFound('resource')
  const locationId = Number(known.location_id)
  if (!areSame(former, current))
    ctx.tell({ kind: 'resource_hours.changed', resourceId, locationId, ...deedOf(ctx) })
  return { appointmentIds: idsOf(stranded), version: change?.version ?? 0 }
}

type HoursRow = Record<string, unknown>

const columns = sql.raw('resource_hours.weekday, resource_hours.opens_at, resource_hours.closes_at')
