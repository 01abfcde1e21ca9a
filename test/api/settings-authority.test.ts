import { beforeAll, describe, expect, it } from 'vitest'
import { scopes } from '../../drizzle/schema/api-keys.ts'
import { operations } from '../../src/api/description/registry.ts'
import { sampleCall } from '../../src/api/description/sample.ts'
import { rights } from '../../src/clinic/accounts/guard.ts'
import { openClinic } from '../support/clinic.ts'
import { giveKey, hireDoctor, openAccount } from '../support/people.ts'
import { openSampleClinic } from '../support/sample-clinic.ts'

// Every operation that changes what admins manage, as the API's description has it, by everyone who may not.

const clinic = await openClinic()
const { sql, origin } = clinic
const sample = openSampleClinic(clinic)

const managing = operations.flatMap((operation) => {
  const { method, right } = operation
  if (method === 'GET' || !right) return []
  const { scope, kinds } = rights[right]
  const isOfAdmins = (scope === 'clinic:manage' || scope === 'accounts:manage') && hasKind(kinds, 'admin')
  return isOfAdmins ? [{ operation, scope, kinds }] : []
})

function hasKind(kinds: readonly string[], kind: string) {
  return kinds.includes(kind)
}

/** A key of each role with every scope, and keys of an admin that lack one. */
const keys: Record<string, string> = {}

beforeAll(async () => {
  const admin = await openAccount(sql, { role: 'admin' })
  const people = {
    patient: await openAccount(sql, { role: 'patient' }),
    front_desk: await openAccount(sql, { role: 'front_desk' }),
    doctor: await openAccount(sql, { role: 'doctor', doctorId: await hireDoctor(sql) }),
  }
  for (const [role, account] of Object.entries(people))
    keys[role] = await giveKey(sql, account, { role: role as keyof typeof people, scopes: [...scopes] })
  keys.admin = await giveKey(sql, admin, { role: 'admin', scopes: [...scopes] })
  for (const missing of ['clinic:manage', 'accounts:manage'] as const)
    keys[missing] = await giveKey(sql, admin, {
      role: 'admin',
      scopes: scopes.filter((scope) => scope !== missing),
    })
})

/** All rows, without what every request with a key leaves. */
async function everything(): Promise<Record<string, string>> {
  const { rows } = await sql.query(`
    select tablename, query_to_xml(
      format($$select md5(string_agg(row, ' ' order by row)) from (select (to_jsonb(t) - 'last_used_at')::text as row from %I t) rows$$, tablename),
      true, true, ''
    )::text as content
    from pg_tables
    where schemaname = 'public' and tablename not in ('idempotency_keys', 'appointment_failures')`)
  return Object.fromEntries(rows.map(({ tablename, content }) => [tablename, content]))
}

it('covers every kind of thing that admins manage', () => {
  const nouns = managing.map(({ operation }) => operation.address.split('/')[1])
  expect([...new Set(nouns)].sort()).toEqual(
    [
      ...['accounts', 'api-keys', 'doctors', 'locations', 'patients', 'resources', 'settings'],
      ...['travel-times', 'visit-types'],
    ].sort(),
  )
})

it('no change is open to those who are not signed in, except of what is theirs', () => {
  const open = operations.filter(({ method, right }) => method !== 'GET' && !right)
  expect(open.map(({ operationId }) => operationId)).toEqual([])
})

describe.each(managing.map((one) => [one.operation.operationId, one] as const))('%s', (_, one) => {
  const { operation, scope, kinds } = one

  it('is refused to everyone without the right, and changes nothing', async () => {
    const { method, path, headers, body } = await sampleCall(operation, sample)
    const before = await everything()
    const send = async (key?: string) => {
      const authorization = key ? { Authorization: `Bearer ${key}` } : undefined
      return (await fetch(origin + path, { method, headers: { ...headers, ...authorization }, body })).status
    }
    expect(await send()).toBe(401)
    const strangers = ['patient', 'front_desk', 'doctor'].filter((role) => !hasKind(kinds, role))
    expect(strangers).toContain('patient')
    for (const who of [...strangers, scope]) expect([who, await send(keys[who])]).toEqual([who, 403])
    expect(await everything()).toEqual(before)
  })

  it.runIf(isVersioned(operation))('is refused to an admin who saw another version', async () => {
    const { method, path, headers, body } = await sampleCall(operation, sample)
    const before = await everything()
    const authorization = `Bearer ${keys.admin}`
    const send = async (version: string) => {
      const conditional = { ...headers, Authorization: authorization, 'If-Match': version }
      const response = await fetch(origin + path, { method, headers: conditional, body })
      return [response.status, ((await response.json()) as { code: string }).code]
    }
    for (const version of ['"999"', '"999-0123abcd"', '"another"'])
      expect(await send(version)).toEqual([412, 'stale'])
    const unconditional = { 'Content-Type': 'application/json', Authorization: authorization }
    const careless = await fetch(origin + path, { method, headers: unconditional, body })
    expect(careless.status).toBe(428)
    expect(await everything()).toEqual(before)
  })
})

/** A legal hold is set or not: nothing of it can be lost. */
function isVersioned({ method, operationId }: (typeof operations)[number]) {
  return (method === 'PATCH' || method === 'PUT') && operationId !== 'placeLegalHold'
}
