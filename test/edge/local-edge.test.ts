import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { asking } from '../support/api.ts'
import { openEdgeClinic } from '../support/edge.ts'
import {
  defineVisitType,
  hireDoctor,
  insertAppointment,
  locationOf,
  openAccount,
  openAdmin,
  openSession,
  registerPatient,
  signCookie,
} from '../support/people.ts'

// The Worker of `npm start`: the pages behind a stand-in for Cloudflare's cache.

const clinic = await openEdgeClinic()
const { sql, origin } = clinic
const call = 'href="tel:+622155501234"'
const monday = '2030-01-07'
let visitType: number
let admin: string
let ask: ReturnType<typeof asking>

beforeAll(async () => {
  visitType = await defineVisitType(sql)
  admin = await openAdmin(sql)
  ask = asking(origin, admin)
  // The key is then known before the database is down.
  await ask('GET', '/doctors')
})

afterEach(async () => {
  clinic.setAway(false)
  await clinic.setClockAhead(0)
  const unexpected = clinic.takeLogs().filter(({ level }) => level === 'error')
  expect(unexpected).toEqual([])
})

interface Place {
  doctorId: number
  locationId: number
}

/** Few, so that the pages are small, and on both sides of the midnight that ends the week. */
const hours = [
  { weekdays: [7], opensAt: '23:00', closesAt: '24:00' },
  { weekdays: [1], opensAt: '00:00', closesAt: '01:00' },
  { weekdays: [1], opensAt: '09:00', closesAt: '16:00' },
]

async function openPlace(): Promise<Place> {
  const doctorId = await hireDoctor(sql, { visitTypes: [visitType], hours })
  return { doctorId, locationId: await locationOf(sql, doctorId) }
}

const pathTo = (fields: Record<string, string | number>) =>
  `/booking?${new URLSearchParams({ visit_type_id: String(visitType), ...(fields as Record<string, string>) })}`
const ofDoctor = ({ doctorId }: Place, from = monday, view = 'week') =>
  pathTo({ doctor_id: doctorId, from, view })
const ofLocation = ({ locationId }: Place, from = monday) =>
  pathTo({ location_id: locationId, from, view: 'week' })

const open = (path: string, headers: Record<string, string> = {}) =>
  fetch(origin + path, { headers, redirect: 'manual' })

async function statusOf(path: string): Promise<string | null> {
  const response = await open(path)
  await response.body?.cancel()
  return response.headers.get('CF-Cache-Status')
}

const soon = { timeout: 10_000 }

describe('a cached page', () => {
  it('answers the next visitor without a trip, signed in or not', async () => {
    const path = ofDoctor(await openPlace())
    const first = await open(path, { 'CF-Connecting-IP': '192.0.2.1', Cookie: 'a=1' })
    expect(first.headers.get('CF-Cache-Status')).toBe('MISS')
    clinic.takeTrips()
    const stranger = { 'CF-Connecting-IP': '2001:db8::7', 'User-Agent': 'Another', 'X-Request-Id': 'mine' }
    const second = await open(`${path}&utm_source=mail`, stranger)
    expect(second.headers.get('CF-Cache-Status')).toBe('HIT')
    expect(await second.text()).toBe(await first.text())
    expect(second.headers.get('X-Request-Id')).toMatch(/^[\da-f-]{36}$/)
    expect(second.headers.get('X-Request-Id')).not.toBe(first.headers.get('X-Request-Id'))
    expect(clinic.takeTrips()).toBe(0)
  })

  it('is separate for each language', async () => {
    const path = ofDoctor(await openPlace())
    await statusOf(path)
    expect(await statusOf(`${path}&lang=id`)).toBe('MISS')
    const indonesian = await open(path, { 'Accept-Language': 'id-ID,id;q=0.9' })
    expect(indonesian.headers.get('CF-Cache-Status')).toBe('HIT')
    expect(await indonesian.text()).toContain('lang="id-ID"')
  })

  it('is made again when it is old', async () => {
    const path = ofDoctor(await openPlace())
    await statusOf(path)
    await clinic.setClockAhead(29)
    expect(await statusOf(path)).toBe('HIT')
    await clinic.setClockAhead(46)
    expect(await statusOf(path)).toBe('EXPIRED')
  })

  it('stops showing a slot soon after it was booked', async () => {
    const place = await openPlace()
    const path = ofDoctor(place)
    const slot = `value="${place.doctorId}/${monday}T10:00+07:00"`
    expect(await (await open(path)).text()).toContain(slot)
    const patient_id = await registerPatient(sql)
    const times = { visit_type_id: visitType, start_at: `${monday}T10:00+07:00` }
    await ask('POST', '/appointments', { appointment: { doctor_id: place.doctorId, patient_id, ...times } })
    await expect.poll(async () => (await open(path)).text(), soon).not.toContain(slot)
  })
})

