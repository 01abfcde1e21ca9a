import { eq, sql } from 'drizzle-orm'
import * as z from 'zod'
import { resources } from '../../../drizzle/schema/resources.ts'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { type Answering, sendIdempotently } from '../idempotency.ts'
import { changeColumns, type Recorded, recorded, requireVersion } from '../recorded.ts'
import { closed, fault, personName, sortOrder } from '../shapes.ts'
import {
  fromNow,
  idsOf,
  lockOutBookings,
  mayStrand,
  nothingStranded,
  refuseToStrand,
  type StrandedRow,
  strandedIn,
} from '../stranded.ts'
import { kind } from './add.ts'
import { type Resource, selectResources } from './find.ts'

/** Left-out fields keep their values. To move something to another location, add it there. */
export const changeResourceInput = closed({
  name: personName.optional(),
  kind: kind.optional(),
  sortOrder: sortOrder.optional(),
  /** False once nothing new may take it. */
  isActive: z.boolean({ error: fault('not_a_choice') }).optional(),
  mayStrand,
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
 * @param version the one that the caller saw; without one, any will do.
 * @throws NotFound, NotSignedIn, Forbidden; Stale when it has changed since; WouldStrand.
 */
export async function changeResource(
  ctx: ClinicContext,
  resourceId: number,
  { version, mayStrand: named, ...wish }: ChangeResource & { version?: number | undefined },
): Promise<ChangedResource> {
  requireRight(ctx.actor, 'manage resources')
  const takesAway = wish.isActive === false || wish.kind !== undefined
  const subject = { subject: 'resource', key: resourceId } as const
  const found = selectResources(ctx).where(eq(resources.id, resourceId)).getSQL()
  const [[row], stranded, [change] = []] = await sendIdempotently<[ResourceRow, StrandedRow, Recorded]>(ctx, [
    ...(takesAway ? [lockOutBookings] : []),
    requireVersion(subject, version),
    ...(wish.isActive === false
      ? refuseToStrand(resources, resourceId, aheadOf(ctx, resourceId), named)
      : []),
    changeColumns(resources, resourceId, wish),
    { rows: sql`select * from (${found}) ${asResourceRow}` },
    takesAway ? strandedBy(ctx, resourceId) : nothingStranded,
    recorded(ctx, subject),
  ])
  if (!row) throw new NotFound('resource')
  const resource = toResource(row, change)
  const { locationId } = resource
  if (change?.is_changed) ctx.tell({ kind: 'resource.changed', resourceId, locationId, ...deedOf(ctx) })
  return { resource, appointmentIds: idsOf(stranded) }
}

/** Names for the columns of `selectResources`. */
const asResourceRow = sql`
  resource (id, location_id, type, kind, name, sort_order, is_active, former_version, hours)`

const aheadOf = (ctx: ClinicContext, resourceId: number) => sql`
  appointments_of_resource(${resourceId}::bigint, ${fromNow(ctx)}) one
  where one.end_at > ${ctx.now.toISOString()}::timestamptz`

function strandedBy(ctx: ClinicContext, resourceId: number): Answering {
  return strandedIn(sql`
    ${aheadOf(ctx, resourceId)}
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
}

const toResource = (row: ResourceRow, change: Recorded | undefined): Resource => ({
  id: Number(row.id),
  locationId: Number(row.location_id),
  type: row.type,
  kind: row.kind,
  name: row.name,
  sortOrder: row.sort_order,
  isActive: row.is_active,
  version: change?.version ?? 0,
  hours: row.hours,
})
