import type { Context } from 'hono'
import type { Source } from '../clinic/context.ts'
import type { Secrets } from '../clinic/sign.ts'
import type { AppEnv } from './app-env.ts'
import { networkOf } from './network.ts'

/** Where the request came from, as Cloudflare saw it; never by a header that the client chooses, except for the device. */
export async function sourceOf(c: Context<AppEnv>, secrets: Secrets): Promise<Source> {
  const { network, wider } = networkOf(addressOf(c))
  const { city, country } = (c.req.raw as { cf?: { city?: string; country?: string } }).cf ?? {}
  return {
    networkHash: await secrets.sign(`network: ${network}`),
    widerHash: wider && (await secrets.sign(`wider network: ${wider}`)),
    place: [city, country].filter(Boolean).join(', ') || null,
    device: deviceOf(c.req.header('User-Agent') ?? ''),
  }
}

/** The address that Cloudflare saw; clients cannot choose it. */
export function addressOf(c: Context): string {
  return c.req.header('CF-Connecting-IP') ?? 'unknown'
}

const browsers = [
  ['Edge', /\bEdg/],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /SamsungBrowser/],
  ['Firefox', /Firefox|FxiOS/],
  ['Chrome', /Chrome|CriOS/],
  ['Safari', /Safari/],
] as const

const systems = [
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['Mac', /Mac OS X|Macintosh/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
] as const

/** Enough for people to recognise their own session; browsers no longer tell more than this. */
export function deviceOf(userAgent: string): string | null {
  const found = ([list, before]: [readonly (readonly [string, RegExp])[], string]) => {
    const [name] = list.find(([, pattern]) => pattern.test(userAgent)) ?? []
    return name ? `${before}${name}` : null
  }
  const [browser, system] = [found([browsers, '']), found([systems, ''])]
  return browser && system ? `${browser}, ${system}` : (browser ?? system)
}
