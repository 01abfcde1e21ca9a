import { beforeAll, expect, it } from 'vitest'
import { openClinic } from '../support/clinic.ts'
import { openAdmin } from '../support/people.ts'

const { origin, sql } = await openClinic()
let key: string

beforeAll(async () => {
  key = await openAdmin(sql)
})

async function ask(method: 'GET' | 'PATCH', body?: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${origin}/api/v1/settings`, {
    method,
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...headers },
    body: body ? JSON.stringify(body) : null,
  })
  const text = await response.text()
  return {
    status: response.status,
    tag: response.headers.get('ETag') ?? '',
    body: text ? JSON.parse(text) : null,
  }
}

it('changes only the version that the client has read', async () => {
  const { tag, body } = await ask('GET')
  expect(body.settings).toMatchObject({ most_open_appointments: 4, staff_need_passkeys: false })
  expect((await ask('GET', undefined, { 'If-None-Match': tag })).status).toBe(304)

  const wish = { settings: { most_open_appointments: 5 } }
  expect(await ask('PATCH', wish)).toMatchObject({ status: 428, body: { code: 'precondition_required' } })
  const changed = await ask('PATCH', wish, { 'If-Match': tag })
  expect(changed).toMatchObject({ status: 200, body: { settings: { ...body.settings, ...wish.settings } } })
  expect(await ask('PATCH', wish, { 'If-Match': tag })).toMatchObject({
    status: 412,
    body: { code: 'stale' },
  })
  expect((await ask('GET')).tag).toBe(changed.tag)
  expect((await ask('PATCH', wish, { 'If-Match': '*' })).status).toBe(200)
})

it.each([
  [{ most_open_appointments: 0 }, '/settings/most_open_appointments', 'must be a whole number of at least 1'],
  [{ most_holds: 101 }, '/settings/most_holds', 'must be a whole number of at most 100'],
  [{ most_dependants: -1 }, '/settings/most_dependants', 'must be a whole number of at least 0'],
  [{ staff_need_passkeys: 'yes' }, '/settings/staff_need_passkeys', 'must be one of the documented values'],
  [{ version: 3 }, '/settings/version', expect.stringContaining('is not recognised')],
])('refuses %j', async (settings, pointer, detail) => {
  const { status, body } = await ask('PATCH', { settings }, { 'If-Match': '*' })
  expect([status, body.errors]).toEqual([422, [{ pointer, detail }]])
})
