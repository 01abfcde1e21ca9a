import type { Context, MiddlewareHandler } from 'hono'
import { sign } from '../clinic/sign.ts'
import type { AppEnv } from '../http/app-env.ts'
import { browserCookie } from './cookies.ts'

/** Whose browser it is, when it has held something or is about to. */
export const readBrowser: MiddlewareHandler<AppEnv> = async (c, next) => {
  const name = await browserCookie.take(c)
  if (name) await nameBrowser(c, name)
  return next()
}

/**
 * Gives a browser the name by which it holds. A page that offers times does so already: of two taps on a slow line, both
 * are then the same browser's.
 */
export async function nameBrowser(c: Context<AppEnv>, name: string = crypto.randomUUID()): Promise<void> {
  const { clinic } = c.var
  const address = networkOf(c.req.header('CF-Connecting-IP') ?? 'unknown')
  const addressHash = await sign(clinic.authSecret, `holds from: ${address}`)
  c.set('clinic', { ...clinic, browser: { id: name, addressHash } })
}

/** An address by which one line is counted: of IPv6 the first 64 bits, which one household has to itself (RFC 6177). */
export function networkOf(address: string): string {
  const [, ipv4] = /^::ffff:([\d.]+)$/i.exec(address) ?? []
  if (ipv4 || !address.includes(':')) return ipv4 ?? address
  const [head = '', tail] = address.toLowerCase().split('::')
  const [before, after] = [head.split(':').filter(Boolean), (tail ?? '').split(':').filter(Boolean)]
  const between = tail === undefined ? [] : Array(Math.max(0, 8 - before.length - after.length)).fill('0')
  const groups = [...before, ...between, ...after].slice(0, 4)
  return groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')
}
