import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { signLink } from '../../src/clinic/messages/links.ts'
import type { AppEnv } from '../../src/http/app-env.ts'
import { countedByNetwork, limit } from '../../src/http/rate-limits.ts'
import { openClinic } from '../support/clinic.ts'
import { giveKey, openAccount, openDesk, openSession, registerPatient } from '../support/people.ts'

const clinic = await openClinic({ realLimits: true })

async function statuses(times: number, ask: () => Promise<Response>): Promise<Response[]> {
  const answers: Response[] = []
  for (let n = 0; n < times; n++) answers.push(await ask())
  return answers
}

/** Sends until the first 429, which may come later if the minute ends meanwhile. */
async function untilStopped(policy: string, limit: number, ask: () => Promise<Response>) {
  const allowed: Response[] = []
  let last = await ask()
  for (; last.status !== 429 && allowed.length <= 2 * limit; last = await ask()) allowed.push(last)
  expect(allowed.length).toBeGreaterThanOrEqual(limit)
  expect(last.status).toBe(429)
  expect(last.headers.get('Retry-After')).toBe('60')
  expect(last.headers.get('RateLimit')).toBe(`"${policy}";r=0;t=60`)
  expect(last.headers.get('RateLimit-Policy')).toMatch(new RegExp(`^"${policy}";q=\\d+;w=60$`))
  return { allowed, refused: last }
}

it('a key that writes too often gets 429 with Retry-After, and other keys do not', async () => {
  const write = (key: string) => () =>
    fetch(`${clinic.origin}/api/v1/appointments`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: '{}',
    })
  const [busy, calm] = [await openDesk(clinic.sql), await giveKey(clinic.sql, await openAccount(clinic.sql))]
  const { allowed, refused } = await untilStopped('write', 60, write(busy))
  expect(allowed.every(({ status }) => status === 422)).toBe(true)
  expect(refused.headers.get('Content-Type')).toBe('application/problem+json')
  expect(await refused.json()).toMatchObject({ code: 'too_many_requests' })
  expect((await write(calm)()).status).toBe(422)
})

it('an address that asks for codes too often is stopped, whatever its headers claim', async () => {
  let n = 0
  const ask = () =>
    fetch(`${clinic.origin}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: clinic.origin, 'X-Forwarded-For': `10.0.0.${++n}`, 'X-Real-IP': `10.0.0.${n}` },
      body: new URLSearchParams({ email: `n${n}@example.com` }),
    })
  const { allowed, refused } = await untilStopped('sign-in', 10, ask)
  expect(allowed.every(({ status }) => status === 303)).toBe(true)
  expect(await refused.text()).toContain('Too many requests')
})

it('a session that has ended costs no trip once its network is over the limit', async () => {
  const session = await openSession(clinic.sql, await openAccount(clinic.sql), new Date('2020-01-01'))
  const ask = () =>
    fetch(`${clinic.origin}/appointments`, {
      redirect: 'manual',
      headers: { Cookie: session, 'CF-Connecting-IP': '198.51.100.77' },
    })
  // Each counts as a look-up and as a request.
  const { allowed } = await untilStopped('read', 150, ask)
  expect(allowed.every(({ status }) => status === 303)).toBe(true)
  clinic.takeTrips()
  for (const answer of await statuses(5, ask)) expect(answer.status).toBe(429)
  expect(clinic.takeTrips()).toEqual([])
})

it('thirty IPv6 addresses of one household get as many requests as one IPv4 address', async () => {
  let n = 0
  const ask = () =>
    fetch(`${clinic.origin}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: clinic.origin, 'CF-Connecting-IP': `2001:db8:1:${(++n % 30).toString(16)}::7` },
      body: new URLSearchParams({ email: `v6-${n}@example.com` }),
    })
  await untilStopped('sign-in', 10, ask)
})

it('everyone in an IPv6 /48 shares a wider limit, and IPv4 has none', async () => {
  const counts = new Map<string, number>()
  const allow = (most: number) => ({
    async limit({ key }: { key: string }) {
      counts.set(key, (counts.get(key) ?? 0) + 1)
      return { success: (counts.get(key) ?? 0) <= most }
    },
  })
  const door = new Hono<AppEnv>()
  door.use((c, next) => {
    c.set('countedBy', countedByNetwork(c.req.header('CF-Connecting-IP') ?? ''))
    return next()
  })
  door.get(
    '/',
    limit('READ_LIMIT', () => new Response('', { status: 429 })),
    () => new Response('ok'),
  )
  const statusFrom = async (address: string) => {
    const env = { READ_LIMIT: allow(1), WIDER_LIMIT: allow(2) } as unknown as AppEnv['Bindings']
    return (await door.request('/', { headers: { 'CF-Connecting-IP': address } }, env)).status
  }
  const answers = async (addresses: string[]) => {
    const all: number[] = []
    for (const address of addresses) all.push(await statusFrom(address))
    return all
  }
  expect(await answers(['2001:db8:1::1', '2001:db8:1:100::1', '2001:db8:1:200::1'])).toEqual([200, 200, 429])
  expect(await answers(['2001:db8:2::1', '192.0.2.1', '192.0.2.2', '192.0.2.3'])).toEqual([
    200, 200, 200, 200,
  ])
})

