import { expect, it } from 'vitest'
import { createEdgeCache } from '../../scripts/local/edge-cache.ts'

/** A cache with a manual clock, in front of an origin that numbers its answers. */
function open() {
  let [now, answers] = [1_800_000_000_000, 0]
  const cache = createEdgeCache({ now: () => now })
  return {
    cache,
    pass: (seconds: number) => {
      now += seconds * 1_000
    },
    async ask(path: string, headers: HeadersInit | 'fails', request: RequestInit = {}, status = 200) {
      const origin = async () => {
        if (headers === 'fails') throw new Error('the Worker failed')
        return new Response(`answer ${++answers}`, { status, headers })
      }
      return shown(await cache.fetch(new Request(new URL(path, 'https://clinic.example'), request), origin))
    },
  }
}

async function shown(response: Response) {
  const age = response.headers.get('Age')
  return `${response.headers.get('CF-Cache-Status')} ${await response.text()}${age ? ` aged ${age}` : ''}`
}

const minute = { 'Cache-Control': 'public, max-age=60' }

it('answers from the cache while fresh, with its age, and then asks again', async () => {
  const { ask, pass } = open()
  expect(await ask('/', minute)).toBe('MISS answer 1')
  pass(59)
  expect(await ask('/', minute)).toBe('HIT answer 1 aged 59')
  pass(1)
  expect(await ask('/', minute)).toBe('EXPIRED answer 2')
  expect(await ask('/', minute)).toBe('HIT answer 2 aged 0')
})

it('the key is the path and query, in their order', async () => {
  const { ask } = open()
  expect(await ask('/slots?a=1&b=2', minute)).toBe('MISS answer 1')
  expect(await ask('/slots?b=2&a=1', minute)).toBe('MISS answer 2')
  expect(await ask('/slots/?a=1&b=2', minute)).toBe('MISS answer 3')
  expect(await ask('/slots?a=1&b=2', minute)).toBe('HIT answer 1 aged 0')
})

it.each([
  ['Cookie', 'session=theirs'],
  ['Authorization', 'Bearer theirs'],
  ['Accept-Language', 'id'],
])('the key leaves out %s, so whatever depends on it leaks', async (name, value) => {
  const { ask } = open()
  await ask('/', minute, { headers: { [name]: value } })
  expect(await ask('/', minute, { headers: { [name]: 'mine' } })).toBe('HIT answer 1 aged 0')
})

it('the key leaves out the host', async () => {
  const { ask } = open()
  await ask('https://other.example/?a=1', minute)
  expect(await ask('https://clinic.example/?a=1', minute)).toBe('HIT answer 1 aged 0')
})

it('Vary keeps variants apart, and Vary: * is not cached', async () => {
  const { ask } = open()
  const varies = { ...minute, Vary: 'Accept-Language, Accept' }
  const asking = (language: string) => ({ headers: { 'Accept-Language': language } })
  expect(await ask('/', varies, asking('id'))).toBe('MISS answer 1')
  expect(await ask('/', varies, asking('en'))).toBe('MISS answer 2')
  expect(await ask('/', varies, asking('id'))).toBe('HIT answer 1 aged 0')
  expect(await ask('/all', { ...minute, Vary: '*' })).toBe('BYPASS answer 3')
})

it('only reads are cached, and HEAD answers from a cached GET', async () => {
  const { ask, cache } = open()
  expect(await ask('/', minute, { method: 'HEAD' })).toMatch('BYPASS')
  expect(await ask('/', minute)).toMatch('MISS')
  expect(await ask('/', minute, { method: 'HEAD' })).toBe('HIT  aged 0')
  expect(await ask('/', minute, { method: 'POST' })).toMatch('BYPASS')
  expect(cache.entries()).toHaveLength(1)
})

