import type { Context } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import type { Copy } from '../i18n/en.ts'

/** What the layout of every page needs. */
export interface Frame {
  copy: Copy
  /** The signed-in visitor's name, empty for a new account; null if no one is signed in. */
  visitor: string | null
  isAdmin: boolean
  /** Front desk, admins and doctors. */
  isStaff?: boolean
  /** The page's path and query, for the links to other languages. */
  here: string
  phone: string
}

export function frameOf(c: Context<AppEnv>): Frame {
  const { pathname, search } = new URL(c.req.url)
  const { copy, visitor, clinicPhone: phone } = c.var
  const isAdmin = visitor?.actor.kind === 'admin'
  const isStaff = visitor !== null && visitor.actor.kind !== 'patient'
  return { copy, visitor: visitor?.name ?? null, isAdmin, isStaff, here: pathname + search, phone }
}
