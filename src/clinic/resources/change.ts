import { eq, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { resources } from '../../../drizzle/schema/resources.ts'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, fault, personName } from '../shapes.ts'
import { fromNow, idsOf, lockOutBookings, type StrandedRow, strandedIn } from '../stranded.ts'
import { kind, sortOrder } from './add.ts'
import { type Resource, selectResources } from './find.ts'

/** Left-out fields keep their values. To move something to another location, add it there. */
export const changeResourceInput = closed({
  name: personName.optional(),
  kind: kind.optional(),
  sortOrder: sortOrder.optional(),
  /** False once nothing new may take it. */
  isActive: z.boolean({ error: fault('not_a_choice') }).optional(),
})

export type ChangeResource = z.infer<typeof changeResourceInput>

export interface ChangedResource {
  resource: Resource
  /** The appointments ahead that have what is out of use now, or no longer of the kind that they need. They keep it. */
  appointmentIds: number[]
}

/**
 * Changes a room or a device, in one trip. Appointments that have it keep it.
 *
 * @throws NotFound, NotSignedIn, Forbidden.
 */
export async function changeResource(
  ctx: ClinicContext,
  resourceId: number,
  wish: ChangeResource,
): Promise<ChangedResource> {
  requireRight(ctx.actor, 'manage resources')
  const { name, kind, sortOrder, isActive } = wish
  const takesAway = isActive === false || kind !== undefined
  const wanted = sql`(
    coalesce(${name ?? null}, name),
    coalesce(${kind ?? null}, kind),
    coalesce(${sortOrder ?? null}::smallint, sort_order),
    coalesce(${isActive ?? null}::boolean, is_active)
  )`
  const found = selectResources(ctx).where(eq(resources.id, resourceId)).getSQL()
  const [[row], stranded] = await sendIdempotently<[ResourceRow, StrandedRow]>(ctx, [
    ...(takesAway ? [lockOutBookings] : []),
    sql`
      update resources set (name, kind, sort_order, is_active) = ${wanted}
      where id = ${resourceId}::bigint and (name, kind, sort_order, is_active) is distinct from ${wanted}`,
    {
      rows: sql`
        select resource.*, changed.xmin = pg_current_xact_id_if_assigned()::xid as is_changed
        from (${found}) resource (id, location_id, type, kind, name, sort_order, is_active, hours)
        join resources changed on changed.id = resource.id`,
    },
    ...(takesAway ? [strandedBy(ctx, resourceId)] : []),
  ])
  if (!row) throw new NotFound('resource')
  const resource = toResource(row)
  const { locationId } = resource
  if (row.is_changed) ctx.tell({ kind: 'resource.changed', resourceId, locationId, ...deedOf(ctx) })
  return { resource, appointmentIds: idsOf(stranded) }
}

function strandedBy(ctx: ClinicContext, resourceId: number): { rows: SQL } {
  return strandedIn(sql`
    appointments_of_resource(${resourceId}::bigint, ${fromNow(ctx)}) one
    where one.end_at > ${ctx.now.toISOString()}::timestamptz
    and (
      exists (
        select from resources resource
        where resource.id = ${resourceId}::bigint
        and not resource.is_active
      )
      or exists (
        select from claims claim
        join visit_type_needs need on need.id = claim.need_id
        join resources resource on resource.id = claim.resource_id
        where claim.appointment_id = coalesce(one.session_id, one.id)
        and claim.resource_id = ${resourceId}::bigint
        and resource.kind <> all (need.kinds)
      )
    )`)
}

type ResourceRow = {
  id: string
  location_id: string
  type: Resource['type']
  kind: string
  name: string
  sort_order: number
  is_active: boolean
  hours: Resource['hours']
  /** Null when the transaction wrote nothing at all. */
  is_changed: boolean | null
}

const toResource = (row: ResourceRow): Resource => ({
  id: Number(row.id),
  locationId: Number(row.location_id),
  type: row.type,
  kind: row.kind,
  name: row.name,
  sortOrder: row.sort_order,
  isActive: row.is_active,
  hours: row.hours,
})
