import { createHmac } from 'node:crypto'
import { authSecret } from './clinic.ts'

/** A cursor as the API signs it for this address, whatever it holds. */
export function signCursor(path: string, payload: string): string {
  const hmac = createHmac('sha256', authSecret).update(`cursor of /api/v1${path}: ${payload}`)
  return `${payload}.${hmac.digest('base64url')}`
}

/**
 * Asks the API as whoever has the key, unless another is named; answers the body as JSON, null when there is none.
 * An empty key is nobody's.
 */
export function asking(origin: string, ownKey: string) {
  return async (method: string, path: string, body?: unknown, key = ownKey) => {
    const headers: Record<string, string> = { 'Content-Type': 'application/json' }
    if (key) headers.Authorization = `Bearer ${key}`
    if (method === 'PATCH') headers['If-Match'] = '*'
    const written = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(`${origin}/api/v1${path}`, { method, headers, body: written ?? null })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null }
  }
}
