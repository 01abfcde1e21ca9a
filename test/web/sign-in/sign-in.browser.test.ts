import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { openClinic } from '../../support/clinic.ts'
import { visit } from '../../support/pages.ts'
import { hireDoctor, openAccount, registerPatient } from '../../support/people.ts'

const clinic = await openClinic()
let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
  await hireDoctor(clinic.sql, { hours: [{ weekdays: [1], opensAt: '09:00', closesAt: '17:00' }] })
})
afterAll(() => browser.close())

const openVisitor = (wishes?: Parameters<typeof visit>[2]) => visit(clinic, browser, wishes)

async function openKnownAccount(email: string, name: string): Promise<void> {
  await openAccount(clinic.sql, { email, name, patientIds: [await registerPatient(clinic.sql, name)] })
}

describe.each([
  ['with JavaScript', true, 'nina@example.com'],
  ['without JavaScript', false, 'nora@example.com'],
])('in a real browser %s', (_, javaScriptEnabled, email) => {
  it('a new visitor signs in with the mailed code, and signing out clears all cookies', async () => {
    const visitor = await openVisitor({ javaScriptEnabled })
    await visitor.opens('/sign-in')
    await visitor.asksForCode(email)
    await visitor.typesInTheCode(email)
    await visitor.sees('Welcome')
    await visitor.introducesThemselves('Nina Newcomer')
    await visitor.sees('Book an appointment')
    await visitor.page.getByRole('link', { name: 'Nina Newcomer' }).waitFor()

    await visitor.presses('Sign out')
    await visitor.page.getByRole('link', { name: 'Sign in' }).waitFor()
    expect(await visitor.page.context().cookies()).toEqual([])
    await visitor.leaves()
  })

  it('a wrong code is named at the field, and the right one still works', async () => {
    const address = `again-${email}`
    await openKnownAccount(address, 'Ann Again')
    const visitor = await openVisitor({ javaScriptEnabled })
    await visitor.opens('/sign-in')
    await visitor.asksForCode(address)
    await visitor.page.getByLabel('Code from the email').fill('12 34')
    await visitor.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click()
    await visitor.page.getByText('That code didn’t match.').waitFor()
    expect(await visitor.page.getByLabel('Code from the email').getAttribute('aria-invalid')).toBe('true')
    await visitor.typesInTheCode(address)
    await visitor.page.getByRole('link', { name: 'Ann Again' }).waitFor()
    await visitor.leaves()
  })
})

it('a known patient returns to where they were, with cookies that scripts cannot read', async () => {
  const email = 'zero@example.com'
  await openKnownAccount(email, 'Patient Zero')
  const visitor = await openVisitor()
  const { page } = visitor
  await visitor.opens(`/sign-in?return_to=${encodeURIComponent('/booking?visit_type_id=1&doctor_id=1')}`)
  await visitor.asksForCode(email)
  await visitor.typesInTheCode(email)
  await page.getByText('Patient Zero').first().waitFor()
  expect(new URL(page.url()).search).toBe('?visit_type_id=1&doctor_id=1')
  const cookies = await page.context().cookies()
  expect(cookies.map(({ name }) => name).sort()).toEqual([
    '__Host-browser',
    '__Host-known',
    '__Host-session',
    '__Host-visitor',
  ])
  for (const cookie of cookies)
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' })
  await visitor.leaves()
})

it('a mother registers her child and then books for them', async () => {
  const email = 'mother@example.com'
  await openKnownAccount(email, 'Mother')
  const mother = await openVisitor()
  const { page } = mother
  await mother.opens('/sign-in')
  await mother.asksForCode(email)
  await mother.typesInTheCode(email)
  await mother.follows('Book for someone else')
  await page.getByLabel('Their full name').fill('Little One')
  await mother.presses('Add person')
  await mother.looksFor('Consultation', '2030-01-21')
  await mother.presses('10:00')
  await page.getByLabel('Who is this appointment for?').selectOption('Little One')
  await mother.presses('Book appointment')
  await mother.sees('Appointment booked')
  expect(await mother.reads()).toContain('Little One')
  await mother.leaves()
})
