import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm'
import { resources } from '../../../drizzle/schema/resources.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { allLocations, type ManagedLocation } from '../locations/find.ts'
import { pageOf } from '../page-of.ts'
import { type FindResources, type Resource, type ResourceKey, selectResources } from '../resources/find.ts'

export interface ResourcesWish extends FindResources {
  /** A part of the name or of what it is used for. */
  q: string
  isActive?: boolean | undefined
}

export interface ResourcesContent {
  locations: ManagedLocation[]
  resources: Resource[]
  /** Where the next page begins, or null. */
  next: ResourceKey | null
}

/** Rooms and devices by name with the clinic's locations, in one trip. @throws NotSignedIn, Forbidden. */
export async function readResourcesPage(ctx: ClinicContext, wish: ResourcesWish): Promise<ResourcesContent> {
  requireRight(ctx.actor, 'manage resources')
  const [locations, found] = await ctx.db.batch([
    allLocations(ctx, { includeInactive: 'true' }),
    selectResources(ctx)
      .where(filterOf(wish))
      .orderBy(asc(resources.name), asc(resources.id))
      .limit(wish.limit + 1),
  ])
  const { page, last } = pageOf(found, wish.limit)
  return { locations, resources: page, next: last && { name: last.name, id: last.id } }
}

const filterOf = ({ q, locationId, type, isActive, after }: ResourcesWish): SQL | undefined =>
  and(
    locationId === undefined ? undefined : eq(resources.locationId, locationId),
    type === undefined ? undefined : eq(resources.type, type),
    isActive === undefined ? undefined : eq(resources.isActive, isActive),
    q === '' ? undefined : sql`strpos(lower(${resources.name} || ' ' || ${resources.kind}), lower(${q})) > 0`,
    after && gt(sql`(${resources.name}, ${resources.id})`, sql`(${after.name}, ${after.id}::bigint)`),
  )
