import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../../scripts/local/browser.ts'
import { openClinic } from '../../../support/clinic.ts'
import { asCookie } from '../../../support/pages.ts'
import {
  addResource,
  hireDoctor,
  insertAppointment,
  locationOf,
  openAccount,
  openSession,
  registerPatient,
} from '../../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
let browser: Browser
let session: string
let location: number
let doctor: number

/** An hour that begins so many minutes from now, far from the end of the day in its zone. */
const soon = (minutes: number) => new Date(Math.ceil(Date.now() / 900_000) * 900_000 + minutes * 60_000)
/** A zone in which it is about noon, so that today is long enough. */
const noonZone = () => {
  const ahead = 12 - new Date().getUTCHours()
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}

beforeAll(async () => {
  browser = await launchBrowser()
  doctor = await hireDoctor(sql, { timeZone: noonZone() })
  location = await locationOf(sql, doctor)
  const other = await hireDoctor(sql, { timeZone: noonZone() })
  await sql.query("update doctors set name = 'Dr. Who' where id = $1", [other])
  await sql.query('insert into doctor_locations (doctor_id, location_id) values ($1, $2)', [other, location])
  await sql.query('update weekly_hours set location_id = $1 where doctor_id = $2', [location, other])
  const room = await addResource(sql, location, { name: 'Room 7' })
  await arrive('Putri Maharani', doctor, 26, -30)
  await arrive('Eko Saputra', other, 6, -15)
  const kevin = await registerPatient(sql, 'Kevin Halim')
  for (const [days, status] of [
    [-30, 'noshow'],
    [-20, 'fulfilled'],
  ] as const)
    await insertAppointment(sql, {
      doctorId: doctor,
      patientId: kevin,
      startAt: soon(days * 1440).toISOString(),
      status,
    })
  const booked = await insertAppointment(sql, {
    doctorId: doctor,
    patientId: kevin,
    startAt: soon(60).toISOString(),
  })
  await sql.query("insert into patient_flags (patient_id, flag, set_at) values ($1, 'balance', now())", [
    kevin,
  ])
  await sql.query(
    `insert into claims (appointment_id, resource_id, part, during)
     select id, $2, 'room', tstzrange(start_at, end_at) from appointments where id = $1`,
    [booked, room],
  )
  session = await openSession(sql, await openAccount(sql, { role: 'front_desk' }))
})
afterAll(() => browser.close())

async function arrive(name: string, doctorId: number, minutesAgo: number, startsIn: number) {
  const patientId = await registerPatient(sql, name)
  const startAt = soon(startsIn).toISOString()
  const id = await insertAppointment(sql, { doctorId, patientId, startAt, status: 'arrived' })
  await sql.query(
    `update appointments set arrived_at = now() - $2 * interval '1 minute', location_id = $3 where id = $1`,
    [id, minutesAgo, location],
  )
}

async function open(path: string, isScripted = false, width = 1280): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled: isScripted,
    locale: 'en-GB',
  })
  context.setDefaultTimeout(5_000)
  await context.addCookies([asCookie(session, origin)])
  const page = await context.newPage()
  await page.goto(`${origin}${path}`)
  return page
}

const heads = (page: Page) => page.locator('.col h2').allInnerTexts()
const day = () => `/desk?view=grid&location=${location}`

describe.each([
  ['without a script', false],
  ['with the script', true],
])('the day, %s', (_, isScripted) => {
  it('has columns by doctor or by room', async () => {
    const page = await open(day(), isScripted)
    expect(await heads(page)).toEqual(['Dr. Strange', 'Dr. Who'])
    await page.getByRole('link', { name: 'Rooms' }).click()
    await page.getByRole('heading', { name: 'Room 7' }).waitFor()
    expect(await heads(page)).toEqual(['Room 7', 'No room'])
    await page.context().close()
  })

  it('has a line at this minute, and leads there', async () => {
    const page = await open(`${day()}#now`, isScripted)
    const today = page.getByRole('link', { name: 'Today' })
    expect(await today.getAttribute('href')).toMatch(/#now$/)
    const box = await page.locator('.times .now').boundingBox()
    expect(box?.y).toBeGreaterThan(100)
    expect(box?.y).toBeLessThan(900)
    const block = await page.locator('.appt.is-arrived').first().boundingBox()
    expect(Math.abs((box?.y ?? 0) - (block?.y ?? 0))).toBeLessThan(200)
    await page.context().close()
  })

  it('names who waits longest, for how long, and alerts above the threshold', async () => {
    const page = await open(day(), isScripted)
    const first = page.locator('.wait li').first()
    const said = (await first.innerText()).replace(/\s+/g, ' ')
    expect(said).toMatch(/Next Putri Maharani 2[67] min · Dr\. Strange/)
    expect(said).toContain('Over 20 min')
    expect(await page.locator('.wait li').nth(1).innerText()).toContain('Dr. Who is free now')
    await page.context().close()
  })

  it.runIf(isScripted)('counts the minutes that somebody waits', async () => {
    const page = await open(day(), isScripted)
    // Also while the connection is lost, when no fresh page says the time.
    await page.context().setOffline(true)
    const clock = page.locator('.wait [data-since]').first()
    await clock.evaluate((one: HTMLElement) => {
      one.dataset.since = String(Number(one.dataset.since) - 30)
    })
    await clock.filter({ hasText: /^5[67] min$/ }).waitFor()
    await page.context().close()
  })

  it('has badges on each appointment', async () => {
    const page = await open(day(), isScripted)
    const badges = await page.locator('.appt', { hasText: 'Kevin Halim' }).locator('.b').allTextContents()
    expect(badges.join(' ')).toMatch(/Missed 1\/2 of last 2.*Balance/)
    await page.context().close()
  })

  it('hides names with one press, and shows them again', async () => {
    const page = await open(day(), isScripted)
    await page.getByRole('button', { name: 'Hide names' }).click()
    const name = page.locator('.wait [data-i]').first()
    await page.locator('body.hides-names').waitFor()
    expect(await name.evaluate((one) => getComputedStyle(one).fontSize)).toBe('0px')
    expect(await name.evaluate((one) => getComputedStyle(one, '::after').content)).toBe('"P. M."')
    await page.getByRole('button', { name: 'Hide names' }).click()
    await page.locator('body:not(.hides-names)').waitFor()
    await page.context().close()
  })

  it('filters doctors and zooms, and remembers it', async () => {
    const page = await open(day(), isScripted)
    await page.locator('details.view summary').click()
    await page.getByRole('checkbox', { name: 'Dr. Who' }).uncheck()
    await page.getByRole('radio', { name: 'Large' }).check({ force: true })
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.locator('.zoom-l').waitFor()
    await page.goto(`${origin}${day()}`)
    expect(await heads(page)).toEqual(['Dr. Strange'])
    const high = await page.locator('.free').first().boundingBox()
    expect(high?.height).toBeCloseTo(44, 0)
    await page.context().close()
  })

  it('prints the day and the names, without buttons', async () => {
    const page = await open(day(), isScripted)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.appt .name', { hasText: 'Kevin Halim' }).isVisible()).toBe(true)
    for (const gone of ['.top', '.tools a', '.appt button', '.wait', '.free', '.legend'])
      expect(await page.locator(gone).first().isVisible(), gone).toBe(false)
    await page.context().close()
  })
})

it('at 320 px nothing but the grid, the tools and the waiting scrolls sideways', async () => {
  for (const view of ['grid', 'list']) {
    const page = await open(`/desk?view=${view}&location=${location}`, false, 320)
    const beyond = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )
    expect(beyond, view).toBe(0)
    await page.context().close()
  }
})
