import { and, asc, eq, gt, sql } from 'drizzle-orm'
import * as z from 'zod'
import { resources, resourceTypes } from '../../../drizzle/schema/resources.ts'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, locationsOf, personOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { pageOf } from '../page-of.ts'
import { versionOf } from '../recorded.ts'
import { closed, fault, id, personName } from '../shapes.ts'

/** A room or a device of a location. */
export interface Resource {
  id: number
  locationId: number
  type: (typeof resourceTypes)[number]
  /** What visit types ask for, in the clinic's words: `consultation`, `ultrasound`. */
  kind: string
  name: string
  /** Among the least loaded, the lowest is taken first. */
  sortOrder: number
  /** If false, nothing new takes it. */
  isActive: boolean
  /** Counts the changes. */
  version: number
  /** By weekday (ISO: 1 is Monday) and opening; without any, it can always be used. */
  hours: { weekday: number; opensAt: string; closesAt: string }[]
}

export const findResourcesInput = closed({
  locationId: id.optional(),
  type: z.enum(resourceTypes, { error: fault('not_a_choice') }).optional(),
})

export interface FindResources extends z.infer<typeof findResourcesInput> {
  /** Of one page. */
  limit: number
  /** The last resource of the previous page. */
  after?: ResourceKey | undefined
}

/** What a list of resources is ordered by. */
export const resourceKey = z.tuple([personName, id]).transform(([name, id]) => ({ name, id }))

export type ResourceKey = z.infer<typeof resourceKey>

export type FoundResources =
  | { ok: true; resources: Resource[]; next: ResourceKey | null }
  | { ok: false; refusal: 'invalid'; faults: { locationId: 'unknown' } }

/**
 * A page of rooms and devices by name, those out of use among them, in one trip. `next` is where the next page begins, or
 * null.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function findResources(
  ctx: ClinicContext,
  { locationId, type, limit, after }: FindResources,
): Promise<FoundResources> {
  requireRight(ctx.actor, 'see resources')
  const [{ rows: known }, found] = await ctx.db.batch([
    ctx.db.execute<{ location: boolean }>(sql`
      select ${locationId ?? null}::bigint is null
        or exists (select from locations where id = ${locationId ?? null}::bigint) as location`),
    selectResources(ctx)
      .where(
        and(
          locationId === undefined ? undefined : eq(resources.locationId, locationId),
          type === undefined ? undefined : eq(resources.type, type),
          after && gt(sql`(${resources.name}, ${resources.id})`, sql`(${after.name}, ${after.id}::bigint)`),
        ),
      )
      .orderBy(asc(resources.name), asc(resources.id))
      .limit(limit + 1),
  ])
  if (!known[0]?.location) return { ok: false, refusal: 'invalid', faults: { locationId: 'unknown' } }
  const { page, last } = pageOf(found, limit)
  return { ok: true, resources: page, next: last && { name: last.name, id: last.id } }
}

/** One of them; a front desk account that is bound to locations finds those there. @throws NotFound, NotSignedIn, Forbidden. */
export async function findResource(ctx: ClinicContext, id: number): Promise<Resource> {
  requireRight(ctx.actor, 'see resources')
  const [resource] = await selectResources(ctx).where(eq(resources.id, id))
  const bound = locationsOf(personOf(ctx.actor))
  if (!resource || (bound && !bound.includes(resource.locationId))) throw new NotFound('resource')
  return resource
}

/** The query for resources, without conditions or order; not sent yet. */
export function selectResources({ db }: Pick<ClinicContext, 'db'>) {
  return db
    .select({
      id: resources.id,
      locationId: resources.locationId,
      type: resources.type,
      kind: resources.kind,
      name: resources.name,
      sortOrder: resources.sortOrder,
      isActive: resources.isActive,
      version: versionOf('resource', resources.id),
      hours: sql<Resource['hours']>`(
        select coalesce(
          json_agg(
            json_build_object(
              'weekday', weekday,
              'opensAt', to_char(opens_at, 'HH24:MI'),
              'closesAt', to_char(closes_at, 'HH24:MI')
            ) order by weekday, opens_at
          ), '[]')
        from resource_hours
        where resource_hours.resource_id = resources.id
      )`,
    })
    .from(resources)
    .$dynamic()
}