it('a signed-in person is limited per account, on every network, without limiting others on theirs', async () => {
  const openWriter = async () => {
    const Cookie = await openSession(clinic.sql, await openAccount(clinic.sql))
    return (address: string) => () =>
      fetch(`${clinic.origin}/nowhere`, {
        method: 'POST',
        headers: { Origin: clinic.origin, Cookie, 'CF-Connecting-IP': address },
      })
  }
  const [busy, calm] = [await openWriter(), await openWriter()]
  const { allowed } = await untilStopped('write', 60, busy('192.0.2.1'))
  expect(allowed.every(({ status }) => status === 404)).toBe(true)
  expect((await busy('192.0.2.2')()).status).toBe(429)
  expect((await calm('192.0.2.1')()).status).toBe(404)
})

it('reading is allowed far more often than writing', async () => {
  const key = await openDesk(clinic.sql)
  const read = () =>
    fetch(`${clinic.origin}/api/v1/appointments/1`, { headers: { Authorization: `Bearer ${key}` } })
  const answers = await statuses(100, read)
  expect(answers.every(({ status }) => status === 404)).toBe(true)
})

it('searches for free times have a limit of their own, in the API and on pages', async () => {
  const ask = (path: string, address: string) => () =>
    fetch(clinic.origin + path, { headers: { 'CF-Connecting-IP': address } })
  const { allowed } = await untilStopped('search', 120, ask('/api/v1/slots', '192.0.2.80'))
  expect(new Set(allowed.map(({ status }) => status))).toEqual(new Set([422]))
  expect((await ask('/api/v1/doctors/1/slots', '192.0.2.80')()).status).toBe(429)
  expect((await ask('/api/v1/locations', '192.0.2.80')()).status).toBe(200)

  const search = ask('/booking?visit_type_id=x', '192.0.2.81')
  for (let n = 0; n < 240 && (await search()).status === 200; n++);
  expect((await search()).status).toBe(429)
  expect((await ask('/booking', '192.0.2.81')()).status).toBe(200)
})

it('monitors are limited per network address', async () => {
  const ask = () => fetch(`${clinic.origin}/healthz`, { headers: { 'CF-Connecting-IP': '192.0.2.77' } })
  const { allowed, refused } = await untilStopped('read', 300, ask)
  expect(new Set(allowed.map(({ status }) => status))).toEqual(new Set([200]))
  expect(await refused.json()).toMatchObject({ code: 'too_many_requests' })
})

it('guessing keys is limited, and a known key still works', async () => {
  const known = await openDesk(clinic.sql)
  const read = (key: string) => () =>
    fetch(`${clinic.origin}/api/v1/appointments/1`, { headers: { Authorization: `Bearer ${key}` } })
  expect((await read(known)()).status).toBe(404)
  // Each key counts once for its address before it is known, including those above.
  const { allowed } = await untilStopped('read', 290, read('a-guess'))
  expect(allowed.every(({ status }) => status === 401)).toBe(true)
  clinic.takeTrips()
  expect((await read('one-guess-more')()).status).toBe(429)
  expect(clinic.takeTrips()).toEqual([])
  expect((await read(known)()).status).toBe(404)
})

it('a mail provider may unsubscribe many people, but nobody may try links, or one link too often', async () => {
  const unsubscribe = (token: string, address: string) =>
    fetch(`${clinic.origin}/m/preferences/${token}/unsubscribe?kind=reminder`, {
      method: 'POST',
      headers: { 'CF-Connecting-IP': address },
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    })
  const linkOf = async () =>
    signLink(clinic.context().secrets, {
      purpose: 'preferences',
      appointmentId: null,
      recipient: `patient:${await registerPatient(clinic.sql)}`,
      expiresAt: new Date(Date.now() + 86_400_000),
    })
  const answers = await statuses(90, async () => unsubscribe(await linkOf(), '192.0.2.77'))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  const one = await linkOf()
  await untilStopped('write', 60, () => unsubscribe(one, '192.0.2.78'))
  const { allowed } = await untilStopped('write', 60, () => unsubscribe(`${one}x`, '192.0.2.79'))
  expect(allowed.every(({ status }) => status === 410)).toBe(true)
})