it.each([
  [{ 'Cache-Control': 'no-store, max-age=60' }],
  [{ 'Cache-Control': 'private, max-age=60' }],
  [{ 'Cache-Control': 'public' }],
  [{ ...minute, 'Set-Cookie': 'session=1' }],
  [{ ...minute, 'CDN-Cache-Control': 'no-store' }],
  [{ ...minute, 'CDN-Cache-Control': 'max-age=60', 'Cloudflare-CDN-Cache-Control': 'private' }],
])('never stores %j', async (headers) => {
  const { ask, cache } = open()
  expect(await ask('/', headers)).toBe('BYPASS answer 1')
  expect(await ask('/', headers)).toBe('BYPASS answer 2')
  expect(cache.entries()).toEqual([])
})

it.each([
  [{ 'Cache-Control': 'private, no-store', 'CDN-Cache-Control': 'max-age=60' }, 60],
  [{ 'CDN-Cache-Control': 'no-store', 'Cloudflare-CDN-Cache-Control': 'max-age=60' }, 60],
  [{ 'Cache-Control': 'max-age=5, s-maxage=60' }, 60],
  [{ 'Cache-Control': 'no-cache, max-age=60' }, 0],
  [{ 'Cache-Control': 'max-age=soon' }, 0],
  [{}, 7_200],
])('%j is fresh for %i seconds', async (headers, seconds) => {
  const { ask, pass } = open()
  await ask('/', headers)
  if (seconds > 0) pass(seconds - 1)
  expect(await ask('/', headers)).toMatch(seconds > 0 ? 'HIT' : 'EXPIRED')
  pass(1)
  if (seconds > 0) expect(await ask('/', headers)).toMatch('EXPIRED')
})

it.each([
  [404, minute, 'HIT'],
  [404, {}, 'HIT'],
  [302, {}, 'BYPASS'],
  [500, {}, 'BYPASS'],
  [522, minute, 'BYPASS'],
  [206, minute, 'BYPASS'],
])('a %i with %j, asked for again, is a %s', async (status, headers, cacheStatus) => {
  const { ask } = open()
  await ask('/', headers, {}, status)
  expect(await ask('/', headers, {}, status)).toMatch(cacheStatus)
})

it('an answer to a request with a key is stored only if public', async () => {
  const { ask, cache } = open()
  const request = { headers: { Authorization: 'Bearer key' } }
  expect(await ask('/', { 'Cache-Control': 'max-age=60' }, request)).toMatch('BYPASS')
  expect(cache.entries()).toEqual([])
})

it('serves stale while revalidating, for as long as allowed', async () => {
  const { ask, pass } = open()
  const headers = { 'Cache-Control': 'max-age=60, stale-while-revalidate=30' }
  await ask('/', headers)
  pass(89)
  expect(await ask('/', headers)).toBe('UPDATING answer 1 aged 89')
  expect(await ask('/', headers)).toBe('HIT answer 2 aged 0')
  pass(90)
  expect(await ask('/', headers)).toBe('EXPIRED answer 3')
})

it('starts only one refresh', async () => {
  let now = 0
  const cache = createEdgeCache({ now: () => now })
  const request = () => new Request('https://clinic.example/')
  const headers = { 'Cache-Control': 'max-age=60, stale-while-revalidate=30' }
  await cache.fetch(request(), async () => new Response('old', { headers }))
  now = 60_000
  const works: Promise<unknown>[] = []
  let [asked, arrive] = [0, () => {}]
  const slowly = () =>
    new Promise<Response>((resolve) => {
      asked++
      arrive = () => resolve(new Response('new', { headers }))
    })
  const answers = [1, 2, 3].map(() => cache.fetch(request(), slowly, (work) => works.push(work)))
  const stale = await Promise.all((await Promise.all(answers)).map(shown))
  expect(stale).toEqual(Array(3).fill('UPDATING old aged 60'))
  expect(asked).toBe(1)
  arrive()
  await Promise.all(works)
  expect(await shown(await cache.fetch(request(), slowly))).toBe('HIT new aged 0')
})

