import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, openAccount, registerPatient } from '../../support/people.ts'

const clinic = await openClinic()
let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
  await hireDoctor(clinic.sql, { hours: [{ weekdays: [1], opensAt: '09:00', closesAt: '17:00' }] })
})
afterAll(() => browser.close())

async function typeInTheCode(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send the code' }).click()
  await page.getByRole('heading', { name: 'Type in the code' }).waitFor()
  const mail = clinic.mails.find(({ to }) => to === email)
  const [code = ''] = /\d{6}/.exec(mail?.text ?? '') ?? []
  await page.getByLabel('Code').fill(code)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function findTimes(page: Page, from: string): Promise<void> {
  await page.getByLabel('What for').selectOption('Consultation (30 min)')
  await page.getByLabel('From').fill(from)
  await page.getByRole('button', { name: 'Show free times' }).click()
}

describe.each([
  ['with JavaScript', true, '2030-01-07'],
  ['without JavaScript', false, '2030-01-14'],
])('in a real browser %s', (_, javaScriptEnabled, day) => {
  it('a stranger asks for a time, signs in with the code from the mail, and gets the time they asked for', async () => {
    const email = `nina-${day}@example.com`
    const page = await browser.newPage({ javaScriptEnabled })
    await page.goto(`${clinic.origin}/booking`)
    await findTimes(page, day)
    await page.getByRole('button', { name: '10:00' }).click()

    await typeInTheCode(page, email)
    await page.getByLabel('Name', { exact: true }).fill('Nina Newcomer')
    await page.getByLabel('I agree').check()
    await page.getByRole('button', { name: 'Continue' }).click()

    const first = page.locator('button.slot').first()
    expect(await first.textContent()).toContain('10:00')
    await first.click()
    await page.getByRole('heading', { name: 'Your appointment is booked' }).waitFor()
    expect(await page.getByRole('main').textContent()).toContain('Nina Newcomer')

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'Sign in' }).waitFor()
    expect(await page.context().cookies()).toEqual([])
    await page.context().close()
  })
})

it('somebody known returns to where they were, and keeps only cookies that scripts cannot read', async () => {
  const email = 'zero@example.com'
  await openAccount(clinic.sql, {
    email,
    name: 'Patient Zero',
    patientIds: [await registerPatient(clinic.sql)],
  })
  const page = await browser.newPage()
  await page.goto(`${clinic.origin}/sign-in?return_to=${encodeURIComponent('/booking?doctor_id=1')}`)
  await typeInTheCode(page, email)
  await page.getByText('Patient Zero').first().waitFor()
  expect(new URL(page.url()).search).toBe('?doctor_id=1')
  const cookies = await page.context().cookies()
  expect(cookies.map(({ name }) => name).sort()).toEqual(['__Host-session', '__Host-visitor'])
  for (const cookie of cookies)
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' })
  await page.context().close()
})

it('a mother registers her child and books for it', async () => {
  const email = 'mother@example.com'
  await openAccount(clinic.sql, {
    email,
    name: 'Mother',
    patientIds: [await registerPatient(clinic.sql, 'Mother')],
  })
  const page = await browser.newPage()
  await page.goto(`${clinic.origin}/sign-in`)
  await typeInTheCode(page, email)
  await page.getByRole('link', { name: 'Book for a child or a parent' }).click()
  await page.getByLabel('Their name').fill('Little One')
  await page.getByRole('button', { name: 'Register' }).click()
  await findTimes(page, '2030-01-21')
  const patient = page.getByLabel('Patient', { exact: true })
  expect(await patient.locator('option:checked').textContent()).toBe('Little One')
  await page.getByRole('button', { name: '10:00' }).click()
  await page.getByRole('heading', { name: 'Your appointment is booked' }).waitFor()
  expect(await page.getByRole('main').textContent()).toContain('Little One')
  await page.context().close()
})
