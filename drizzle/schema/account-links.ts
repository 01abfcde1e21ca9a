import { bigint, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'

/** Links that let an account in once, to set up its first passkey. `npm run account` makes them. */
export const accountLinks = pgTable(
  'account_links',
  {
    /** SHA-256 of the token in the link, in hexadecimal. */
    tokenHash: text('token_hash').primaryKey(),
    accountId: bigint('account_id', { mode: 'number' })
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    usedAt: timestamp('used_at', { withTimezone: true }),
  },
  (link) => [
    index('account_links_by_account').on(link.accountId),
    index('account_links_by_expiry').on(link.expiresAt),
  ],
)