/** Each prepares without the pages noticing, and returns the change. */
const doors: Record<string, (place: Place) => Promise<() => Promise<Response | { status: number }>>> = {
  'a booking': async ({ doctorId }) => {
    const patient_id = await registerPatient(sql)
    const wish = { doctor_id: doctorId, visit_type_id: visitType, start_at: `${monday}T10:00+07:00` }
    return () => ask('POST', '/appointments', { appointment: { patient_id, ...wish } })
  },
  'a booking after the week that its last slot would overlap': async ({ doctorId }) => {
    const patient_id = await registerPatient(sql)
    const wish = { doctor_id: doctorId, visit_type_id: visitType, start_at: '2030-01-14T00:00+07:00' }
    return () => ask('POST', '/appointments', { appointment: { patient_id, ...wish } })
  },
  'a cancellation': async (place) => {
    const id = await agree(place, 'booked')
    return () =>
      ask('POST', `/appointments/${id}/cancellation`, { cancellation: { reason: 'The doctor is ill' } })
  },
  'a move on the same day': async (place) => {
    const id = await agree(place, 'booked')
    return () => ask('PATCH', `/appointments/${id}`, { appointment: { start_at: `${monday}T15:00+07:00` } })
  },
  'a hold': async ({ doctorId }) => {
    const wish = { doctor_id: doctorId, visit_type_id: visitType, start_at: `${monday}T10:00+07:00` }
    return () => ask('POST', '/holds', { hold: wish })
  },
  'a hold that is released': async (place) => {
    const id = await agree(place, 'pending')
    return () => ask('DELETE', `/holds/${id}`)
  },
  'a hold on the page': async ({ doctorId }) => {
    const slot = `${doctorId}/${monday}T10:00+07:00`
    return () => holdOnPage(slot)
  },
  'time off': async ({ doctorId }) => {
    const away = { start_local: `${monday}T09:00`, end_local: `${monday}T12:00` }
    return () => ask('POST', `/doctors/${doctorId}/time-off`, { time_off: away })
  },
}

function holdOnPage(slot: string) {
  const body = new URLSearchParams({ visit_type_id: String(visitType), slot })
  return fetch(`${origin}/booking/holds`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: origin },
    body,
  })
}

async function agree({ doctorId }: Place, status: string): Promise<number> {
  const startAt = `${monday}T13:00+07:00`
  return insertAppointment(sql, { doctorId, visitTypeId: visitType, startAt, status })
}

