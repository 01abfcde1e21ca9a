import type { Context } from 'hono'
import type { AppEnv } from '../../http/app-env.ts'
import { paths } from '../paths.ts'

/** Asks the visitor to sign in, says when that is because their session has ended, and leads back afterwards. */
export function askToSignIn(c: Context<AppEnv>, returnTo?: string): Response {
  return c.redirect(paths.signIn(returnTo ?? pageOf(c), c.var.sessionHasEnded), 303)
}

/** The page that was asked for, or the one with the form that was sent. */
function pageOf(c: Context<AppEnv>): string {
  const { pathname, search, origin } = new URL(c.req.url)
  if (c.req.method === 'GET') return pathname + search
  const referer = c.req.header('Referer') ?? ''
  if (!URL.canParse(referer) || new URL(referer).origin !== origin) return paths.booking()
  return new URL(referer).pathname + new URL(referer).search
}
