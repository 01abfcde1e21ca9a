import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { AppEnv } from '../../../http/app-env.ts'

const year = 365 * 24 * 60 * 60

export const zooms = ['s', 'm', 'l'] as const
export const onlies = ['', 'free', 'waiting'] as const
export const views = ['grid', 'list'] as const

/** How a person likes to see the day. */
export interface Preferences {
  zoom: (typeof zooms)[number]
  /** Doctors who are left out; new ones are shown. */
  hidden: number[]
  specialty: string
  /** Only doctors with free time, or with waiting patients. */
  only: (typeof onlies)[number]
  cancelled: boolean
  /** Names are hidden from others in the room. */
  hidesNames: boolean
  /** What was chosen last. */
  view: (typeof views)[number] | undefined
  location: number | undefined
}

export const oneOf = <Value extends string>(values: readonly Value[], written: unknown): Value | undefined =>
  values.find((value) => value === written)

// Each person's own: several take turns at one screen. Nothing in it grants anything, so it is not signed.
const nameFor = (c: Context<AppEnv>) => `desk${c.var.visitor?.accountId ?? ''}`

export function readPreferences(c: Context<AppEnv>): Preferences {
  const { zoom, hidden, specialty, only, cancelled, hidesNames, view, location } = written(c)
  return {
    zoom: oneOf(zooms, zoom) ?? 'm',
    hidden: Array.isArray(hidden) ? hidden.filter(isId) : [],
    specialty: typeof specialty === 'string' ? specialty : '',
    only: oneOf(onlies, only) ?? '',
    cancelled: cancelled === true,
    hidesNames: hidesNames === true,
    view: oneOf(views, view),
    location: isId(location) ? location : undefined,
  }
}

const isId = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0

/** Whatever the browser has kept. */
function written(c: Context<AppEnv>): Record<string, unknown> {
  try {
    const kept = JSON.parse(getCookie(c, nameFor(c), 'host') ?? '{}')
    return typeof kept === 'object' && kept !== null ? kept : {}
  } catch {
    return {}
  }
}

export function writePreferences(c: Context<AppEnv>, kept: Preferences): void {
  setCookie(c, nameFor(c), JSON.stringify(kept), {
    prefix: 'host',
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: year,
  })
}
