import type { Context } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import type { Copy } from '../i18n/en.ts'
import { type Language, languageCodes } from '../i18n/languages.ts'
import { readPreferences } from './desk/day/preferences.ts'

/** What the layout of every page needs. */
export interface Frame {
  copy: Copy
  /** The signed-in visitor's name, empty for a new account; null if no one is signed in. */
  visitor: string | null
  isAdmin: boolean
  /** Front desk, admins and doctors. */
  isStaff?: boolean
  /** Front desk and admins. */
  isDesk?: boolean
  /** The page's path and query, for the links to other languages. */
  here: string
  /** On pages of the front desk: names are hidden, so that others in the room cannot read them. */
  hidesNames?: boolean
  /** That the page can be read in. */
  languages: Language[]
  phone: string
}

export function frameOf(c: Context<AppEnv>): Frame {
  const { pathname, search } = new URL(c.req.url)
  const { copy, visitor, clinicPhone: phone } = c.var
  // Undefined on the pages that refuse a request before its visitor is recognised.
  const kind = (visitor as typeof visitor | undefined)?.actor.kind
  const isAdmin = kind === 'admin'
  const isStaff = kind !== undefined && kind !== 'patient' && kind !== 'anonymous'
  const isDesk = kind === 'front_desk' || kind === 'admin'
  const hidesNames = pathname.startsWith('/desk') && readPreferences(c).hidesNames
  const here = pathname + search
  const languages: Language[] = c.var.languages ?? languageCodes
  return {
    copy,
    languages,
    visitor: visitor?.name ?? null,
    isAdmin,
    isStaff,
    isDesk,
    here,
    phone,
    hidesNames,
  }
}
