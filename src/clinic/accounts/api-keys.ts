import { asc, gt, sql } from 'drizzle-orm'
import * as z from 'zod'
import { type Role, roles } from '../../../drizzle/schema/accounts.ts'
import { apiKeys, type Scope, scopes } from '../../../drizzle/schema/api-keys.ts'
import { acting, wantedKey } from '../composite.ts'
import { type ClinicContext, deedOf, personOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { KeyReused, readWithAuthority, sendIdempotently } from '../idempotency.ts'
import { pageOf } from '../page-of.ts'
import { closed, fault, id, moment, personName } from '../shapes.ts'
import { toBase64Url } from '../sign.ts'
import { type RaisedAlarm, raisedAlarms, tellAlarms } from './alarms.ts'
import { lockAuthority, requireRight } from './guard.ts'
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
  /** Null from a terminal, and for keys from before this was kept. */
  issuedBy: number | null
  /** The key that issued it, if a key did; revoking that one revokes this one. */
  issuedByKeyId: number | null
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
  issuedBy: apiKeys.issuedBy,
  issuedByKeyId: apiKeys.issuedByKeyId,
  lastUsedAt: apiKeys.lastUsedAt,
  expiresAt: apiKeys.expiresAt,
  revokedAt: apiKeys.revokedAt,
}

export type IssuedApiKey =
  | { ok: true; key: string; apiKey: ApiKey }
  | { ok: false; refusal: 'invalid'; faults: Partial<Record<Bounded, 'beyond_issuer'>> }

/** What the key of an issuing key may not exceed. */
type Bounded = 'ownerId' | 'role' | 'scopes' | 'expiresAt'
const bounded: Record<string, Bounded> = {
  owner_id: 'ownerId',
  role: 'role',
  scopes: 'scopes',
  expires_at: 'expiresAt',
}

/**
 * Makes a key of 256 random bits, in one trip. It is answered this once and kept only as a hash. A key never has more
 * rights than its owner: an owner lends their own role, and an admin also that of the front desk. A key that issues
 * another does so only for its own owner, within its own role, scopes and expiry.
 *
 * @throws NotFound when the owner is unknown, or may not lend that role; NotSignedIn, Forbidden.
 */
export async function issueApiKey(ctx: ClinicContext, input: IssueApiKey): Promise<IssuedApiKey> {
  requireRight(ctx.actor, 'manage accounts')
  const salt = toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
  const [key] = await keysOf(ctx, salt)
  const keyHash = hashKey(key)
  const rows = sql`
    select issued.id, issued.beyond, ${salt}::text as salt, ${keyHash}::text as key_hash
    from jsonb_to_record(issue_key(${wantedKey({ ...input, keyHash })}, ${acting(ctx)}))
      as issued (id bigint, beyond jsonb)`
  const [[row], alarms = []] = await sendIdempotently<[IssuedRow, RaisedAlarm]>(
    ctx,
    [{ rows }, { rows: raisedAlarms(ctx) }],
    lockAuthority,
  )
  tellAlarms(ctx, alarms)
  if (row?.beyond?.length) return { ok: false, refusal: 'invalid', faults: faultsOf(row.beyond) }
  if (!row?.id) throw new NotFound('account')
  const apiKey: ApiKey = {
    ...input,
    id: Number(row.id),
    issuedBy: personOf(ctx.actor)?.accountId ?? null,
    issuedByKeyId: ctx.actor.kind === 'api_client' ? ctx.actor.keyId : null,
    expiresAt: input.expiresAt ?? null,
    lastUsedAt: null,
    revokedAt: null,
  }
  ctx.tell({ kind: 'api_key.issued', apiKeyId: apiKey.id, accountId: input.ownerId, ...deedOf(ctx) })
  const keys = await keysOf(ctx, row.salt)
  // The previous release kept no hash.
  const made = row.key_hash ? keys.find((key) => hashKey(key) === row.key_hash) : keys[0]
  // Its secret has been taken away since, so the key cannot be shown again.
  if (!made) throw new KeyReused()
  return { ok: true, key: made, apiKey }
}

/** `beyond` names columns. The previous release kept answers without it, without the hash and without alarms. */
type IssuedRow = { id: string | null; beyond?: string[]; salt: string; key_hash?: string }

/**
 * The keys that this salt may have become: one for each of our secrets. The same request again must answer the same key,
 * which is kept nowhere.
 */
async function keysOf({ idempotency, secrets }: ClinicContext, salt: string): Promise<[string, ...string[]]> {
  if (!idempotency) return [`alo_${salt}`]
  const [now, ...before] = await secrets.signWithEach(`API key ${salt}`)
  return [`alo_${now}`, ...before.map((made) => `alo_${made}`)]
}

function faultsOf(beyond: string[]) {
  const faults: Partial<Record<Bounded, 'beyond_issuer'>> = {}
  for (const column of beyond) faults[bounded[column] as Bounded] = 'beyond_issuer'
  return faults
}

/** A page of keys, oldest first, in one trip; of the key itself nothing can be shown. `after` is the last id before. */
export async function findApiKeys(
  ctx: ClinicContext,
  { limit, after = 0 }: { limit: number; after?: number | undefined },
): Promise<{ apiKeys: ApiKey[]; next: number | null }> {
  requireRight(ctx.actor, 'manage accounts')
  const found = ctx.db
    .select(shown)
    .from(apiKeys)
    .where(gt(apiKeys.id, after))
    .orderBy(asc(apiKeys.id))
    .limit(limit + 1)
  const { page, last } = pageOf(await readWithAuthority(ctx, found), limit)
  return { apiKeys: page, next: last?.id ?? null }
}

/**
 * Ends a key for good, and every key that it issued, and those that these issued; again is the same. Writes with it are
 * refused at once. Reads may still be answered for a minute where it was just used.
 *
 * @throws NotFound when there is no such key.
 */
export async function revokeApiKey(ctx: ClinicContext, id: number): Promise<void> {
  requireRight(ctx.actor, 'manage accounts')
  const rows = sql`
    select id, to_jsonb(revoke_keys(array[id], ${acting(ctx)})) as revoked
    from api_keys where id = ${id}::bigint`
  const [[row]] = await sendIdempotently<[RevokedRow]>(ctx, [{ rows }], lockAuthority)
  if (!row) throw new NotFound('API key')
  for (const apiKeyId of row.revoked ?? []) ctx.tell({ kind: 'api_key.revoked', apiKeyId, ...deedOf(ctx) })
}

/** The previous release kept answers that did not say which keys were revoked. */
type RevokedRow = { id: string; revoked?: number[] }
