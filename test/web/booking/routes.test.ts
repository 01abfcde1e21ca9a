import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, openAccount, openSession, registerPatient } from '../../support/people.ts'

const clinic = await openClinic()
let desk: Record<string, string>
let doctor: number
let patient: number

beforeAll(async () => {
  const account = await openAccount(clinic.sql, { role: 'front_desk' })
  desk = { Cookie: await openSession(clinic.sql, account), Origin: clinic.origin }
  const hours = [{ weekdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00' }]
  doctor = await hireDoctor(clinic.sql, { hours })
  patient = await registerPatient(clinic.sql)
})

const open = (path: string) => fetch(`${clinic.origin}${path}`, { headers: desk, redirect: 'manual' })

function post(fields: Record<string, string>) {
  const form = { doctor_id: String(doctor), patient_id: String(patient), ...fields }
  const body = new URLSearchParams(form)
  return fetch(`${clinic.origin}/booking`, { method: 'POST', headers: desk, body, redirect: 'manual' })
}

describe('the booking page', () => {
  it('is the start page', async () => {
    const response = await open('/')
    expect(response.status).toBe(302)
    expect(response.headers.get('Location')).toBe('/booking')
  })

  it('takes one trip, whatever it shows', async () => {
    clinic.takeTrips()
    const response = await open('/booking')
    expect(response.status).toBe(200)
    expect(await response.text()).toMatch(/^<!doctype html><html lang="en-GB"/)
    expect(clinic.takeTrips()).toHaveLength(1)
  })

  it('is never stored and runs only our script', async () => {
    const { headers } = await open('/booking')
    expect(headers.get('Cache-Control')).toBe('private, no-store')
    expect(headers.get('Content-Security-Policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^;]+; script-src 'self'; connect-src 'self';/,
    )
  })

  it('says when no appointments are coming', async () => {
    expect(await (await open('/booking')).text()).toContain('No appointments coming up')
  })
})

describe('a valid form', () => {
  it('answers 303 to a confirmation on the location’s clock', async () => {
    const response = await post({ start_at: '2030-01-07T09:00', end_at: '2030-01-07T09:30' })
    expect(response.status).toBe(303)
    const confirmation = await open(response.headers.get('Location') ?? '')
    const page = await confirmation.text()
    expect(page).toContain('Appointment booked')
    expect(page).toContain('datetime="2030-01-07T02:00:00.000Z"')
    expect(page).toContain('Mon, 7 Jan 2030')
    expect(page).toContain('09:00–09:30')
    expect(page).toContain('Jakarta time')
  })

  it('puts the appointment first in the list', async () => {
    await post({ start_at: '2030-01-08T09:00', end_at: '2030-01-08T09:30' })
    await post({ start_at: '2030-01-07T16:00', end_at: '2030-01-07T16:30' })
    const page = await (await open('/booking')).text()
    expect(page).toContain('16:00–16:30')
    expect(page.indexOf('16:00–16:30')).toBeLessThan(page.indexOf('Tue, 8 Jan 2030'))
  })
})

describe('a form sent twice', () => {
  const times = { start_at: '2030-01-09T09:00', end_at: '2030-01-09T09:30' }

  it('from one page books once and leads to one confirmation', async () => {
    const page = await (await open('/booking')).text()
    const [, form_key = ''] = /name="form_key" value="([\w-]+)"/.exec(page) ?? []
    const answers = await Promise.all([1, 2, 3].map(() => post({ ...times, form_key })))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
    expect(new Set(answers.map(({ headers }) => headers.get('Location'))).size).toBe(1)
  })

  it('from one page with another choice books that too', async () => {
    const form_key = crypto.randomUUID()
    const later = { start_at: '2030-01-09T10:00', end_at: '2030-01-09T10:30' }
    const evenLater = { start_at: '2030-01-09T11:00', end_at: '2030-01-09T11:30' }
    const first = await post({ ...later, form_key })
    const second = await post({ ...evenLater, form_key })
    expect([first.status, second.status]).toEqual([303, 303])
    expect(first.headers.get('Location')).not.toBe(second.headers.get('Location'))
  })

  it('from two pages is refused the second time', async () => {
    expect((await post({ ...times, form_key: crypto.randomUUID() })).status).toBe(409)
  })
})

describe('a refused form', () => {
  it('comes back filled in, with the reason at the field and in a focused summary', async () => {
    const response = await post({ start_at: '2030-01-07T08:00', end_at: '2030-01-07T08:30' })
    expect(response.status).toBe(422)
    const page = await response.text()
    expect(page).toContain('<title>Not booked: ')
    expect(page).toMatch(/<section class="summary"[^>]*tabindex="-1"[^>]*autofocus/)
    expect(page).toContain('value="2030-01-07T08:00"')
    expect(page).toContain('value="2030-01-07T08:30"')
    expect(page).toMatch(new RegExp(`<option value="${doctor}" selected`))
    expect(page).toMatch(new RegExp(`<option value="${patient}" selected`))
    expect(page).toContain('aria-describedby="start_at-problem start_at-hint" aria-invalid="true"')
    expect(page).toContain(
      '<p class="problem" id="start_at-problem">The doctor doesn’t see patients at that time.</p>',
    )
  })

  it('answers 409 to a taken time with a button for another', async () => {
    const other = String(await registerPatient(clinic.sql, 'Patient One'))
    const times = { patient_id: other, start_at: '2030-01-07T09:00', end_at: '2030-01-07T09:30' }
    const response = await post(times)
    expect(response.status).toBe(409)
    const page = await response.text()
    const [, instead = ''] = /name="instead" value="([^"]+)"/.exec(page) ?? []
    expect(instead).toBe('2030-01-07T09:30+07:00/2030-01-07T10:00+07:00')
    expect((await post({ ...times, instead })).status).toBe(303)
  })

  it('names every missing or unreadable field', async () => {
    const response = await post({ doctor_id: '', patient_id: 'x', start_at: 'tomorrow', end_at: '' })
    expect(response.status).toBe(422)
    const page = await response.text()
    expect(page).toContain('<a href="#doctor_id">Doctor: Please fill this in</a>')
    expect(page).toContain('<a href="#patient_id">Patient: Choose one from the list</a>')
    expect(page).toContain('<a href="#start_at">Start: Enter a date and time like 2026-11-23 09:00</a>')
    expect(page).toContain('<a href="#end_at">End: Please fill this in</a>')
    expect(page).toContain('value="tomorrow"')
  })

  it.each([
    ['ends before it starts', { end_at: '2030-01-07T10:00' }, 'The end must be later than the start'],
    ['names an unknown doctor', { doctor_id: '999999' }, 'Doctor: Choose one from the list'],
    ['names an unknown patient', { patient_id: '999999' }, 'Patient: Choose one from the list'],
    ['is in the past', { start_at: '2020-01-07T10:00', end_at: '2020-01-07T10:30' }, 'That time has passed.'],
  ])('says why when it %s', async (_, fields, reason) => {
    const response = await post({ start_at: '2030-01-07T11:00', end_at: '2030-01-07T11:30', ...fields })
    expect(response.status).toBe(422)
    expect(await response.text()).toContain(reason)
  })

  it('escapes its values', async () => {
    const page = await (await post({ start_at: '"><script>alert(1)</script>', end_at: '' })).text()
    expect(page).not.toContain('<script>')
    expect(page).toContain('&quot;&gt;&lt;script&gt;')
  })

  it('is not read over 16 KB', async () => {
    const response = await post({ start_at: 'x'.repeat(17_000), end_at: '' })
    expect(response.status).toBe(413)
    expect(await response.text()).toContain('That’s too much text')
  })
})

describe('more than 20 coming appointments', () => {
  const daysOn = (page: string) =>
    [...page.matchAll(/<time datetime="([^"]+)"/g)].map(([, instant]) => instant)

  beforeAll(async () => {
    await clinic.sql.query(
      `insert into appointments (doctor_id, patient_id, start_at, end_at)
       select $1, $2, start_at, start_at + interval '30 minutes'
       from generate_series(timestamptz '2031-01-06 00:00Z', timestamptz '2031-02-20 00:00Z', interval '1 day') start_at`,
      [doctor, patient],
    )
  })

  it('are 20 on the booking page, then paged, each once, while others are booked', async () => {
    const booking = await (await open('/booking')).text()
    expect(daysOn(booking)).toHaveLength(20)
    const seen: (string | undefined)[] = []
    let pages = 0
    let path = /href="(\/appointments[^"]*)">See all appointments/.exec(booking)?.[1]
    while (path) {
      const page: string = await (await open(path)).text()
      if (/rel="next"/.test(page)) expect(daysOn(page)).toHaveLength(20)
      seen.push(...daysOn(page))
      path = /rel="next" href="([^"]+)/.exec(page)?.[1]?.replaceAll('&amp;', '&')
      const day = `2029-03-1${++pages + 1}`
      const booked = await post({ start_at: `${day}T10:00`, end_at: `${day}T10:30` })
      expect(booked.status).toBe(303)
    }
    const { rows } = await clinic.sql.query(`select count(*) from appointments where start_at > '2030-01-01'`)
    expect(seen).toHaveLength(Number(rows[0].count))
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(seen.toSorted())
  })

  it.each(['/booking?after=1', '/booking?after=nonsense', '/appointments?after=nonsense'])(
    '%s shows the first page',
    async (path) => {
      const response = await open(path)
      expect(response.status).toBe(200)
      expect(daysOn(await response.text())).toHaveLength(20)
    },
  )
})

it.each(['/nowhere', '/booking/confirmation/999999', '/booking/confirmation/x'])(
  '%s is a 404 page',
  async (path) => {
    const response = await open(path)
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('Page not found')
  },
)
