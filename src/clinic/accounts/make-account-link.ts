import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import type { ClinicContext } from '../context.ts'
import { closed, email } from '../shapes.ts'
import { toBase64Url } from '../sign.ts'
import { requireRight } from './guard.ts'
import { hashKey } from './hash-key.ts'

export const makeAccountLinkInput = closed({ email })

export const linkHours = 24

export interface AccountLink {
  /** 256 random bits, answered this once and kept only as a hash. */
  token: string
  accountId: number
  /** Whether the address had no account yet. */
  isNew: boolean
}

/**
 * Makes a link that lets the account of this address in once, within 24 hours, to set up a passkey; a new address becomes
 * an account. Links made before no longer work. One trip.
 *
 * @throws NotSignedIn, Forbidden: only the operator at the terminal may.
 */
export async function makeAccountLink(
  ctx: Pick<ClinicContext, 'db' | 'now' | 'actor'>,
  { email }: z.infer<typeof makeAccountLinkInput>,
): Promise<AccountLink> {
  requireRight(ctx.actor, 'make account links')
  const token = toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  const { rows } = await ctx.db.execute<{ account_id: string; is_new: boolean }>(sql`
    with
    account as (
      insert into accounts (email, created_at, updated_at)
      values (${email}, ${at}, ${at})
      on conflict (email) do update set email = excluded.email
      returning id, xmax = 0 as is_new
    ),
    replaced as (
      update account_links set used_at = ${at}
      where account_id = (select id from account) and used_at is null
    ),
    made as (
      insert into account_links (token_hash, account_id, expires_at)
      select ${hashKey(token)}, id, ${at} + make_interval(hours => ${linkHours}) from account
    )
    select id as account_id, is_new from account`)
  const [row] = rows
  if (!row) throw new Error('An account is found or made.')
  return { token, accountId: Number(row.account_id), isNew: row.is_new }
}
