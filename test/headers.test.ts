import { describe, expect, it } from 'vitest'
import { openClinic } from './support/clinic.ts'
import { allRoutes } from './support/routes.ts'

const clinic = await openClinic()
const ask = (path: string, request: RequestInit = {}) =>
  fetch(clinic.origin + path, { redirect: 'manual', ...request })
const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  headers: { Origin: clinic.origin },
  body: new URLSearchParams(fields),
})

/** Every address that may be read, beside answers that no route gives. */
const paths = new Set([
  ...allRoutes()
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => path.replace(/:\w+(\{[^}]*\})?\??/g, '1')),
  '/nowhere',
  '/api/v1/nowhere',
])

it.each([...paths])(
  'GET %s tells browsers to stay on HTTPS, frame nothing, load nothing and guess nothing',
  async (path) => {
    const { headers, status } = await ask(path)
    expect(status).toBeLessThan(500)
    const [, seconds] =
      /^max-age=(\d+); includeSubDomains$/.exec(headers.get('Strict-Transport-Security') ?? '') ?? []
    expect(Number(seconds)).toBeGreaterThanOrEqual(31_536_000)
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    // The addresses in messages and of tickets are as good as keys.
    const isKey = /^\/[mw]\//.test(path)
    expect(headers.get('Referrer-Policy')).toBe(isKey ? 'no-referrer' : 'same-origin')
    expect(headers.get('X-Robots-Tag')?.includes('noindex') ?? false).toBe(isKey)
    const policy = headers.get('Content-Security-Policy')?.split('; ') ?? []
    for (const directive of [
      "default-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
    ])
      expect(policy).toContain(directive)
    expect(policy.join()).not.toMatch(/unsafe|[*]/)
    const type = headers.get('Content-Type')
    if (type !== null)
      expect(type).toMatch(
        /^(text\/.+; charset=utf-8|image\/|application\/((problem|merge-patch)\+)?json|application\/(linkset\+)?json)/i,
      )
  },
)

describe('a cookie', () => {
  it('is Secure, HttpOnly, SameSite and bound to this host by its name', async () => {
    const answers = [await ask('/sign-in', form({ email: 'headers@example.com' })), await ask('/booking')]
    const cookies = answers.flatMap(({ headers }) => headers.getSetCookie())
    expect(cookies.length).toBeGreaterThan(0)
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-/)
      for (const attribute of ['Secure', 'HttpOnly', 'Path=/']) expect(cookie).toContain(`; ${attribute}`)
      expect(cookie).toMatch(/; SameSite=(Lax|Strict)/)
      expect(cookie).not.toContain('Domain=')
    }
  })
})

it.each(['TRACE', 'TRACK', 'CONNECT'])('%s is not served', async (method) => {
  const { request } = await import('node:http')
  const status = await new Promise((answer, fail) => {
    const asked = request(clinic.origin, { method, path: '/booking' }, (response) => {
      response.resume()
      answer(response.statusCode)
    })
    asked.on('connect', (response) => answer(response.statusCode))
    asked.on('error', fail)
    asked.end()
  })
  expect(status).toBeGreaterThanOrEqual(400)
})
