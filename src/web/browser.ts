import type { Context, MiddlewareHandler } from 'hono'
import { sign } from '../clinic/sign.ts'
import type { AppEnv } from '../http/app-env.ts'
import { browserCookie } from './cookies.ts'

/** Recognises a browser that has held a slot, or has been shown free times. */
export const readBrowser: MiddlewareHandler<AppEnv> = async (c, next) => {
  const name = await browserCookie.read(c)
  if (name) await nameBrowser(c, name)
  return next()
}

/**
 * Names the browser that holds. The page of free times already sets the cookie, so that two taps on a slow line come from
 * the same browser.
 */
export async function nameBrowser(c: Context<AppEnv>, name: string = crypto.randomUUID()): Promise<void> {
  const { clinic } = c.var
  const address = networkOf(c.req.header('CF-Connecting-IP') ?? 'unknown')
  const addressHash = await sign(clinic.authSecret, `holds from: ${address}`)
  c.set('clinic', { ...clinic, browser: { id: name, addressHash } })
}

/** The part of an address that one network has to itself: for IPv6 the first 64 bits (RFC 6177). */
export function networkOf(address: string): string {
  const [, ipv4] = /^::ffff:([\d.]+)$/i.exec(address) ?? []
  if (ipv4 || !address.includes(':')) return ipv4 ?? address
  const [head = '', tail] = address.toLowerCase().split('::')
  const [before, after] = [head.split(':').filter(Boolean), (tail ?? '').split(':').filter(Boolean)]
  const between = tail === undefined ? [] : Array(Math.max(0, 8 - before.length - after.length)).fill('0')
  const groups = [...before, ...between, ...after].slice(0, 4)
  return groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')
}
