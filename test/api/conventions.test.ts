import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { problems } from '../../src/api/problem.ts'
import { quotas } from '../../src/limits.ts'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { defineVisitType, hireDoctor, openAdmin, registerPatient } from '../support/people.ts'
import { routesOfApp } from '../support/routes.ts'

// What docs/api.md promises of every address of the API: they are taken from the app, so that none is forgotten.

const clinic = await openClinic()
const { sql, origin } = clinic
const admin = await openAdmin(sql)
const call = asking(origin, admin)
const key = { Authorization: `Bearer ${admin}` }
const visitType = await defineVisitType(sql)
const doctor = await hireDoctor(sql, { visitTypes: [visitType] })
const { location } = (await call('GET', `/doctors/${doctor}`)).body.doctor
const wish = async (time: string) => ({
  doctor_id: doctor,
  visit_type_id: visitType,
  patient_id: await registerPatient(sql),
  start_at: `2030-01-07T${time}:00+07:00`,
})
const { appointment } = (await call('POST', '/appointments', { appointment: await wish('10:00') })).body
const { hold } = (await call('POST', '/holds', { hold: await wish('11:00') })).body

type Headers_ = Record<string, string>
const ask = (method: string, path: string, headers: Headers_ = {}) =>
  fetch(origin + path, { method, headers })
const get = (path: string, headers: Headers_ = {}) => ask('GET', path, headers)

const ids: Record<string, string | number> = {
  'doctors/:id': doctor,
  'locations/:id': location.id,
  'appointments/:id': appointment.id,
  'holds/:id': hold.id,
  'problems/:code': 'slot_taken',
  ':absenceId': 1,
  ':id': 1,
}

function addressOf(route: string): string {
  const places = Object.entries(ids)
  return places.reduce((path, [place, id]) => path.replace(place, place.replace(/:\w+/, String(id))), route)
}

const routes = routesOfApp().filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
/** Each address with the methods that it takes. */
const addresses = [...Map.groupBy(routes, ({ path }) => path)].map(([path, of]) => ({
  path: addressOf(path),
  methods: [...new Set(of.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))],
}))
const readable = addresses.filter(({ methods }) => methods.includes('GET')).map(({ path }) => path)
const ofData = readable.filter((path) => path !== '/api/docs')
/** With what must be said in some. */
const withQuery = (path: string) => (path.endsWith('/slots') ? `${path}?visit_type_id=${visitType}` : path)

const all = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const unshown = { HEAD: true, OPTIONS: true } as Record<string, boolean>
const codeOf = async (method: string, response: Response) => {
  if (unshown[method]) return undefined
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  return ((await response.json()) as { code: string }).code
}

describe.each(addresses)('$path', ({ path, methods }) => {
  const allowed = [...methods, 'OPTIONS'].toSorted()
  const allowOf = (response: Response) => response.headers.get('Allow')?.split(', ').toSorted()

  it('says what it takes, to anybody who asks', async () => {
    const response = await ask('OPTIONS', path)
    expect([response.status, allowOf(response)]).toEqual([204, allowed])
  })

  it('takes no other method, which even a stranger is told', async () => {
    for (const method of all.filter((one) => !allowed.includes(one))) {
      const response = await ask(method, path)
      expect([method, response.status, allowOf(response)]).toEqual([method, 405, allowed])
      expect(await codeOf(method, response)).toBe(unshown[method] ? undefined : 'method_not_allowed')
    }
  })
})

it.each(['/api/v1/nowhere', '/api/v1/doctors/7/nothing', '/api/v2', '/api', '/api/v1/slots/'])(
  '%s is nowhere, whoever asks and by whatever method',
  async (path) => {
    for (const method of all) {
      const response = await ask(method, path)
      expect([method, response.status]).toEqual([method, 404])
      expect(await codeOf(method, response)).toBe(unshown[method] ? undefined : 'not_found')
    }
  },
)

it.each(readable)('HEAD of %s is GET without what it shows', async (path) => {
  const [shown, head] = [await get(withQuery(path), key), await ask('HEAD', withQuery(path), key)]
  expect([shown.status, head.status, await head.text()]).toEqual([200, 200, ''])
  const said = (response: Response) => {
    const ofThisAnswer = [
      'connection',
      'x-request-id',
      'server-timing',
      'date',
      'content-length',
      'transfer-encoding',
    ]
    return [...response.headers].filter(([name]) => !ofThisAnswer.includes(name))
  }
  expect(said(head)).toEqual(said(shown))
})

