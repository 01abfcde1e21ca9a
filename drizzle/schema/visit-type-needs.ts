import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { visitTypes } from './visit-types.ts'

export const needTypes = ['role', 'room', 'device'] as const

/** Something that every appointment of a visit type takes besides its doctor and patient: one row for each person or thing. */
export const visitTypeNeeds = pgTable(
  'visit_type_needs',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    visitTypeId: bigint('visit_type_id', { mode: 'number' })
      .notNull()
      .references(() => visitTypes.id),
    type: text('type', { enum: needTypes }).notNull(),
    /** Of a person: their role, and the specialty if it matters. */
    role: text('role'),
    specialty: text('specialty'),
    /** Of a room or device: any of these kinds will do. */
    kinds: text('kinds').array(),
    /** Time that it is taken before and after the appointment, such as for cleaning. */
    beforeMinutes: smallint('before_minutes').notNull().default(0),
    afterMinutes: smallint('after_minutes').notNull().default(0),
  },
  (need) => [
    check('visit_type_needs_type_is_known', sql`${need.type} in ('role', 'room', 'device')`),
    check(
      'visit_type_needs_say_what',
      sql`case when ${need.type} = 'role' then ${need.role} is not null and ${need.kinds} is null
        else ${need.role} is null and ${need.specialty} is null and cardinality(${need.kinds}) > 0 end`,
    ),
    check(
      'visit_type_needs_times_are_sane',
      sql`${need.beforeMinutes} between 0 and 120 and ${need.afterMinutes} between 0 and 120`,
    ),
    index('visit_type_needs_by_visit_type').on(need.visitTypeId),
  ],
)
