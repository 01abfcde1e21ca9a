import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openClinic } from '../support/clinic.ts'
import { giveKey, hireDoctor, openAccount, registerPatient } from '../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
let [account, other, admin] = [0, 0, 0]
let desk: string

beforeAll(async () => {
  account = await openAccount(sql, { role: 'front_desk' })
  other = await openAccount(sql, { role: 'front_desk' })
  admin = await openAccount(sql, { role: 'admin' })
  desk = await giveKey(sql, account, { role: 'front_desk' })
})

let asked: { appointment: Record<string, unknown> }
beforeEach(async () => {
  const [doctor_id, patient_id] = [await hireDoctor(sql), await registerPatient(sql)]
  const times = { start_at: '2030-01-07T02:00:00Z', end_at: '2030-01-07T02:30:00Z' }
  asked = { appointment: { doctor_id, patient_id, ...times } }
})

/** Sent by the front desk unless `headers` has another API key. */
async function send(path: string, body: unknown, headers: Record<string, string> = {}, method = 'POST') {
  const response = await fetch(`${clinic.origin}/api/v1/${path}`, {
    method,
    headers: { Authorization: `Bearer ${desk}`, 'Content-Type': 'application/json', ...headers },
    body: method === 'GET' ? null : typeof body === 'string' ? body : JSON.stringify(body),
  })
  const [etag, location, retryAfter] = ['ETag', 'Location', 'Retry-After'].map((name) =>
    response.headers.get(name),
  )
  return { status: response.status, etag, location, retryAfter, body: await response.text() }
}
const withKey = (key: string) => ({ 'Idempotency-Key': key })
const book = (key: string, headers = {}) => send('appointments', asked, { ...withKey(key), ...headers })
const register = (name: string, headers = {}) => send('patients', { patient: { name } }, headers)

const saying = (status: number, code: string) => ({
  status,
  body: expect.stringContaining(`"code":"${code}"`),
})
const count = async (of: string, values: unknown[] = []): Promise<number> =>
  (await sql.query(`select count(*)::int as many from ${of}`, values)).rows[0].many
const booked = () => count('appointments where doctor_id = $1', [asked.appointment.doctor_id])
const claims = (key: string) => count('idempotency_keys where key = $1', [key])
const named = (name: string) => count('patients where name = $1', [name])

describe('a booking sent again with its key', () => {
  it('gets the first answer in two trips, although it has since been cancelled', async () => {
    await register('Patient Known')
    clinic.takeTrips()
    const first = await book('"booking"')
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(first).toMatchObject({ status: 201, etag: '"1"', location: expect.stringMatching(/\/\d+$/) })
    const cancellation = { cancellation: { reason: 'Snow' } }
    const address = `${first.location?.slice('/api/v1/'.length)}/cancellation`
    expect(await send(address, cancellation)).toMatchObject({ status: 200, etag: '"2"' })
    clinic.takeTrips()
    expect(await book('"booking"')).toEqual(first)
    expect(clinic.takeTrips()).toHaveLength(2)
    expect(await booked()).toBe(1)
  })

  it('gets the first refusal, although the time is free by now', async () => {
    const patient_id = await registerPatient(sql)
    await send('appointments', { appointment: { ...asked.appointment, patient_id } })
    const first = await book('"refused"')
    expect(first).toMatchObject(saying(409, 'slot_taken'))
    await sql.query(`update appointments set status = 'cancelled' where patient_id = $1`, [patient_id])
    expect(await book('"refused"')).toEqual(first)
    expect(await book('"another"')).toMatchObject({ status: 201 })
  })

  it('is asked to retry while the first is running', async () => {
    const holder = await sql.connect()
    await holder.query('begin')
    await holder.query(
      `insert into idempotency_keys (account_id, key, fingerprint, claimed_at) values ($1, 'slow', '', now())`,
      [account],
    )
    const early = await book('"slow"')
    await holder.query('rollback')
    holder.release()
    expect(early).toMatchObject({ ...saying(409, 'still_running'), retryAfter: '1' })
    expect(await booked()).toBe(0)
    expect(await book('"slow"')).toMatchObject({ status: 201 })
  })
})

