import { sql } from 'drizzle-orm'
import { bigint, boolean, check, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { isLegible } from './legible.ts'
import { wantedMessages } from './wanted-messages.ts'

export const locations = pgTable(
  'locations',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    name: text('name').notNull(),
    /** An IANA name, such as `Asia/Jakarta`, resolved by PostgreSQL's own tzdata. */
    timeZone: text('time_zone').notNull(),
    /** Null until the clinic enters them. */
    address: text('address'),
    phone: text('phone'),
    /** How to find it, in the clinic's words; messages say it. */
    directions: text('directions'),
    /** Where the location itself is written to, and of what. */
    email: text('email'),
    wantedMessages: text('wanted_messages', { enum: wantedMessages }).notNull().default('approvals'),
    /** False once it is closed for good: nothing new takes place there. */
    isActive: boolean('is_active').notNull().default(true),
    /** False: patients do not see it and cannot book there; staff can. */
    isListed: boolean('is_listed').notNull().default(true),
    /** Lists begin with the lowest; then come names. */
    sortOrder: smallint('sort_order').notNull().default(0),
  },
  (location) => [
    check('locations_name_is_written', sql`${location.name} ~ '\\S'`),
    check('locations_name_is_legible', isLegible(location.name)),
    check(
      'locations_address_is_sane',
      sql`${location.address} ~ '\\S' and length(${location.address}) <= 200`,
    ),
    check('locations_order_is_sane', sql`${location.sortOrder} between 0 and 1000`),
    check('locations_phone_is_sane', sql`${location.phone} ~ '\\S' and length(${location.phone}) <= 40`),
    check(
      'locations_directions_are_sane',
      sql`${location.directions} ~ '\\S' and length(${location.directions}) <= 500`,
    ),
    check('locations_email_is_lower_case', sql`${location.email} = lower(${location.email})`),
    check(
      'locations_wanted_messages_are_known',
      sql`${location.wantedMessages} in ('nothing', 'approvals', 'next_24_hours', 'everything')`,
    ),
    check(
      'locations_time_zone_is_known',
      sql`${location.timeZone} ~ '^([A-Z][A-Za-z_]+/.+|UTC)$' and (timestamptz '2000-01-01 00:00+00' at time zone ${location.timeZone}) is not null`,
    ),
  ],
)