describe('who accepts', () => {
  it.each([
    ['*/*', 200],
    ['application/*', 200],
    ['application/json', 200],
    ['application/problem+json', 200],
    ['Application/JSON; charset=utf-8', 200],
    ['text/html, */*;q=0.1', 200],
    ['text/html', 406],
    ['application/xml, text/csv;q=0.5', 406],
    ['application/json;q=0, application/problem+json;q=0', 406],
    ['application/json;q=0, application/problem+json;q=0, */*', 406],
  ])('%s is answered %i', async (accept, status) => {
    const response = await get('/api/v1/locations', { Accept: accept })
    expect(response.status).toBe(status)
    if (status === 406) expect(await codeOf('GET', response)).toBe('not_acceptable')
  })

  it('what we do not speak has nothing done for them', async () => {
    clinic.takeTrips()
    const response = await fetch(`${origin}/api/v1/holds`, {
      method: 'POST',
      headers: { ...key, Accept: 'text/html', 'Content-Type': 'application/json' },
      body: JSON.stringify({ hold: await wish('13:00') }),
    })
    expect([response.status, clinic.takeTrips()]).toEqual([406, []])
  })
})

describe('whatever happens at a place', async () => {
  const away = { start_local: '2030-12-24T12:00', end_local: '2030-12-27T00:00' }
  await call('POST', `/doctors/${doctor}/time-off`, { time_off: away })
  await call('POST', `/locations/${location.id}/closures`, { closure: away })

  const shownBy = async (path: string) => objectsIn(await (await get(withQuery(path), key)).json())
  const ofPlaces = readable.filter((path) =>
    /(appointments|slots|holds.*|time-off|closures)(\/\d+)?$/.test(path),
  )

  it.each(ofPlaces)('is said by %s as an instant, on the clock there, and in which zone', async (path) => {
    const happening = (await shownBy(path)).filter((one) => 'time_zone' in one)
    expect(happening.length).toBeGreaterThan(0)
    for (const { start_at, end_at, start_local, end_local, time_zone } of happening) {
      const hours = time_zone === 'Asia/Jakarta' ? '+07:00' : 'another zone'
      expect(
        [`${start_local}${hours}`, `${end_local}${hours}`].map((local) => new Date(local).toJSON()),
      ).toEqual([start_at, end_at])
    }
  })

  it.each(ofData)('%s calls nothing an instant that is none', async (path) => {
    for (const one of await shownBy(path))
      for (const [name, value] of Object.entries(one)) {
        // On a clock that hangs there each week.
        const isClock = ['opens_at', 'closes_at'].includes(name)
        if (!name.endsWith('_at') || typeof value !== 'string' || isClock) continue
        expect(value).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z$/)
      }
  })
})

/** Every object in a document, however deep; of the description, which has examples, none. */
function objectsIn(document: unknown): Record<string, unknown>[] {
  if (typeof document !== 'object' || document === null || 'openapi' in document) return []
  const inside = Object.values(document).flatMap(objectsIn)
  return Array.isArray(document) ? inside : [document as Record<string, unknown>, ...inside]
}

