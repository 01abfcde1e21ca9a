import { describe, expect, it } from 'vitest'
import { scopes } from '../../../drizzle/schema/api-keys.ts'
import {
  findApiKeys,
  type IssueApiKey,
  issueApiKey,
  revokeApiKey,
} from '../../../src/clinic/accounts/api-keys.ts'
import { findApiClient } from '../../../src/clinic/accounts/find-actor.ts'
import { hashKey } from '../../../src/clinic/accounts/hash-key.ts'
import { changeRole } from '../../../src/clinic/accounts/manage-accounts.ts'
import type { ClinicContext } from '../../../src/clinic/context.ts'
import { NoLongerSignedIn } from '../../../src/clinic/errors.ts'
import { openClinic } from '../../support/clinic.ts'
import { giveKey, openAccount } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const owner = await openAccount(sql, { role: 'admin' })
const soon = new Date('2031-01-01T00:00:00Z')
const operator = clinic.context({ actor: { kind: 'system' } })

/** The context of whoever has this key. */
async function holding(key: string): Promise<ClinicContext> {
  const actor = await findApiClient(operator.db, hashKey(key), new Date())
  if (!actor) throw new Error('The key lets nobody in.')
  return clinic.context({ actor })
}

const wish: IssueApiKey = {
  name: 'A portal',
  ownerId: owner,
  role: 'admin',
  scopes: ['accounts:manage'],
  expiresAt: soon,
}

async function issue(ctx: ClinicContext, more: Partial<IssueApiKey> = {}) {
  const issued = await issueApiKey(ctx, { ...wish, ...more })
  if (!issued.ok) throw new Error(JSON.stringify(issued.faults))
  return issued
}

async function securityEvents(kind: string, ids: number[]) {
  const { rows } = await sql.query(
    `select (details ->> 'api_key_id')::int as id, account_id::int, by_account_id::int, by_api_key_id::int
     from security_events where kind = $1 and (details ->> 'api_key_id')::int = any ($2) order by 1`,
    [kind, ids],
  )
  return rows
}

/** Which of these keys still let somebody in. */
async function live(ids: number[]): Promise<number[]> {
  const { rows } = await sql.query(
    'select id::int from api_keys where id = any ($1) and revoked_at is null order by id',
    [ids],
  )
  return rows.map(({ id }) => id)
}

describe('a key that issues a key', async () => {
  const issuer = await giveKey(sql, owner, {
    role: 'admin',
    scopes: ['accounts:manage', 'appointments:read'],
    expiresAt: soon,
  })

  it('may lend all that it has, and is named as the issuer', async () => {
    const ctx = await holding(issuer)
    const { apiKey } = await issue(ctx, { scopes: ['accounts:manage', 'appointments:read'] })
    const keyId = ctx.actor.kind === 'api_client' ? ctx.actor.keyId : 0
    const { apiKeys } = await findApiKeys(operator, { limit: 100 })
    expect(apiKeys.find(({ id }) => id === apiKey.id)).toMatchObject({
      issuedBy: owner,
      issuedByKeyId: keyId,
    })
    expect(await securityEvents('api_key.issued', [apiKey.id])).toEqual([
      { id: apiKey.id, account_id: owner, by_account_id: owner, by_api_key_id: keyId },
    ])
  })

  const stranger = await openAccount(sql)
  it.each([
    ['another scope', { scopes: ['accounts:manage', 'clinic:manage'] }, ['scopes']],
    ['every scope', { scopes: [...scopes] }, ['scopes']],
    ['a later expiry', { expiresAt: new Date(soon.getTime() + 1) }, ['expiresAt']],
    ['no expiry', { expiresAt: undefined }, ['expiresAt']],
    ['another owner', { ownerId: stranger, role: 'patient' }, ['ownerId', 'role']],
    ['an unknown owner', { ownerId: 999_999 }, ['ownerId']],
    [
      'all of these',
      { ownerId: stranger, scopes: [...scopes], expiresAt: undefined },
      ['ownerId', 'scopes', 'expiresAt'],
    ],
  ] as [string, Partial<IssueApiKey>, string[]][])('may not give it %s', async (_, more, fields) => {
    const { rows: before } = await sql.query('select count(*) from api_keys')
    const faults = Object.fromEntries(fields.map((field) => [field, 'beyond_issuer']))
    expect(await issueApiKey(await holding(issuer), { ...wish, ...more })).toEqual({
      ok: false,
      refusal: 'invalid',
      faults,
    })
    expect((await sql.query('select count(*) from api_keys')).rows).toEqual(before)
  })

  it('may give it any expiry when it has none itself', async () => {
    const lasting = await giveKey(sql, owner, { role: 'admin' })
    expect((await issue(await holding(lasting), { expiresAt: undefined })).apiKey.expiresAt).toBeNull()
  })
})

describe('revoking a key', () => {
  /** A key, the keys it issued, and a key that one of these issued. */
  async function family(ownerId = owner) {
    const first = await issue(clinic.context({ actor: { kind: 'admin', accountId: owner } }), { ownerId })
    const second = await issue(await holding(first.key), { ownerId })
    const third = await issue(await holding(second.key), { ownerId })
    const other = await issue(await holding(first.key), {
      ownerId,
      role: 'front_desk',
      scopes: ['accounts:manage'],
    })
    return { first, second, third, ids: [first, second, third, other].map(({ apiKey }) => apiKey.id) }
  }

  it('revokes those it issued and those that these issued, in one trip, each with its event', async () => {
    const { first, ids } = await family()
    clinic.takeHappenings()
    clinic.takeTrips()
    await revokeApiKey(operator, first.apiKey.id)
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(await live(ids)).toEqual([])
    expect((await securityEvents('api_key.revoked', ids)).map(({ id }) => id)).toEqual(
      [...ids].sort((a, b) => a - b),
    )
    expect(clinic.takeHappenings()).toHaveLength(4)
  })

  it('leaves the key that issued it, and its sisters', async () => {
    const { first, second, third, ids } = await family()
    await revokeApiKey(operator, second.apiKey.id)
    const gone = [second.apiKey.id, third.apiKey.id]
    expect(await live(ids)).toEqual(ids.filter((id) => !gone.includes(id)).sort((a, b) => a - b))
    await revokeApiKey(operator, first.apiKey.id)
    expect(await live(ids)).toEqual([])
    expect(await securityEvents('api_key.revoked', ids)).toHaveLength(4)
  })

  it('is also done by a new role of its owner', async () => {
    const account = await openAccount(sql, { role: 'admin' })
    const { ids } = await family(account)
    expect(await changeRole(operator, account, { role: 'patient' })).toMatchObject({ ok: true })
    expect(await live(ids)).toEqual([])
    const { rows } = await sql.query(
      "select details from security_events where kind = 'role.changed' and account_id = $1",
      [account],
    )
    expect(rows).toEqual([{ details: { from: 'admin', to: 'patient' } }])
  })

  it('ends what it may do at once', async () => {
    const { first, second } = await family()
    const ctx = await holding(second.key)
    await revokeApiKey(operator, first.apiKey.id)
    await expect(issueApiKey(ctx, wish)).rejects.toThrow(NoLongerSignedIn)
    await expect(findApiKeys(ctx, { limit: 1 })).rejects.toThrow(NoLongerSignedIn)
  })
})
