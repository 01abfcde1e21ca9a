import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, pgSequence, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { isLegible } from './legible.ts'
import { locations } from './locations.ts'

/** Numbers whatever an appointment can take: doctors, rooms and devices. Patients have the negative of their own id. */
export const resourceIds = pgSequence('resource_ids')

export const nextResourceId = sql`nextval('resource_ids')`

export const resourceTypes = ['room', 'device'] as const

/** A room or a device of a location. Doctors and patients are resources too, with tables of their own. */
export const resources = pgTable(
  'resources',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().default(nextResourceId),
    locationId: bigint('location_id', { mode: 'number' })
      .notNull()
      .references(() => locations.id),
    type: text('type', { enum: resourceTypes }).notNull(),
    /** What it can be used for, in the clinic's words: `consultation`, `ultrasound`. Visit types ask for kinds. */
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    /** Among the least loaded, the lowest is taken first. */
    sortOrder: smallint('sort_order').notNull().default(0),
    /** If false, nothing new takes it. */
    isActive: boolean('is_active').notNull().default(true),
  },
  (resource) => [
    check('resources_type_is_known', sql`${resource.type} in ('room', 'device')`),
    check('resources_kind_is_written', sql`${resource.kind} ~ '\\S' and length(${resource.kind}) <= 60`),
    check('resources_kind_is_legible', isLegible(resource.kind)),
    check('resources_name_is_written', sql`${resource.name} ~ '\\S' and length(${resource.name}) <= 100`),
    check('resources_name_is_legible', isLegible(resource.name)),
    index('resources_by_location').on(resource.locationId, resource.type, resource.kind),
  ],
)
