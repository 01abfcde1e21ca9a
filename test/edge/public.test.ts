import { beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../src/web/read-finder.ts'
import { enhanceScript } from '../../src/web/ui/script.ts'
import { openClinic } from '../support/clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  insertAppointment,
  openAccount,
  openSession,
  registerPatient,
} from '../support/people.ts'

// The public pages of the production bundle, without a cache.

const clinic = await openClinic()
const { sql, origin } = clinic
/** Three free slots on Mondays. */
const hours = [{ weekdays: [1], opensAt: '09:00', closesAt: '10:00' }]
const monday = '2030-01-07'
let visitType: number
let rare: number
let doctor: number
let location: number
/** Free around the clock. */
let other: number

beforeAll(async () => {
  visitType = await defineVisitType(sql)
  rare = await defineVisitType(sql, { name: 'A rare one' })
  doctor = await hireDoctor(sql, { visitTypes: [visitType, rare], hours })
  other = await hireDoctor(sql, { visitTypes: [visitType] })
  location = (await sql.query('select location_id::int as id from doctors where id = $1', [doctor])).rows[0]
    .id
})

const open = (path: string, headers: Record<string, string> = {}) =>
  fetch(origin + path, { headers, redirect: 'manual' })

const pathTo = (fields: Record<string, string | number>) =>
  `/booking?${new URLSearchParams({ visit_type_id: String(visitType), ...(fields as Record<string, string>) })}`

/** A browser that has visited before. */
const known = async () => {
  const [cookie = ''] = (await open(pathTo({}))).headers.getSetCookie()
  return { Cookie: cookie.split(';')[0] as string }
}

