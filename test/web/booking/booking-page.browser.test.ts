import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { openClinic } from '../../support/clinic.ts'
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
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([
    {
      name,
      value,
      url: clinic.origin.replace('http:', 'https:'),
      secure: true,
      httpOnly: true,
      sameSite: 'Lax',
    },
  ])
  const page = await context.newPage()
  await page.goto(`${clinic.origin}/booking`)
  return page
}

async function ask(page: Page, patient: string, start: string, end: string): Promise<void> {
  const form = page.locator('details')
  if (!(await form.evaluate((details) => (details as HTMLDetailsElement).open)))
    await page.getByText('Book any other time').click()
  await form.getByLabel('Doctor', { exact: true }).selectOption('Dr. Strange')
  await form.getByLabel('Patient', { exact: true }).selectOption(patient)
  await page.getByLabel('Start').fill(start)
  await page.getByLabel('End').fill(end)
  await page.getByRole('button', { name: 'Book', exact: true }).click()
}

describe.each([
  ['with JavaScript', true, '2030-01-07'],
  ['without JavaScript', false, '2030-01-14'],
])('in a real browser %s', (_, javaScriptEnabled, day) => {
  it('a patient books, and a second one is offered the next free time and takes it', async () => {
    const page = await openBooking({ javaScriptEnabled })
    await ask(page, 'Patient Zero', `${day}T10:00`, `${day}T10:30`)
    await page.getByRole('heading', { name: 'Your appointment is booked' }).waitFor()
    await page.getByRole('link', { name: 'Book another appointment' }).click()

    await ask(page, 'Patient One', `${day}T10:15`, `${day}T10:45`)
    await page.getByRole('heading', { name: 'Not booked' }).waitFor()
    expect(await page.getByLabel('Start').inputValue()).toBe(`${day}T10:15`)
    await page.getByRole('button', { name: '10:30–11:00 instead' }).click()
    await page.getByRole('heading', { name: 'Your appointment is booked' }).waitFor()
    expect(await page.getByRole('main').textContent()).toContain('10:30–11:00')
    await page.context().close()
  })
})

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('in a real browser %s', (_, javaScriptEnabled) => {
  it('a free time is found, and one press books it; pressed once more by somebody else, another is offered', async () => {
    const [page, rival] = [await openBooking({ javaScriptEnabled }), await openBooking({ javaScriptEnabled })]
    const day = javaScriptEnabled ? '2030-01-21' : '2030-01-28'
    for (const [visitor, patient] of [
      [page, 'Patient Zero'],
      [rival, 'Patient One'],
    ] as const) {
      await visitor.getByLabel('What for').first().selectOption('Consultation (30 min)')
      await visitor.getByLabel('From').fill(day)
      await visitor.getByRole('button', { name: 'Show free times' }).click()
      await visitor.locator('.slots').getByLabel('Patient').selectOption(patient)
    }
    await page.getByRole('button', { name: '09:00' }).first().click()
    await page.getByRole('heading', { name: 'Your appointment is booked' }).waitFor()

    await rival.getByRole('button', { name: '09:00' }).first().click()
    await rival.getByRole('heading', { name: 'Not booked' }).waitFor()
    expect(await rival.getByLabel('Start').inputValue()).toBe(`${day}T09:00`)
    expect(await rival.getByLabel('From').inputValue()).toBe(day)
    await rival.getByRole('button', { name: '09:30–10:00 instead' }).click()
    await rival.getByRole('heading', { name: 'Your appointment is booked' }).waitFor()
    await page.context().close()
    await rival.context().close()
  })
})

it('the summary of a refused form has focus, and its links lead to the fields', async () => {
  const page = await openBooking({})
  await ask(page, 'Patient Zero', '2030-01-07T12:00', '2030-01-07T11:00')
  await page.getByRole('heading', { name: 'Not booked' }).waitFor()
  const focused = () => page.evaluate(() => document.activeElement?.id)
  expect(await focused()).toBe('summary')
  await page.getByRole('link', { name: 'End:' }).click()
  expect(await focused()).toBe('end_at')
  await page.context().close()
})

it.each([320, 360, 1200])('nothing is cut off at a width of %i pixels', async (width) => {
  const page = await openBooking({ viewport: { width, height: 800 } })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  await page.context().close()
})