it('a failed refresh leaves the stale answer', async () => {
  const { ask, pass } = open()
  await ask('/', { 'Cache-Control': 'max-age=60, stale-while-revalidate=30' })
  pass(60)
  expect(await ask('/', 'fails')).toBe('UPDATING answer 1 aged 60')
  expect(await ask('/', minute, {}, 503)).toBe('UPDATING answer 1 aged 60')
  expect(await ask('/', minute)).toBe('UPDATING answer 1 aged 60')
  expect(await ask('/', minute)).toBe('HIT answer 3 aged 0')
})

it('serves stale when the origin fails, for as long as allowed', async () => {
  const { ask, pass } = open()
  await ask('/', { 'Cache-Control': 'max-age=60, stale-if-error=30' })
  pass(89)
  expect(await ask('/', 'fails')).toBe('STALE answer 1 aged 89')
  expect(await ask('/', {}, {}, 500)).toBe('STALE answer 1 aged 89')
  pass(1)
  expect(await ask('/', {}, {}, 500)).toBe('BYPASS answer 3')
  await expect(ask('/', 'fails')).rejects.toThrow('the Worker failed')
})

it('by default serves stale for as long as the origin fails', async () => {
  const { ask, pass } = open()
  await ask('/', minute)
  pass(1_000_000)
  expect(await ask('/', 'fails')).toMatch('STALE answer 1')
})

it.each(['s-maxage=60', 'max-age=60, must-revalidate', 'max-age=60, proxy-revalidate'])(
  '%s: never serves stale',
  async (strict) => {
    const { ask, pass } = open()
    const headers = { 'Cache-Control': `${strict}, stale-while-revalidate=30, stale-if-error=30` }
    await ask('/', headers)
    pass(60)
    await expect(ask('/', 'fails')).rejects.toThrow('the Worker failed')
    expect(await ask('/', headers)).toMatch('EXPIRED')
  },
)

it('an answer that may not be stored evicts the stored one', async () => {
  const { ask, pass, cache } = open()
  await ask('/', minute)
  pass(60)
  expect(await ask('/', { 'Cache-Control': 'private' })).toBe('BYPASS answer 2')
  expect(cache.entries()).toEqual([])
})

it('purges by tag in any case: fresh, stale and every variant', async () => {
  const { ask, pass, cache } = open()
  const tagged = (tags: string) => ({ ...minute, Vary: 'Accept', 'Cache-Tag': tags })
  await ask('/1', tagged('clinic, Doctor-1'))
  await ask('/1', tagged('clinic, doctor-1'), { headers: { Accept: 'text/html' } })
  await ask('/2', tagged('clinic,doctor-2'))
  pass(61)
  cache.purge(['doctor-1', 'doctor-3'])
  expect(cache.entries().map(({ key, tags }) => [key, tags])).toEqual([['/2', ['clinic', 'doctor-2']]])
  await expect(ask('/1', 'fails')).rejects.toThrow('the Worker failed')
  cache.purge(['CLINIC'])
  expect(cache.entries()).toEqual([])
})

it('an answer read before a purge is not stored after it', async () => {
  const { cache } = open()
  const answer = await cache.fetch(new Request('https://clinic.example/'), async () => {
    cache.purge(['clinic'])
    return new Response('old', { headers: { ...minute, 'Cache-Tag': 'clinic' } })
  })
  expect(await shown(answer)).toBe('MISS old')
  expect(cache.entries()).toEqual([])
})

it('keeps the headers and a body that can be read again', async () => {
  const { cache } = open()
  const request = new Request('https://clinic.example/')
  const origin = async () =>
    new Response('Nurjanah', { headers: { ...minute, 'Content-Type': 'text/plain', 'Cache-Tag': 'clinic' } })
  await cache.fetch(request, origin)
  const [one, other] = await Promise.all([cache.fetch(request, origin), cache.fetch(request, origin)])
  expect(await Promise.all([one.text(), other.text()])).toEqual(['Nurjanah', 'Nurjanah'])
  expect(one.headers.get('Content-Type')).toBe('text/plain')
  expect(one.headers.get('Cache-Tag')).toBe('clinic')
})
