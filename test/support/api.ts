import { createHmac } from 'node:crypto'
import { expect } from 'vitest'
import { authSecret } from './clinic.ts'

/** Signs any payload as the API signs its cursors for this path. */
export function signCursor(path: string, payload: string): string {
  const hmac = createHmac('sha256', authSecret).update(`cursor of /api/v1${path}: ${payload}`)
  return `${payload}.${hmac.digest('base64url')}`
}

/** Calls the API with this key unless a call names another; an empty key sends none. An empty body is null. */
export function asking(origin: string, ownKey: string) {
  return async (method: string, path: string, body?: unknown, key = ownKey) => {
    const headers: Record<string, string> = { 'Content-Type': 'application/json' }
    if (key) headers.Authorization = `Bearer ${key}`
    if (method === 'PATCH' || method === 'PUT') headers['If-Match'] = '*'
    const written = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(`${origin}/api/v1${path}`, { method, headers, body: written ?? null })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null }
  }
}

/** Follows `Link` from page to page: each comes before the next is requested. Stops after a hundred. */
export async function* pagesFrom(ask: ReturnType<typeof asking>, path: string, key?: string) {
  let next: string | undefined = path
  for (let pages = 0; next && pages < 100; pages++) {
    const { status, headers, body }: Awaited<ReturnType<typeof ask>> = await ask('GET', next, undefined, key)
    expect(status).toBe(200)
    next = /^<\/api\/v1([^>]+)>; rel="next"$/.exec(headers.get('Link') ?? '')?.[1]
    yield { body, next }
  }
}