describe('a key', () => {
  it('is the same with and without quotes, but not in another case', async () => {
    const first = await register('Patient Quoted', withKey('"8e03978e-40d5"'))
    expect(first).toMatchObject({ status: 201 })
    expect(await register('Patient Quoted', withKey('8e03978e-40d5'))).toEqual(first)
    expect(await register('Patient Quoted', withKey('8E03978e-40d5'))).not.toEqual(first)
    expect(await named('Patient Quoted')).toBe(2)
  })

  it.each(['"a b, c;"', `"${'x'.repeat(255)}"`, 'x'.repeat(255), '~!#$%&()*+-./:<=>?@[]^_`{|}'])(
    'may be %s',
    async (written) => {
      expect(await register('Patient Written', withKey(written))).toMatchObject({ status: 201 })
      expect(await claims(written.replaceAll('"', ''))).toBe(1)
    },
  )

  it.each([
    ...['', '""', '"a', 'a"', 'a b', 'a, b', '"a", "b"', 'a;b=1', '"a";b', 'a\\b', "'a\tb'", 'caf\u00e9'],
    ...['x'.repeat(256), `"${'x'.repeat(256)}"`],
  ])('cannot be %j: that is 400 and changes nothing', async (written) => {
    clinic.takeTrips()
    expect(await register('Patient Malformed', withKey(written))).toMatchObject(saying(400, 'malformed_key'))
    expect(clinic.takeTrips()).toEqual([])
    expect(await named('Patient Malformed')).toBe(0)
  })

  it('is refused with another body, address or If-Match', async () => {
    const { location } = await book('"one"')
    const path = `${location?.slice('/api/v1/'.length)}/cancellation`
    const cancel = (to: string, headers = {}, reason = 'Snow') =>
      send(to, { cancellation: { reason } }, { ...withKey('"two"'), ...headers })
    const reused = saying(422, 'key_reused')
    const first = await cancel(path, { 'If-Match': '"1"' })
    expect(first).toMatchObject({ status: 200, etag: '"2"' })
    expect(await cancel(path)).toMatchObject(reused)
    expect(await cancel(path, { 'If-Match': '"2"' })).toMatchObject(reused)
    expect(await cancel(path, { 'If-Match': '"1"' }, 'Ice')).toMatchObject(reused)
    expect(await cancel(`${path}?`, { 'If-Match': '"1"' })).toEqual(first)
    expect(await cancel(`${path}?again`, { 'If-Match': '"1"' })).toMatchObject(reused)
    expect(await cancel('appointments/999999/cancellation', { 'If-Match': '"1"' })).toMatchObject(reused)
    expect(await send('patients', { patient: { name: 'Patient Two' } }, withKey('"two"'))).toMatchObject(
      reused,
    )
    expect(await named('Patient Two')).toBe(0)
    expect(await cancel(path, { 'If-Match': '"1"' })).toEqual(first)
  })

  it('belongs to its account, whichever API key sends it', async () => {
    const bearer = async (owner: number) => ({
      ...withKey('"shared"'),
      Authorization: `Bearer ${await giveKey(sql, owner, { role: 'front_desk' })}`,
    })
    const first = await register('Patient Shared', await bearer(account))
    expect(await register('Patient Shared', await bearer(account))).toEqual(first)
    expect(await named('Patient Shared')).toBe(1)
    const others = await register('Patient Shared', await bearer(other))
    expect(others).toMatchObject({ status: 201 })
    expect(others).not.toEqual(first)
    expect(await register('Patient Shared', await bearer(other))).toEqual(others)
    expect(await register('Patient Shared', await bearer(account))).toEqual(first)
    expect(await named('Patient Shared')).toBe(2)
  })

  it('is ignored when reading', async () => {
    const read = (key: string) => send('appointments', null, withKey(key), 'GET')
    for (const key of ['"reading"', 'not a key', '"one"'])
      expect(await read(key)).toMatchObject({ status: 200 })
    expect(await claims('reading')).toBe(0)
  })
})

describe('a key stays unused after', () => {
  const used: Record<string, [number, () => ReturnType<typeof send>]> = {
    'a wrong field': [422, () => send('appointments', { appointment: {} }, withKey('"unused"'))],
    'a body that is not JSON': [400, () => send('appointments', '{', withKey('"unused"'))],
    'a body of another type': [415, () => book('"unused"', { 'Content-Type': 'text/plain' })],
    'too large a body': [413, () => send('appointments', ' '.repeat(20_000), withKey('"unused"'))],
    'an unknown API key': [401, () => book('"unused"', { Authorization: 'Bearer unknown' })],
    'a call the front desk may not make': [
      403,
      () => send('locations', { location: { name: 'There', time_zone: 'UTC' } }, withKey('"unused"')),
    ],
    'an unknown address': [404, () => send('appointments/x/arrival', {}, withKey('"unused"'))],
    'an unknown noun': [404, () => send('nothing', {}, withKey('"unused"'))],
    'an unknown method': [405, () => send('appointments', {}, withKey('"unused"'), 'DELETE')],
    'a move without If-Match': [428, () => send('appointments/1', asked, withKey('"unused"'), 'PATCH')],
  }

  it.each(Object.entries(used))('%s', async (_, [status, ask]) => {
    expect(await ask()).toMatchObject({ status })
    expect(await claims('unused')).toBe(0)
    expect(await book('"unused"')).toMatchObject({ status: 201 })
    await sql.query(`delete from idempotency_keys where key = 'unused'`)
  })
})

it('an API key issued with an idempotency key is shown again but not stored', async () => {
  const bearer = `Bearer ${await giveKey(sql, admin, { role: 'admin' })}`
  const wish = { name: 'Of a system', owner_id: admin, role: 'front_desk', scopes: ['appointments:read'] }
  const make = (key: string) =>
    send('api-keys', { api_key: wish }, { ...withKey(key), Authorization: bearer })
  const first = await make('"secret"')
  const { key } = JSON.parse(first.body).api_key
  expect(await make('"secret"')).toEqual(first)
  expect(await count(`api_keys where name = 'Of a system'`)).toBe(1)
  expect(await send('appointments', null, { Authorization: `Bearer ${key}` }, 'GET')).toMatchObject({
    status: 200,
  })
  const { rows } = await sql.query(
    `select query_to_xml('select * from idempotency_keys', true, true, '') as kept`,
  )
  expect(rows[0].kept).toContain('secret')
  expect(rows[0].kept).not.toContain(key.replace('alo_', ''))
  expect(JSON.parse((await make('"other"')).body).api_key.key).not.toBe(key)
})
