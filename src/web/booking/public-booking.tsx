import type { Context } from 'hono'
import { type PublicOffers, readOffers } from '../../clinic/appointments/read-booking-page.ts'
import { tagsOfPage } from '../../edge/tags.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { frameOf } from '../frame.ts'
import { copyFor, languageIn } from '../language.ts'
import { addDays, type FinderFaults, finderFields, finderOf, readFinder } from '../read-finder.ts'
import { BookingPage } from './booking-page.tsx'
import { type Choices, rememberChoices, unknownIn } from './choices.ts'

type Content = Parameters<typeof BookingPage>[0]['content'] & Pick<PublicOffers, 'facts'>
type AppContext = Context<AppEnv>

const forTheEdge = 'max-age=30, stale-while-revalidate=15, stale-if-error=86400'

/**
 * The public booking page, in one trip. The cache keeps it for 30 seconds, or for a day while the database is away
 * (RFC 5861); browsers revalidate it every time. A search that names something unknown is never cached, and takes a trip
 * only every few seconds.
 */
export function publicBooking(): (c: AppContext) => Promise<Response> {
  const remembered = rememberChoices()
  return async (c) => {
    const { clinic } = c.var
    const { wish, finder, faults } = readQuery(c)
    const show = (content: Content, finderFaults: FinderFaults) => {
      const frame = {
        ...frameOf(c),
        copy: copyFor(languageIn(c.var.copy), content.facts),
        languages: content.facts.languages,
      }
      return c.html(<BookingPage {...{ frame, content, finder, finderFaults }} />)
    }
    const wrongIn = (choices: Choices) => ({ ...unknownIn(wish, finder, choices, clinic.now), ...faults })

    const choices = remembered.get(clinic.now)
    const wrong = choices && remembered.areTrusted(clinic.now) ? wrongIn(choices) : faults
    if (choices && isAny(wrong)) return show(onlyChoices(choices), wrong)

    const content = await readOffers(clinic, wish)
    const all = { ...wrongIn(content), ...unknownDoctor(wish.doctorId, content) }
    remembered.keep(content, clinic.now, isAny(all))
    if (isAny(all)) return show(withoutTimes(content), all)
    if (content.found?.ok !== false) allowCaching(c, tagsOfPage(wish.search, content.found, clinic.now))
    return show(content, all)
  }
}

function allowCaching(c: AppContext, tags: string[]): void {
  c.header('Cache-Control', 'no-cache')
  c.header('Cloudflare-CDN-Cache-Control', forTheEdge)
  c.header('Cache-Tag', tags.join(','))
}

const isAny = (faults: FinderFaults) => Object.keys(faults).length > 0

const withoutTimes = (content: PublicOffers) => (content.found?.ok ? { ...content, found: null } : content)

/** The page as far as it can be shown without a trip. */
const onlyChoices = (choices: Choices) => ({ ...choices, doctors: [], isMoreDoctors: true, found: null })

/** The page lists the chosen doctor first, however many there are. */
const unknownDoctor = (doctorId: number | undefined, { doctors }: PublicOffers): FinderFaults =>
  doctorId === undefined || doctors.some(({ id }) => id === doctorId) ? {} : { doctor_id: 'unknown' }

/**
 * The cache key of a search: known fields in a fixed order and spelling, with the language. A date more than a week ago is
 * left out, as if one asked from today.
 */
export function publicPath(c: AppContext, language: string): string {
  const known = [...finderFields, 'after'].map((name) => [name, spell(c, name)] as const)
  // The longest value is the name of a specialty.
  const written = [...known, ['lang', language] as const].filter(([, value]) => value && value.length <= 100)
  return `/booking?${new URLSearchParams(written.map(([name, value]) => [name, value])).toString()}`
}

function spell(c: AppContext, name: string): string {
  const value = c.req.query(name) ?? ''
  if (name === 'view') return value === 'week' ? value : ''
  if (name.endsWith('_id')) return /^0*\d{1,15}$/.test(value) ? String(Number(value)) : value
  const isPast = name === 'from' && /^\d{4}-\d\d-\d\d$/.test(value) && value < aWeekAgo(c)
  return isPast ? '' : value
}

const aWeekAgo = (c: AppContext) => addDays(c.var.clinic.now.toISOString().slice(0, 10), -7)

export function readQuery(c: AppContext) {
  const { now } = c.var.clinic
  const finder = finderOf((name) => c.req.query(name) ?? '', now)
  return { finder, ...readFinder(finder, c.req.query('after')) }
}
