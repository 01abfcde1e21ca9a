import { asc, eq, sql } from 'drizzle-orm'
import { passkeys } from '../../../../drizzle/schema/passkeys.ts'
import type { Database } from '../../../database/connect.ts'
import { NotSignedIn } from '../../errors.ts'
import { type InSession, ownSession } from './own-session.ts'

export interface Passkey {
  id: number
  name: string
  /** Whether the person's other devices have it too. */
  isSynced: boolean
  createdAt: Date
  lastUsedAt: Date
}

export interface Passkeys {
  /** The oldest first. */
  passkeys: Passkey[]
  /** Whether they may be changed in this session, or a passkey must be used first. */
  mayChange: boolean
  /** Whether the clinic wants this account to have one. */
  mustHaveOne: boolean
}

/** A query for the passkeys of an account, the oldest first. */
export function passkeysOf(db: Database, accountId: number) {
  const { id, name, isBackedUp: isSynced, createdAt, lastUsedAt } = passkeys
  return db
    .select({ id, name, isSynced, createdAt, lastUsedAt })
    .from(passkeys)
    .where(eq(passkeys.accountId, accountId))
    .orderBy(asc(id))
}

/**
 * The passkeys of the signed-in account, in one trip.
 *
 * @throws NotSignedIn when the session has ended.
 */
export async function findPasskeys(ctx: InSession): Promise<Passkeys> {
  const { rows } = await ctx.db.execute<PasskeyRow>(sql`
    select
      session.may_change, session.must_have_one,
      passkeys.id, passkeys.name, is_backed_up, created_at, last_used_at
    from (${ownSession(ctx)}) session
    left join passkeys on passkeys.account_id = session.account_id
    order by passkeys.id`)
  const [first] = rows
  if (!first) throw new NotSignedIn()
  const found = rows.flatMap(({ id, ...row }) =>
    id === null
      ? []
      : [
          {
            id: Number(id),
            name: row.name,
            isSynced: row.is_backed_up,
            createdAt: new Date(row.created_at),
            lastUsedAt: new Date(row.last_used_at),
          },
        ],
  )
  return { passkeys: found, mayChange: first.may_change, mustHaveOne: first.must_have_one }
}

interface PasskeyRow extends Record<string, unknown> {
  may_change: boolean
  must_have_one: boolean
  id: string | null
  name: string
  is_backed_up: boolean
  created_at: string
  last_used_at: string
}
