import { bigint, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'
import { locations } from './locations.ts'

/** The locations that a front desk account is bound to; with none it works at all of them. */
export const accountLocations = pgTable(
  'account_locations',
  {
    accountId: bigint('account_id', { mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    locationId: bigint('location_id', { mode: 'number' })
      .notNull()
      .references(() => locations.id),
  },
  (bound) => [primaryKey({ columns: [bound.accountId, bound.locationId] })],
)
