import type { Context } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import type { Copy } from '../i18n/en.ts'

/** What stands around every page, whatever it shows. */
export interface Frame {
  copy: Copy
  /** The name of who is signed in; null for a stranger. */
  visitor: string | null
  /** Whether they are led to what the clinic's operators look at. */
  isAdmin: boolean
  /** The page's own address, so that it can be asked for in another language. */
  here: string
  /** The clinic's telephone number, for whoever cannot go on here. */
  phone: string
}

export function frameOf(c: Context<AppEnv>): Frame {
  const { pathname, search } = new URL(c.req.url)
  const { copy, visitor, clinicPhone: phone } = c.var
  const isAdmin = visitor?.actor.kind === 'admin'
  return { copy, visitor: visitor?.name ?? null, isAdmin, here: pathname + search, phone }
}