describe('a change purges exactly what it affects:', () => {
  const later = '2030-02-04'
  const anyone = (from: string) => pathTo({ from, view: 'week' })
  /** By change, or by page. */
  const found: Record<string, unknown> = {}
  let others: string[] = []

  // All at once, because the clinic may purge only so often.
  beforeAll(async () => {
    const prepared = await Promise.all(
      Object.entries(doors).map(async ([name, prepare]) => {
        const place = await openPlace()
        return { name, place, act: await prepare(place) }
      }),
    )
    others = [
      ofDoctor(await openPlace()),
      '/booking',
      anyone(later),
      ...prepared.flatMap(({ place }) => [ofDoctor(place, later), ofLocation(place, later)]),
    ]
    const concerned = prepared.flatMap(({ place }) => [ofDoctor(place), ofLocation(place)])
    await Promise.all([...others, ...concerned, anyone(monday)].map(statusOf))
    const acted = await Promise.all(prepared.map(({ act }) => act()))
    found['with anyone'] = await statusUntilGone(anyone(monday))
    for (const [n, { name, place }] of prepared.entries()) {
      const ofTheDoctor = await statusUntilGone(ofDoctor(place))
      found[name] = [(acted[n]?.status ?? 500) < 400, ofTheDoctor, await statusOf(ofLocation(place))]
    }
    for (const path of others) found[path] = await statusOf(path)
  })

  async function statusUntilGone(path: string) {
    const gone = async () => expect(await statusOf(path)).toBe('MISS')
    return vi.waitFor(gone, { timeout: 5_000 }).then(() => 'MISS', String)
  }

  it.each(Object.keys(doors))('%s', (name) => {
    expect(found[name]).toEqual([true, 'MISS', 'MISS'])
  })

  it('the page of any doctor', () => {
    expect(found['with anyone']).toBe('MISS')
  })

  it('not the pages of other doctors or other days, or without times', () => {
    // On a busy machine it may be stale by now, but it is cached.
    expect(others.filter((path) => found[path] === 'MISS')).toEqual([])
  })

  it('a walk-in purges today', async () => {
    const place = await openPlace()
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
    const [near, far] = [ofDoctor(place, today), ofDoctor(place, later)]
    await Promise.all([near, far].map(statusOf))
    const patient_id = await registerPatient(sql)
    const walkIn = { doctor_id: place.doctorId, visit_type_id: visitType, patient_id, override_reason: 'Now' }
    expect(await ask('POST', '/walk-ins', { walk_in: walkIn })).toMatchObject({ status: 201 })
    await expect.poll(() => statusOf(near), soon).toBe('MISS')
    expect(await statusOf(far)).not.toBe('MISS')
  })

  it('a move to another week purges both', async () => {
    const place = await openPlace()
    const id = await agree(place, 'booked')
    const [from, to] = [ofDoctor(place, monday), ofDoctor(place, later)]
    const between = ofDoctor(place, '2030-01-21')
    await Promise.all([from, to, between].map(statusOf))
    await ask('PATCH', `/appointments/${id}`, { appointment: { start_at: `${later}T13:00+07:00` } })
    await expect.poll(() => statusOf(from), soon).toBe('MISS')
    expect(await statusOf(to)).toBe('MISS')
    expect(await statusOf(between)).not.toBe('MISS')
  })

  it('weekly hours purge every page', async () => {
    const place = await openPlace()
    const pages = [ofDoctor(place), ofDoctor(await openPlace()), '/booking']
    await Promise.all(pages.map(statusOf))
    const hours = [{ weekday: 1, opens_at: '09:00', closes_at: '17:00' }]
    expect(
      await ask('PUT', `/doctors/${place.doctorId}/weekly-hours`, { weekly_hours: hours }),
    ).toMatchObject({ status: 200 })
    await expect.poll(() => statusOf(pages[0] as string), soon).toBe('MISS')
    expect(await Promise.all(pages.slice(1).map(statusOf))).toEqual(['MISS', 'MISS'])
  })
})

