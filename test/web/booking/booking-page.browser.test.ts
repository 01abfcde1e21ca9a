import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { openClinic } from '../../support/clinic.ts'
import { asCookie } from '../../support/pages.ts'
import { hireDoctor, openAccount, openSession, registerPatient } from '../../support/people.ts'

const clinic = await openClinic()
let browser: Browser
let cookie: string

beforeAll(async () => {
  browser = await launchBrowser()
  const account = await openAccount(clinic.sql, { role: 'front_desk' })
  cookie = await openSession(clinic.sql, account)
  await hireDoctor(clinic.sql, { hours: [{ weekdays: [1], opensAt: '09:00', closesAt: '17:00' }] })
  await registerPatient(clinic.sql, 'Patient Zero')
  await registerPatient(clinic.sql, 'Patient One')
})
afterAll(() => browser.close())

async function openBooking(options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options)
  await context.addCookies([asCookie(cookie, clinic.origin)])
  const page = await context.newPage()
  await page.goto(`${clinic.origin}/booking`)
  return page
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('in a real browser %s', (_, javaScriptEnabled) => {
  it('two front desks take the same time, and the second books another', async () => {
    const [page, rival] = [await openBooking({ javaScriptEnabled }), await openBooking({ javaScriptEnabled })]
    const day = javaScriptEnabled ? '2030-01-21' : '2030-01-28'
    for (const visitor of [page, rival]) {
      await visitor.getByLabel('Visit type').first().selectOption('Consultation, 30 min')
      await visitor.getByLabel('From').fill(day)
      await visitor.getByRole('button', { name: 'Show free times' }).click()
      await visitor.getByRole('button', { name: '09:00' }).first().waitFor()
    }
    await confirm(page, '09:00', 'Patient Zero')

    await rival.getByRole('button', { name: '09:00' }).first().click()
    await rival.getByRole('heading', { name: 'That time was just taken' }).waitFor()
    await confirm(rival, '09:30', 'Patient One')
    await page.context().close()
    await rival.context().close()
  })
})

async function confirm(page: Page, time: string, patient: string): Promise<void> {
  await page.getByRole('button', { name: time }).first().click()
  await page.getByLabel('Who is this appointment for?').selectOption(patient)
  await page.getByRole('button', { name: 'Book appointment' }).click()
  await page.getByRole('heading', { name: 'Appointment booked' }).waitFor()
  expect(await page.getByRole('main').textContent()).toContain(patient)
}

it.each([320, 360, 1200])('no step is cut off at a width of %i pixels', async (width) => {
  const page = await openBooking({ viewport: { width, height: 800 } })
  const widthOf = () => page.evaluate(() => document.documentElement.scrollWidth)
  const search = '/booking?visit_type_id=1&from=2030-02-04'
  for (const path of ['/booking', search, `${search}&view=week`, '/sign-in', '/appointments', '/nowhere']) {
    await page.goto(`${clinic.origin}${path}`)
    expect([path, await widthOf()]).toEqual([path, width])
  }
  await page.goto(`${clinic.origin}${search}`)
  await page.locator('button.slot').last().click()
  await page.getByRole('heading', { name: 'Confirm your appointment' }).waitFor()
  expect(await widthOf()).toBe(width)
  await page.goto(`${clinic.origin}/booking`)
  await page.getByRole('link', { name: 'Finish booking' }).waitFor()
  expect(await widthOf()).toBe(width)
  await page.context().close()
})
