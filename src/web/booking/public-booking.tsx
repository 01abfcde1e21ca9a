import type { Context } from 'hono'
import { readOffers } from '../../clinic/appointments/read-booking-page.ts'
import { tagsOfPage } from '../../edge/tags.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { frameOf } from '../frame.ts'
import { finderFields, finderOf, readFinder } from '../read-finder.ts'
import { BookingPage } from './booking-page.tsx'

type AppContext = Context<AppEnv>

const forTheEdge = 'max-age=30, stale-while-revalidate=15, stale-if-error=86400'

/**
 * The public booking page, in one trip. The cache keeps it for 30 seconds, or for a day while the database is away
 * (RFC 5861); browsers revalidate it every time.
 */
export async function showPublicBooking(c: AppContext): Promise<Response> {
  const { clinic } = c.var
  const { wish, finder, faults } = readQuery(c)
  const content = await readOffers(clinic, wish)
  const { found } = content
  if (Object.keys(faults).length === 0 && found?.ok !== false) {
    c.header('Cache-Control', 'no-cache')
    c.header('Cloudflare-CDN-Cache-Control', forTheEdge)
    c.header('Cache-Tag', tagsOfPage(wish.search, found, clinic.now).join(','))
  }
  return c.html(<BookingPage frame={frameOf(c)} content={content} finder={finder} finderFaults={faults} />)
}

/** The cache key of a search: known fields in a fixed order, with the language. */
export function publicPath(c: AppContext, language: string): string {
  const known = [...finderFields, 'after'].map((name) => [name, c.req.query(name) ?? ''] as const)
  // The longest value is the name of a specialty.
  const written = [...known, ['lang', language] as const].filter(([, value]) => value && value.length <= 100)
  return `/booking?${new URLSearchParams(written.map(([name, value]) => [name, value])).toString()}`
}

export function readQuery(c: AppContext) {
  const { now } = c.var.clinic
  const finder = finderOf((name) => c.req.query(name) ?? '', now)
  return { finder, ...readFinder(finder, c.req.query('after')) }
}
