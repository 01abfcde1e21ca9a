import type { Context } from 'hono'
import { calendarDate, id } from '../../../clinic/shapes.ts'
import type { AppEnv } from '../../../http/app-env.ts'
import { oneOf, type Preferences, readPreferences, views } from './preferences.ts'

const listed = ['waiting', 'late', 'with_doctor', 'to_come', 'fulfilled', 'noshow', 'cancelled'] as const
export type ListedStatus = (typeof listed)[number]

/** What is shown, as the address and the person's preferences say. */
export interface DayView {
  view: 'grid' | 'list'
  /** Today without one. */
  on: string | undefined
  days: 1 | 3 | 7
  by: 'doctors' | 'rooms'
  doctorId: number | undefined
  locationId: number | undefined
  /** In the list: only those. */
  status: ListedStatus | undefined
  preferences: Preferences
}

/** Whatever cannot be read is left out, so that no address of the day ends at an error. */
export function readView(c: Context<AppEnv>): DayView {
  const preferences = readPreferences(c)
  const query = (name: string) => c.req.query(name) || undefined
  const days = query('days')
  return {
    view: oneOf(views, query('view')) ?? preferences.view ?? (isPhone(c) ? 'list' : 'grid'),
    on: calendarDate.safeParse(query('on')).data,
    days: days === '3' ? 3 : days === '7' ? 7 : 1,
    by: query('by') === 'rooms' ? 'rooms' : 'doctors',
    doctorId: id.safeParse(query('doctor')).data,
    locationId: id.safeParse(query('location')).data ?? preferences.location,
    status: oneOf(listed, query('status')),
    preferences,
  }
}

/** Chromium says it in a header of its own; all others name phones in `User-Agent`. Whoever chose a view keeps it. */
function isPhone(c: Context<AppEnv>): boolean {
  const hint = c.req.header('Sec-CH-UA-Mobile')
  return hint ? hint === '?1' : /\bMobi/.test(c.req.header('User-Agent') ?? '')
}

/** The fields of an address that shows the same, with some changed; an empty one is left out. */
export function fieldsOf(
  { view, on, days, by, doctorId, locationId }: DayView,
  changed: Record<string, string> = {},
): Record<string, string> {
  return {
    view,
    on: on ?? '',
    days: days === 1 ? '' : String(days),
    by: by === 'rooms' ? by : '',
    doctor: doctorId ? String(doctorId) : '',
    location: locationId ? String(locationId) : '',
    ...changed,
  }
}
