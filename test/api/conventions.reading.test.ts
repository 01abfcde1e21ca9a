import { describe, expect, it } from 'vitest'
import { problems } from '../../src/api/problem.ts'
import { openAddresses } from '../support/addresses.ts'
import { openClinic } from '../support/clinic.ts'

// What docs/api.md promises about reading.

const clinic = await openClinic()
const { origin } = clinic
const {
  key,
  call,
  doctor,
  location,
  appointment,
  ask,
  get,
  addresses,
  readable,
  ofData,
  samples,
  withQuery,
  codeOf,
} = await openAddresses(clinic)

describe('times', async () => {
  const away = { start_local: '2030-12-24T12:00', end_local: '2030-12-27T00:00' }
  await call('POST', `/doctors/${doctor}/time-off`, { time_off: away })
  await call('POST', `/locations/${location.id}/closures`, { closure: away })
  const room = samples.find(({ operation }) => operation.operationId === 'listResourceAbsences')?.path ?? ''
  await call('POST', room.replace('/api/v1', ''), { absence: away })

  const shownBy = async (path: string) => objectsIn(await (await get(withQuery(path), key)).json())
  const withTimes = samples.filter(
    ({ method, operation }) =>
      method === 'GET' && JSON.stringify(operation.answer.example).includes('"start_local"'),
  )

  it('are in the answers of some operations', () => expect(withTimes.length).toBeGreaterThanOrEqual(7))

  it.each(withTimes.map(({ path }) => path))(
    'in %s are instants, wall-clock times and a zone',
    async (path) => {
      const happening = (await shownBy(path)).filter((one) => 'time_zone' in one)
      expect(happening.length).toBeGreaterThan(0)
      for (const { start_at, end_at, start_local, end_local, time_zone } of happening) {
        const hours = time_zone === 'Asia/Jakarta' ? '+07:00' : 'another zone'
        // Messages name appointments by their start only.
        const pairs = [
          [start_local, start_at],
          [end_local, end_at],
        ].filter(([local]) => local !== undefined)
        for (const [local, at] of pairs) expect(new Date(`${local}${hours}`).toJSON()).toBe(at)
      }
    },
  )

  it.each(ofData)('in %s that end in _at are instants', async (path) => {
    for (const one of await shownBy(path))
      for (const [name, value] of Object.entries(one)) {
        // These are wall-clock times of a weekday.
        const isClock = ['opens_at', 'closes_at'].includes(name)
        if (!name.endsWith('_at') || typeof value !== 'string' || isClock) continue
        expect(value).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z$/)
      }
  })
})

/** Every object in a document, at any depth; none in the API description, which has examples. */
function objectsIn(document: unknown): Record<string, unknown>[] {
  if (typeof document !== 'object' || document === null || 'openapi' in document) return []
  const inside = Object.values(document).flatMap(objectsIn)
  return Array.isArray(document) ? inside : [document as Record<string, unknown>, ...inside]
}

describe('a conditional read', () => {
  const reads = samples.filter(({ operation }) => operation.method === 'GET')
  const named = (isTagged: boolean) =>
    reads
      .filter(({ operation }) => (operation.isTagged ?? false) === isTagged)
      .map(({ operation, path }) => [operation.operationId, operation, path] as const)

  it('is offered for some operations', () => expect(named(true).length).toBeGreaterThanOrEqual(7))

  it.each(named(true))('of %s is 304 while nothing changed', async (_, { answer }, path) => {
    // An ETag of its own is the version, with a digest of all that is shown.
    const pattern = answer.headers?.includes('ETag') ? /^"\d+-[0-9a-f]{8}"$/ : /^W\/"\w+"$/
    const tag = (await get(path, key)).headers.get('ETag') ?? ''
    expect(tag).toMatch(pattern)
    for (const known of [tag, `"another", ${tag}`, `W/${tag.replace('W/', '')}`]) {
      const again = await get(path, { ...key, 'If-None-Match': known })
      expect([again.status, again.headers.get('ETag'), await again.text()]).toEqual([304, tag, ''])
      expect(again.headers.get('X-Request-Id')).toBeTruthy()
      expect(again.headers.get('RateLimit-Policy')).toBe('"read";q=300;w=60')
    }
    expect((await get(path, { ...key, 'If-None-Match': '"another"' })).status).toBe(200)
  })

  it('is 200 after a change', async () => {
    const path = `/api/v1/doctors/${doctor}`
    const tag = (await get(path)).headers.get('ETag') ?? ''
    await call('PATCH', `/doctors/${doctor}`, { doctor: { name: 'Dr. Strange the Second' } })
    expect((await get(path, { 'If-None-Match': tag })).status).toBe(200)
  })

  it('still needs a key', async () => {
    const path = `/api/v1/appointments/${appointment.id}`
    expect((await get(path, { 'If-None-Match': '*' })).status).toBe(401)
  })

  it.each(named(false))('is not offered for %s', async (_, __, path) => {
    const response = await get(path, key)
    expect([response.status, response.headers.has('ETag')]).toEqual([200, false])
  })
})