describe('the public page', () => {
  it.each([
    ['without a search', () => '/booking', ''],
    ['with free times', () => pathTo({ doctor_id: other }), ''],
    ['with a week', () => pathTo({ view: 'week', from: monday }), ''],
    ['without anything free', () => pathTo({ doctor_id: doctor, from: '2030-01-08', view: 'week' }), ''],
    ['in Indonesian', () => '/booking', '; lang=id'],
  ])(
    '%s is cached at the edge for half a minute, and by browsers that revalidate',
    async (_, path, cookie) => {
      const { Cookie } = await known()
      const answer = await open(path(), { Cookie: Cookie + cookie })
      expect(answer.status).toBe(200)
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'cache-control': 'no-cache',
        'cloudflare-cdn-cache-control': 'max-age=30, stale-while-revalidate=15, stale-if-error=86400',
        'cache-tag': expect.stringMatching(/^clinic(,|$)/),
        etag: expect.stringMatching(/^(W\/)?"[\w+/=-]+"$/),
        vary: 'Accept-Language, Cookie',
      })
    },
  )

  it('finds a specialty with a long name', async () => {
    const specialty = 'S'.repeat(100)
    const of = await hireDoctor(sql, { visitTypes: [visitType], specialty })
    const page = await (await open(pathTo({ specialty, from: monday }))).text()
    const doctors = [...page.matchAll(/name="slot" value="(\d+)/g)].map(([, id]) => Number(id))
    expect([doctors.length > 0, [...new Set(doctors)]]).toEqual([true, [of]])
  })

  it('is 304 without a body when unchanged', async () => {
    const browser = await known()
    const path = pathTo({ doctor_id: other, from: monday })
    const etag = (await open(path, browser)).headers.get('ETag') ?? ''
    const again = await open(path, { ...browser, 'If-None-Match': etag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect(again.headers.get('ETag')).toBe(etag)
    expect(again.headers.get('Cache-Control')).toBe('no-cache')
    expect(again.headers.get('Vary')).toBe('Accept-Language, Cookie')
    expect((await open(path, { ...browser, 'If-None-Match': '"another"' })).status).toBe(200)
  })

  it('has another ETag when other times are free', async () => {
    const browser = await known()
    const path = pathTo({ doctor_id: doctor, from: '2030-03-04', view: 'week' })
    const before = (await open(path, browser)).headers.get('ETag') ?? ''
    await insertAppointment(sql, { doctorId: doctor, startAt: '2030-03-04T09:00+07:00' })
    const after = await open(path, { ...browser, 'If-None-Match': before })
    expect([after.status, after.headers.get('ETag') === before]).toEqual([200, false])
  })

  it.each([
    ['an impossible date', () => pathTo({ from: '2030-02-30' })],
    ['a date too far away', () => pathTo({ from: '2099-01-01' })],
    ['a malformed visit type', () => '/booking?visit_type_id=x'],
    ['an unknown visit type', () => '/booking?visit_type_id=999999'],
    ['an unknown doctor', () => pathTo({ doctor_id: 999_999 })],
    ['an unknown location', () => pathTo({ location_id: 999_999 })],
    ['a visit the doctor does not offer', () => pathTo({ visit_type_id: rare, doctor_id: other })],
  ])('with %s is not cached', async (_, path) => {
    const { headers } = await open(path(), await known())
    expect(headers.get('Cache-Control')).toBe('private, no-store')
    expect(['Cloudflare-CDN-Cache-Control', 'Cache-Tag'].filter((name) => headers.has(name))).toEqual([])
  })
})

describe('its tags cover the days it may show and those around:', () => {
  const today = () => new Date().toISOString().slice(0, 10)

  async function tagsOf(path: string): Promise<string[]> {
    const { headers } = await open(path, await known())
    return (headers.get('Cache-Tag') ?? '').split(',')
  }

  // biome-ignore format: a table is read in columns
  const pages: [string, () => Record<string, string | number>, () => [string, string, string]][] = [
    ['a week of a doctor',       () => ({ doctor_id: doctor, from: monday, view: 'week' }),    () => [`doctor-${doctor}`, '2030-01-06', '2030-01-14']],
    ['a week of a location',     () => ({ location_id: location, from: monday, view: 'week' }), () => [`location-${location}`, '2030-01-06', '2030-01-14']],
    ['a week of any',            () => ({ from: monday, view: 'week' }),                        () => ['any', '2030-01-06', '2030-01-14']],
    ['a doctor there',           () => ({ doctor_id: doctor, location_id: location, from: monday }), () => [`doctor-${doctor}`, '2030-01-06', '2030-02-07']],
    ['few slots in a month',    () => ({ doctor_id: doctor, from: monday }),                   () => [`doctor-${doctor}`, '2030-01-06', '2030-02-07']],
    ['a full page',              () => ({ doctor_id: other, from: monday }),                    () => [`doctor-${other}`, '2030-01-06', '2030-01-08']],
    ['few slots from today', () => ({ doctor_id: doctor }),                                 () => [`doctor-${doctor}`, addDays(today(), -2), addDays(today(), 31)]],
  ]
  it.each(pages)('%s', async (_, fields, span) => {
    const [subject, first, last] = span()
    const [clinicsOwn, ...days] = await tagsOf(pathTo(fields()))
    expect(clinicsOwn).toBe('clinic')
    expect([days[0], days.at(-1)]).toEqual([`${subject}:${first}`, `${subject}:${last}`])
    expect(days.length).toBe(1 + (Date.parse(last) - Date.parse(first)) / 86_400_000)
  })

  it('the page after a full one covers up to its own last slot', async () => {
    const path = pathTo({ doctor_id: other, from: monday, after: `${monday}T16:30:00.000Z_0_${other}` })
    // From half past eleven in the evening.
    expect((await tagsOf(path)).at(-1)).toBe(`doctor-${other}:2030-01-09`)
  })

  it('a page without a search has only the clinic’s tag', async () => {
    expect(await tagsOf('/booking')).toEqual(['clinic'])
  })
})

describe('the script', () => {
  it('is cached for good under its address', async () => {
    const { status, headers } = await open(enhanceScript.path)
    expect([status, headers.get('Cache-Control')]).toEqual([200, 'public, max-age=31536000, immutable'])
    expect(headers.get('Content-Type')).toContain('javascript')
  })

  it.each(['/assets/nothing.js', `${enhanceScript.path}x`, '/assets/%2e%2e%2fbooking', '/assets/%252e%252e'])(
    'is 404 as %s, uncached',
    async (path) => {
      const { status, headers } = await open(path)
      expect([status, headers.get('Cache-Control')]).toEqual([404, 'private, no-store'])
    },
  )
})

describe('trips', () => {
  async function tripsOf(path: string, headers: Record<string, string> = {}): Promise<[number, number]> {
    clinic.takeTrips()
    const { status } = await open(path, headers)
    return [status, clinic.takeTrips().length]
  }

  /** The cookies of these answers, as a browser sends them back. */
  const cookiesOf = (...answers: Response[]) =>
    answers.flatMap(({ headers }) => headers.getSetCookie().map((cookie) => cookie.split(';')[0])).join('; ')

  async function signIn(): Promise<string> {
    const account = await openAccount(sql, { patientIds: [await registerPatient(sql)] })
    const session = await openSession(sql, account)
    return `${session}; ${cookiesOf(await open('/booking', { Cookie: session }))}`
  }

  const holdOnPage = (Cookie: string, time: string) =>
    fetch(`${origin}/booking/holds`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: origin, Cookie },
      body: new URLSearchParams({
        visit_type_id: String(visitType),
        slot: `${other}/${monday}T${time}+07:00`,
      }),
    })

  it('a page without a search: one', async () => {
    expect(await tripsOf('/booking')).toEqual([200, 1])
  })

  it('a page with free times: one', async () => {
    expect(await tripsOf(pathTo({ view: 'week', from: monday }))).toEqual([200, 1])
  })

  it('a page the browser has: one', async () => {
    const browser = await known()
    const path = pathTo({ doctor_id: other, from: monday })
    const etag = (await open(path, browser)).headers.get('ETag') ?? ''
    expect(await tripsOf(path, { ...browser, 'If-None-Match': etag })).toEqual([304, 1])
  })

  it('a page for a signed-in visitor: one', async () => {
    const Cookie = await signIn()
    expect(await tripsOf('/booking', { Cookie })).toEqual([200, 1])
    expect(await tripsOf(pathTo({ doctor_id: other }), { Cookie })).toEqual([200, 1])
  })

  it('a page with a held slot: one, signed in or not', async () => {
    const stranger = cookiesOf(await holdOnPage('', '11:00'))
    expect(await tripsOf('/booking', { Cookie: stranger })).toEqual([200, 1])
    const session = await signIn()
    const visitor = `${session}; ${cookiesOf(await holdOnPage(session, '12:00'))}`
    expect(visitor).toContain('__Host-holding')
    expect(await tripsOf('/booking', { Cookie: visitor })).toEqual([200, 1])
  })

  it('the step after a held slot: one, signed in or not', async () => {
    const stranger = await holdOnPage('', '13:00')
    expect(await tripsOf(stranger.headers.get('Location') ?? '', { Cookie: cookiesOf(stranger) })).toEqual([
      200, 1,
    ])
    const session = await signIn()
    const held = await holdOnPage(session, '14:00')
    const Cookie = `${session}; ${cookiesOf(held)}`
    expect(await tripsOf(held.headers.get('Location') ?? '', { Cookie })).toEqual([200, 1])
  })

  it('the script: none', async () => {
    expect(await tripsOf(enhanceScript.path)).toEqual([200, 0])
  })
})