describe('while the database is down', () => {
  /** The logged failures, which are expected here. */
  const takeFailures = () => clinic.takeLogs().filter(({ level }) => level === 'error')
  let seen: string
  let unseen: string
  let page: string

  beforeEach(async () => {
    seen = ofDoctor(await openPlace())
    unseen = ofDoctor(await openPlace())
    page = await (await open(seen)).text()
  })

  const goAwayFor = async (seconds: number) => {
    clinic.setAway(true)
    await clinic.setClockAhead(seconds)
  }

  it('visitors see the last page for a day', async () => {
    await goAwayFor(60)
    const answer = await open(seen)
    expect([answer.status, answer.headers.get('CF-Cache-Status')]).toEqual([200, 'STALE'])
    expect(await answer.text()).toBe(page)
    await clinic.setClockAhead(86_400)
    expect(await statusOf(seen)).toBe('STALE')
    await clinic.setClockAhead(86_500)
    expect((await open(seen)).status).toBe(503)
    expect(takeFailures()).not.toEqual([])
  })

  it('a page not in the cache says so, with a number to call and when to retry', async () => {
    await goAwayFor(0)
    const answer = await open(unseen)
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '5'])
    expect(answer.headers.get('Cache-Control')).toBe('private, no-store')
    const html = await answer.text()
    expect(html).toContain('We can’t reach the clinic’s system right now')
    expect(html).toContain(call)
    expect(html).toContain(answer.headers.get('X-Request-Id'))
    expect(takeFailures()).toHaveLength(1)
  })

  it('a hold says the same, and holds nothing', async () => {
    await goAwayFor(0)
    const [doctor = ''] = /(?<=doctor_id=)\d+/.exec(seen) ?? []
    const answer = await holdOnPage(`${doctor}/${monday}T10:00+07:00`)
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '5'])
    const html = await answer.text()
    expect(html).toContain('We can’t reach the clinic’s system right now')
    expect(html).toContain(call)
    const { rows } = await sql.query('select from appointments where doctor_id = $1', [doctor])
    expect(rows).toEqual([])
    expect(takeFailures()).toHaveLength(1)
  })

  it('signed-in visitors see the last page without their own part', async () => {
    const account = await openAccount(sql, { patientIds: [await registerPatient(sql)], name: 'Mawar Indah' })
    const session = await openSession(sql, account)
    const first = await open('/booking', { Cookie: session })
    const visitor = first.headers.getSetCookie().map((line) => line.split(';')[0])
    await goAwayFor(60)
    const answer = await open(seen, { Cookie: [session, ...visitor].join('; ') })
    expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([200, 'private, no-store'])
    expect(
      ['Cloudflare-CDN-Cache-Control', 'Cache-Tag', 'ETag'].filter((name) => answer.headers.has(name)),
    ).toEqual([])
    const html = await answer.text()
    expect(html).toContain('Mawar Indah')
    expect(html).toContain('We can’t show your appointments at the moment')
    expect(html).toContain(`T10:00+07:00`)
    expect(await (await open(seen)).text()).toBe(page)
    expect(takeFailures()).not.toEqual([])
  })

  it('visitors who hold a slot still see their hold', async () => {
    const holding = {
      id: 7,
      until: Date.now() + 600_000,
      startLocal: `${monday}T10:00`,
      doctor: 'Dr. Melati',
    }
    const cookie = await signCookie('__Host-holding', encodeURIComponent(JSON.stringify(holding)))
    await goAwayFor(60)
    const html = await (await open(seen, { Cookie: cookie })).text()
    expect(html).toContain('Dr. Melati')
    expect(await (await open(seen)).text()).toBe(page)
    expect(takeFailures()).not.toEqual([])
  })

  it('everything works again once it is back', async () => {
    await goAwayFor(60)
    await statusOf(unseen)
    await statusOf(seen)
    clinic.setAway(false)
    // Once it is known to be down, it is left alone for a second or two.
    await clinic.setClockAhead(63)
    expect(await statusOf(seen)).toBe('EXPIRED')
    expect([await statusOf(unseen), await statusOf(unseen)]).toEqual(['MISS', 'HIT'])
    expect(takeFailures()).not.toEqual([])
  })
})