it('If-Match takes a version that compression made weak', async () => {
  const change = (time: string, version: string) =>
    fetch(`${origin}/api/v1/appointments/${appointment.id}`, {
      method: 'PATCH',
      headers: { ...key, 'Content-Type': 'application/json', 'If-Match': version },
      body: JSON.stringify({ appointment: { start_at: `2030-01-07T${time}:00+07:00` } }),
    })
  const { headers } = await get(`/api/v1/appointments/${appointment.id}`, key)
  const version = `W/${headers.get('ETag')}`
  expect((await change('15:00', version)).status).toBe(200)
  expect((await change('16:00', version)).status).toBe(412)
})

it('If-Match is refused where there is no version to compare', async () => {
  const takeOff = (version: string) =>
    fetch(`${origin}/api/v1/doctors/${doctor}/time-off`, {
      method: 'POST',
      headers: { ...key, 'Content-Type': 'application/json', 'If-Match': version },
      body: JSON.stringify({ time_off: { start_local: '2030-02-04T09:00', end_local: '2030-02-04T10:00' } }),
    })
  const refused = await takeOff((await get(`/api/v1/doctors/${doctor}`)).headers.get('ETag') ?? '')
  expect([refused.status, await codeOf('POST', refused)]).toEqual([412, 'no_version'])
  const { time_off } = (await call('GET', `/doctors/${doctor}/time-off`)).body
  expect(JSON.stringify(time_off)).not.toContain('2030-02-04')
  expect((await takeOff('*')).status).toBe(201)
})

it('what changed meanwhile has another ETag, whatever has changed of it', async () => {
  const path = `/api/v1/doctors/${doctor}`
  const { headers } = await get(path)
  const tag = headers.get('ETag') ?? ''
  await clinic.sql.query(`update locations set name = 'Elsewhere'`)
  const later = await get(path, { 'If-None-Match': tag })
  expect([later.status, versionIn(later.headers.get('ETag'))]).toEqual([200, versionIn(tag)])
  expect(later.headers.get('ETag')).not.toBe(tag)
})

const versionIn = (tag: string | null) => tag?.match(/^"(\d+)-/)?.[1]

describe('a page of another origin', () => {
  const elsewhere = { Origin: 'https://elsewhere.example' }
  const allowed = (response: Response) => response.headers.get('Access-Control-Allow-Origin')

  it.each(readable)('may read %s only if it is public', async (path) => {
    const stranger = await get(withQuery(path), elsewhere)
    expect(allowed(stranger)).toBe(stranger.status === 401 ? null : '*')
    expect(stranger.headers.has('Access-Control-Allow-Credentials')).toBe(false)
    if (stranger.status === 401)
      expect((await get(withQuery(path), { ...elsewhere, ...key })).status).toBe(200)
  })

  it('may read refusals and the headers', async () => {
    for (const path of ['/api/v1/slots', '/api/v1/doctors/999999', '/api/problems/nothing']) {
      const response = await get(path, elsewhere)
      expect([path, response.ok, allowed(response)]).toEqual([path, false, '*'])
      expect(response.headers.get('Access-Control-Expose-Headers')).toContain('X-Request-Id')
    }
    const tag = (await get('/api/v1/locations')).headers.get('ETag') ?? ''
    const known = await get('/api/v1/locations', { ...elsewhere, 'If-None-Match': tag })
    expect([known.status, allowed(known)]).toEqual([304, '*'])
    expect(known.headers.get('Access-Control-Expose-Headers')).toContain('ETag')
  })

  it('may send neither a key nor a write', async () => {
    for (const { path } of addresses)
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        const response = await ask('OPTIONS', path, {
          ...elsewhere,
          'Access-Control-Request-Method': method,
          'Access-Control-Request-Headers': 'authorization,content-type,idempotency-key',
        })
        const approved = {
          methods: response.headers.get('Access-Control-Allow-Methods') ?? '',
          headers: response.headers.get('Access-Control-Allow-Headers') ?? '',
        }
        expect(['', 'GET,HEAD']).toContain(approved.methods)
        expect(['', 'If-None-Match']).toContain(approved.headers)
      }
  })
})

describe('the type of a problem', async () => {
  const typeOf = async (path: string) => ((await (await get(path)).json()) as { type: string }).type
  const type = await typeOf('/api/v1/slots?visit_type_id=none')

  it('leads a program to its meaning', async () => {
    const response = await get(type)
    expect(await response.json()).toEqual({ problem: { code: 'invalid', ...problems.invalid } })
  })

  it('leads a person to a page that explains it', async () => {
    const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
    const response = await get(type, { Accept: browser })
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=UTF-8')
    expect(response.headers.get('Vary')).toBe('Accept')
    const page = await response.text()
    const advice = 'Fix the fields listed in <code>errors</code>.'
    for (const words of ['invalid', problems.invalid.title, advice, '<p>No, the same request'])
      expect(page).toContain(words)
  })

  it('leads to a page that recommends a retry if one can help', async () => {
    const page = async (code: string) => (await get(`/api/problems/${code}`, { Accept: 'text/html' })).text()
    for (const code of ['unavailable', 'too_many_requests', 'still_running', 'internal'])
      expect(await page(code)).toContain('<p>Yes')
  })

  it('is 404 when unknown', async () => {
    expect(await codeOf('GET', await get('/api/problems/bad_luck'))).toBe('not_found')
  })
})
