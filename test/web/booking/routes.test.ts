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
  const form = { doctor_id: String(doctor), patient_id: String(patient), minutes: '30', ...fields }
  const body = new URLSearchParams(form)
  return fetch(`${clinic.origin}/desk/book`, { method: 'POST', headers: desk, body, redirect: 'manual' })
}

describe('the booking page', () => {
  it('gives way to the day on the start page of staff', async () => {
    const response = await open('/')
    expect(response.status).toBe(302)
    expect(response.headers.get('Location')).toBe('/desk')
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
      /^default-src 'none'; style-src 'self' 'sha256-[^;]+; script-src 'self'; connect-src 'self';/,
    )
  })

  it('says when no appointments are coming', async () => {
    expect(await (await open('/booking')).text()).toContain('No appointments coming up')
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
      const booked = await post({ start_at: `${day}T10:00` })
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
