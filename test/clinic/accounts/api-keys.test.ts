import { beforeAll, describe, expect, it } from 'vitest'
import {
  findApiKeys,
  type IssueApiKey,
  issueApiKey,
  revokeApiKey,
} from '../../../src/clinic/accounts/api-keys.ts'
import { findApiClient } from '../../../src/clinic/accounts/find-actor.ts'
import { hashKey } from '../../../src/clinic/accounts/hash-key.ts'
import type { ClinicContext } from '../../../src/clinic/context.ts'
import { NotFound } from '../../../src/clinic/errors.ts'
import { secretsOf } from '../../../src/clinic/sign.ts'
import { openClinic } from '../../support/clinic.ts'
import { openAccount, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
let asAdmin: ClinicContext
let desk: number

beforeAll(async () => {
  const accountId = await openAccount(clinic.sql, { role: 'admin' })
  desk = await openAccount(clinic.sql, { role: 'front_desk' })
  asAdmin = clinic.context({ actor: { kind: 'admin', accountId } })
})

const wish = () => ({
  name: 'Insurance portal',
  ownerId: desk,
  role: 'front_desk' as const,
  scopes: ['appointments:read' as const],
})
async function issue(ctx: ClinicContext, input: IssueApiKey) {
  const issued = await issueApiKey(ctx, input)
  if (!issued.ok) throw new Error(JSON.stringify(issued.faults))
  return issued
}
const findOwner = async (key: string, now = new Date()) => findApiClient(asAdmin.db, hashKey(key), now)

describe('an API key', () => {
  it('is shown once and never stored', async () => {
    clinic.takeTrips()
    const { key } = await issue(asAdmin, wish())
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(key).toMatch(/^alo_[\w-]{43}$/)
    const { rows } = await clinic.sql.query('select * from api_keys')
    expect(JSON.stringify(rows)).not.toContain(key)
    expect(JSON.stringify(await findApiKeys(asAdmin, { limit: 100 }))).not.toContain(key)
  })

  it('can be issued in a terminal without our secret', async () => {
    const operator: ClinicContext = { ...asAdmin, actor: { kind: 'system' }, secrets: secretsOf('') }
    const keys = [await issue(operator, wish()), await issue(operator, wish())]
    expect(new Set(keys.map(({ key }) => key)).size).toBe(2)
    expect(await findOwner(keys[0]?.key ?? '')).toMatchObject({ actsFor: { kind: 'front_desk' } })
  })

  it('acts as its owner within its scopes, and records its last use', async () => {
    const { key, apiKey } = await issue(asAdmin, wish())
    const now = new Date('2026-11-22T12:00:00Z')
    expect(await findOwner(key, now)).toEqual({
      kind: 'api_client',
      keyId: apiKey.id,
      scopes: ['appointments:read'],
      actsFor: { kind: 'front_desk', accountId: desk, locationIds: null },
    })
    expect(
      (await findApiKeys(asAdmin, { limit: 100 })).apiKeys.find(({ id }) => id === apiKey.id)?.lastUsedAt,
    ).toEqual(now)
  })

  it("of a patient acts for the account's patients, their own first", async () => {
    const [child, self] = [
      await registerPatient(clinic.sql, 'Child'),
      await registerPatient(clinic.sql, 'Self'),
    ]
    const ownerId = await openAccount(clinic.sql, { patientIds: [self, child] })
    const { key } = await issue(asAdmin, { ...wish(), ownerId, role: 'patient' })
    expect(await findOwner(key)).toMatchObject({ actsFor: { kind: 'patient', patientIds: [self, child] } })
  })

  it('expires on its date', async () => {
    const { key } = await issue(asAdmin, { ...wish(), expiresAt: new Date('2027-01-01T00:00:00Z') })
    expect(await findOwner(key, new Date('2026-12-31T23:59:59Z'))).not.toBeNull()
    expect(await findOwner(key, new Date('2027-01-01T00:00:00Z'))).toBeNull()
  })

  it('ends when revoked, and can be revoked again', async () => {
    const { key, apiKey } = await issue(asAdmin, wish())
    await revokeApiKey(asAdmin, apiKey.id)
    await revokeApiKey(asAdmin, apiKey.id)
    expect(await findOwner(key)).toBeNull()
    await expect(revokeApiKey(asAdmin, 999_999)).rejects.toEqual(new NotFound('API key'))
  })

  it('never has more rights than its owner', async () => {
    const patient = await openAccount(clinic.sql)
    const issuing = issue(asAdmin, { ...wish(), ownerId: patient, role: 'admin' })
    await expect(issuing).rejects.toEqual(new NotFound('account'))
  })
})