describe('who has it already', () => {
  it.each([
    [`/api/v1/appointments/${appointment.id}`, /^"\d+"$/],
    [`/api/v1/holds/${hold.id}`, /^W\/"\w+"$/],
    [`/api/v1/doctors/${doctor}`, /^W\/"\w+"$/],
    [`/api/v1/doctors/${doctor}/weekly-hours`, /^W\/"\w+"$/],
    ['/api/v1/locations', /^W\/"\w+"$/],
    ['/api/v1/visit-types', /^W\/"\w+"$/],
  ])('is told so of %s, and nothing else', async (path, pattern) => {
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

  it('is shown it when it has changed', async () => {
    const path = `/api/v1/doctors/${doctor}`
    const tag = (await get(path)).headers.get('ETag') ?? ''
    await call('PATCH', `/doctors/${doctor}`, { doctor: { name: 'Dr. Strange the Second' } })
    expect((await get(path, { 'If-None-Match': tag })).status).toBe(200)
  })

  it('still has to sign in', async () => {
    const path = `/api/v1/appointments/${appointment.id}`
    expect((await get(path, { 'If-None-Match': '*' })).status).toBe(401)
  })

  it.each(['/slots?visit_type_id=1', '/doctors', '/appointments', '/accounts', '/api-keys'])(
    'cannot say so of a page such as %s: what follows it may have changed',
    async (path) => {
      expect((await get(`/api/v1${path}`, key)).headers.has('ETag')).toBe(false)
    },
  )
})

it('a version that was compressed on its way, and is weak since, is the same version', async () => {
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

it('a condition is not overlooked where there is no version to compare', async () => {
  const rename = (version: string) =>
    fetch(`${origin}/api/v1/doctors/${doctor}`, {
      method: 'PATCH',
      headers: { ...key, 'Content-Type': 'application/json', 'If-Match': version },
      body: JSON.stringify({ doctor: { name: 'Dr. Strange the Third' } }),
    })
  const refused = await rename((await get(`/api/v1/doctors/${doctor}`)).headers.get('ETag') ?? '')
  expect([refused.status, await codeOf('PATCH', refused)]).toEqual([412, 'no_version'])
  expect((await call('GET', `/doctors/${doctor}`)).body.doctor.name).not.toContain('Third')
  expect((await rename('*')).status).toBe(200)
})

describe('the limits', () => {
  it('are those of wrangler.toml, in every environment', async () => {
    const config = await readFile('wrangler.toml', 'utf8')
    const configured = [...config.matchAll(/name = "(\w+_LIMIT)"\n.*\n.*limit = (\d+), period = (\d+)/g)]
    expect(configured).toHaveLength(3 * Object.keys(quotas).length)
    for (const [, name, limit, period] of configured)
      expect([name, limit, period]).toEqual([name, String(quotas[name as keyof typeof quotas].quota), '60'])
  })

  it.each([
    ['GET', '/slots', {}, 422, '"read";q=300;w=60'],
    ['GET', '/locations', {}, 200, '"read";q=300;w=60'],
    ['HEAD', '/nowhere', {}, 404, '"read";q=300;w=60'],
    ['GET', '/appointments', {}, 401, '"read";q=300;w=60'],
    ['POST', '/appointments', {}, 401, '"write";q=60;w=60'],
    ['POST', '/holds', key, 415, '"write";q=60;w=60'],
    ['DELETE', '/slots', {}, 405, '"write";q=60;w=60'],
  ])('are told with the answer to %s %s', async (method, path, headers, status, policy) => {
    const response = await ask(method, `/api/v1${path}`, headers as Headers_)
    expect([response.status, response.headers.get('RateLimit-Policy')]).toEqual([status, policy])
    // How much is left nobody knows, so nothing is said of it.
    expect(response.headers.has('RateLimit')).toBe(false)
  })
})

describe('the index', () => {
  it('leads to the description, to its readable form and to whether all is well', async () => {
    const response = await get('/api/v1')
    const { api } = (await response.json()) as { api: Record<string, string> }
    const links = response.headers.get('Link') ?? ''
    for (const [relation, name] of Object.entries({
      'service-desc': 'description',
      'service-doc': 'reference',
      status: 'status',
    }))
      expect(links).toContain(`<${api[name]}>; rel="${relation}"`)
    expect((await get(api.description as string)).status).toBe(200)
    expect((await get(api.status as string)).status).toBe(200)
  })
})

describe('a page of another origin', () => {
  const elsewhere = { Origin: 'https://elsewhere.example' }
  const allowed = (response: Response) => response.headers.get('Access-Control-Allow-Origin')

  it.each(readable)('may read %s where anybody may, and nowhere else', async (path) => {
    const stranger = await get(withQuery(path), elsewhere)
    expect(allowed(stranger)).toBe(stranger.status === 401 ? null : '*')
    expect(stranger.headers.has('Access-Control-Allow-Credentials')).toBe(false)
    if (stranger.status === 401) expect((await get(path, { ...elsewhere, ...key })).status).toBe(200)
  })

  it('may read also why not, and what is said beside it', async () => {
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

  it('may not send a key, nor anything that writes', async () => {
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

describe('the type of a problem leads', async () => {
  const typeOf = async (path: string) => ((await (await get(path)).json()) as { type: string }).type
  const type = await typeOf('/api/v1/slots?visit_type_id=none')

  it('a program to what it means', async () => {
    const response = await get(type)
    expect(await response.json()).toEqual({ problem: { code: 'invalid', ...problems.invalid } })
  })

  it('a person to a page that says so', async () => {
    const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
    const response = await get(type, { Accept: browser })
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=UTF-8')
    expect(response.headers.get('Vary')).toBe('Accept')
    const page = await response.text()
    for (const words of ['invalid', problems.invalid.title, problems.invalid.detail, 'Not as it is'])
      expect(page).toContain(words)
  })

  it('whoever may come again to that', async () => {
    const page = async (code: string) => (await get(`/api/problems/${code}`, { Accept: 'text/html' })).text()
    for (const code of ['unavailable', 'too_many_requests', 'still_running', 'internal'])
      expect(await page(code)).toContain('<p>Yes')
  })

  it('nobody anywhere else', async () => {
    expect(await codeOf('GET', await get('/api/problems/bad_luck'))).toBe('not_found')
  })
})
