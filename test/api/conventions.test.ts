import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { rateLimitOf } from '../../src/api/description/registry.ts'
import { quotas } from '../../src/http/rate-limits.ts'
import { type Headers_, openAddresses } from '../support/addresses.ts'
import { openClinic } from '../support/clinic.ts'

// What docs/api.md promises of every address. They come from the app, so that none is forgotten.

const clinic = await openClinic()
const { origin } = clinic
const { key, wish, ask, get, addresses, readable, samples, withQuery, all, unshown, codeOf } =
  await openAddresses(clinic)

describe.each(addresses)('$path', ({ path, methods }) => {
  const allowed = [...methods, 'OPTIONS'].toSorted()
  const allowOf = (response: Response) => response.headers.get('Allow')?.split(', ').toSorted()

  it('answers OPTIONS with its methods, without a key', async () => {
    const response = await ask('OPTIONS', path)
    expect([response.status, allowOf(response)]).toEqual([204, allowed])
  })

  it('refuses every other method, without a key too', async () => {
    for (const method of all.filter((one) => !allowed.includes(one))) {
      const response = await ask(method, path)
      expect([method, response.status, allowOf(response)]).toEqual([method, 405, allowed])
      expect(await codeOf(method, response)).toBe(unshown[method] ? undefined : 'method_not_allowed')
    }
  })
})

it.each(['/api/v1/nowhere', '/api/v1/doctors/7/nothing', '/api/v2', '/api', '/api/v1/slots/'])(
  '%s is 404 for every method',
  async (path) => {
    for (const method of all) {
      const response = await ask(method, path)
      expect([method, response.status]).toEqual([method, 404])
      expect(await codeOf(method, response)).toBe(unshown[method] ? undefined : 'not_found')
    }
  },
)

it.each(readable)('HEAD of %s is GET without the body', async (path) => {
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

describe('a request that accepts', () => {
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

  it('nothing we can send changes nothing', async () => {
    clinic.takeTrips()
    const response = await fetch(`${origin}/api/v1/holds`, {
      method: 'POST',
      headers: { ...key, Accept: 'text/html', 'Content-Type': 'application/json' },
      body: JSON.stringify({ hold: await wish('13:00') }),
    })
    expect([response.status, clinic.takeTrips()]).toEqual([406, []])
  })
})

describe('rate limits', () => {
  it.each(samples.map(({ operation, path }) => [operation.operationId, operation, path] as const))(
    'count %s by its class',
    async (_, operation, path) => {
      const { headers } = await ask(operation.method, path)
      expect(headers.get('RateLimit-Policy')).toMatch(new RegExp(`^"${rateLimitOf(operation)}";q=`))
    },
  )

  it('match wrangler.toml in every environment', async () => {
    const config = await readFile('wrangler.toml', 'utf8')
    const configured = [...config.matchAll(/name = "(\w+_LIMIT)"\n.*\n.*limit = (\d+), period = (\d+)/g)]
    expect(configured).toHaveLength(3 * Object.keys(quotas).length)
    for (const [, name, limit, period] of configured)
      expect([name, limit, period]).toEqual([name, String(quotas[name as keyof typeof quotas].quota), '60'])
  })

  it.each([
    ['GET', '/slots', {}, 422, '"search";q=120;w=60, "read";q=300;w=60'],
    ['GET', '/locations', {}, 200, '"read";q=300;w=60'],
    ['HEAD', '/nowhere', {}, 404, '"read";q=300;w=60'],
    ['GET', '/appointments', {}, 401, '"read";q=300;w=60'],
    ['POST', '/appointments', {}, 401, '"write";q=60;w=60'],
    ['POST', '/holds', key, 415, '"write";q=60;w=60'],
    ['DELETE', '/slots', {}, 405, '"write";q=60;w=60'],
  ])('are in the answer to %s %s', async (method, path, headers, status, policy) => {
    const response = await ask(method, `/api/v1${path}`, headers as Headers_)
    expect([response.status, response.headers.get('RateLimit-Policy')]).toEqual([status, policy])
    // How much is left is unknown, so the answer omits it.
    expect(response.headers.has('RateLimit')).toBe(false)
  })
})

describe('the index', () => {
  it('links to the description, the reference and the status', async () => {
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
