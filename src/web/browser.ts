import type { Context, MiddlewareHandler } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import { browserCookie } from './cookies.ts'

/** Recognises a browser that has held a slot, or has been shown free times. */
export const readBrowser: MiddlewareHandler<AppEnv> = async (c, next) => {
  const name = await browserCookie.read(c)
  if (name) nameBrowser(c, name)
  return next()
}

/**
 * Names the browser that holds. The page of free times already sets the cookie, so that two taps on a slow line come from
 * the same browser.
 */
export function nameBrowser(c: Context<AppEnv>, name: string = crypto.randomUUID()): void {
  const { clinic } = c.var
  c.set('clinic', { ...clinic, browser: { id: name, addressHash: clinic.source?.networkHash ?? 'unknown' } })
}
