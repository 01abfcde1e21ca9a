import { asc, gt, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Role, roles } from '../../../drizzle/schema/accounts.ts'
import { apiKeys, type Scope, scopes } from '../../../drizzle/schema/api-keys.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { KeyReused, sendIdempotently } from '../idempotency.ts'
import { pageOf } from '../page-of.ts'
import { closed, fault, id, moment, personName } from '../shapes.ts'
import { toBase64Url } from '../sign.ts'
import { requireRight } from './guard.ts'
import { hashKey } from './hash-key.ts'

export const issueApiKeyInput = closed({
  name: personName,
  ownerId: id,
  role: z.enum(roles, { error: fault('not_a_choice') }),
  scopes: z
    .array(z.enum(scopes, { error: fault('not_a_choice') }), { error: fault('not_a_choice') })
    .min(1, { error: fault('missing') }),
  expiresAt: moment.optional(),
})

export type IssueApiKey = z.infer<typeof issueApiKeyInput>

export interface ApiKey {
  id: number
  name: string
  ownerId: number
  role: Role
  scopes: Scope[]
  lastUsedAt: Date | null
  expiresAt: Date | null
  revokedAt: Date | null
}

const shown = {
  id: apiKeys.id,
  name: apiKeys.name,
  ownerId: apiKeys.ownerId,
  role: apiKeys.role,
  scopes: apiKeys.scopes,
  lastUsedAt: apiKeys.lastUsedAt,
  expiresAt: apiKeys.expiresAt,
  revokedAt: apiKeys.revokedAt,
}

/**
 * Makes a key of 256 random bits, in one trip. It is answered this once and kept only as a hash. A key never
 * has more rights than its owner: an owner lends their own role, and an admin also that of the front desk.
 *
 * @throws NotFound when the owner is unknown, or may not lend that role; NotSignedIn, Forbidden.
 */
export async function issueApiKey(ctx: ClinicContext, input: IssueApiKey) {
  requireRight(ctx.actor, 'manage accounts')
  const { name, ownerId, role, expiresAt } = input
  const salt = toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
  const [key] = await keysOf(ctx, salt)
  const keyHash = hashKey(key)
  const doing = sql`issued as (
    insert into api_keys (name, key_hash, owner_id, role, scopes, expires_at)
    select
      ${name}, ${keyHash}, id, ${role},
      array(select jsonb_array_elements_text(${JSON.stringify(input.scopes)}::jsonb)),
      ${expiresAt?.toISOString() ?? null}::timestamptz
    from accounts
    where id = ${ownerId}::bigint
    and (role = ${role} or (role = 'admin' and ${role} = 'front_desk'))
    returning id
  )`
  const rows = sql`select id, ${salt}::text as salt, ${keyHash}::text as key_hash from issued`
  const [[row]] = await sendIdempotently<[{ id: string; salt: string; key_hash?: string }]>(ctx, [
    { doing, rows },
  ])
  if (!row) throw new NotFound('account')
  const apiKey: ApiKey = {
    ...input,
    id: Number(row.id),
    expiresAt: expiresAt ?? null,
    lastUsedAt: null,
    revokedAt: null,
  }
  ctx.tell({ kind: 'api_key.issued', apiKeyId: apiKey.id, accountId: ownerId, ...deedOf(ctx) })
  const keys = await keysOf(ctx, row.salt)
  // The previous release kept no hash.
  const made = row.key_hash ? keys.find((key) => hashKey(key) === row.key_hash) : keys[0]
  // Its secret has been taken away since, so nobody can say the key again.
  if (!made) throw new KeyReused()
  return { key: made, apiKey }
}

/**
 * The keys that this salt may have become: one for each of our secrets. The same request again must answer the same key,
 * which is kept nowhere.
 */
async function keysOf({ idempotency, secrets }: ClinicContext, salt: string): Promise<[string, ...string[]]> {
  if (!idempotency) return [`alo_${salt}`]
  const [now, ...before] = await secrets.signWithEach(`API key ${salt}`)
  return [`alo_${now}`, ...before.map((made) => `alo_${made}`)]
}

/** A page of keys, oldest first, in one trip; of the key itself nothing can be shown. `after` is the last id before. */
export async function findApiKeys(
  { db, actor }: ClinicContext,
  { limit, after = 0 }: { limit: number; after?: number | undefined },
): Promise<{ apiKeys: ApiKey[]; next: number | null }> {
  requireRight(actor, 'manage accounts')
  const found = await db
    .select(shown)
    .from(apiKeys)
    .where(gt(apiKeys.id, after))
    .orderBy(asc(apiKeys.id))
    .limit(limit + 1)
  const { page, last } = pageOf(found, limit)
  return { apiKeys: page, next: last?.id ?? null }
}

/**
 * Ends a key for good; again is the same. It may still be believed for a minute where it was just used.
 *
 * @throws NotFound when there is no such key.
 */
export async function revokeApiKey(ctx: ClinicContext, id: number): Promise<void> {
  requireRight(ctx.actor, 'manage accounts')
  const [[known]] = await sendIdempotently<[{ id: string; is_changed: boolean | null }]>(ctx, [
    sql`
      update api_keys set revoked_at = ${ctx.now.toISOString()}::timestamptz
      where id = ${id}::bigint and revoked_at is null`,
    {
      rows: sql`
        select id, xmin = pg_current_xact_id_if_assigned()::xid as is_changed
        from api_keys where id = ${id}::bigint`,
    },
  ])
  if (!known) throw new NotFound('API key')
  if (known.is_changed) ctx.tell({ kind: 'api_key.revoked', apiKeyId: id, ...deedOf(ctx) })
}
