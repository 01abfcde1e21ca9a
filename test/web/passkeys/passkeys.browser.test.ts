import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Role } from '../../../drizzle/schema/accounts.ts'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { openClinic } from '../../support/clinic.ts'
import { visit } from '../../support/pages.ts'
import { openAccount, registerPatient } from '../../support/people.ts'
import { addAuthenticator } from '../../support/virtual-authenticator.ts'

const opened = await openClinic()
// Browsers make no passkeys for a bare IP address.
const clinic = { ...opened, origin: opened.origin.replace('127.0.0.1', 'localhost') }
const { sql } = clinic
let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const words = {
  signIn: 'Sign in with a passkey',
  create: 'Create a passkey',
  use: 'Use my passkey',
}

async function openVisitor(javaScriptEnabled = true) {
  const visitor = await visit(clinic, browser, { javaScriptEnabled })
  return { ...visitor, authenticator: await addAuthenticator(visitor.page) }
}
type Visitor = Awaited<ReturnType<typeof openVisitor>>

async function signInByCode(visitor: Visitor, email: string, returnTo = '/account') {
  await visitor.opens(`/sign-in?return_to=${returnTo}`)
  await visitor.asksForCode(email)
  await visitor.typesInTheCode(email)
}

async function addPasskey(visitor: Visitor): Promise<void> {
  await visitor.follows('Add a passkey')
  await visitor.presses(words.create)
  await visitor.sees('Your account')
  await visitor.page.getByText('Not used yet').waitFor()
}

const openPatient = async (email: string) =>
  openAccount(sql, { email, name: 'Pia Patient', patientIds: [await registerPatient(sql, 'Pia Patient')] })
const openStaff = (email: string, role: Role) => openAccount(sql, { email, role, name: 'Ada Admin' })

/** Where the page is, once it has gone somewhere else. */
const goesTo = (page: Page, path: string) => page.waitForURL(`${clinic.origin}${path}`)

it('a patient adds a passkey, signs in with it without an email, renames it and removes it', async () => {
  await openPatient('pia@example.com')
  const pia = await openVisitor()
  await signInByCode(pia, 'pia@example.com')
  await addPasskey(pia)
  expect(await pia.reads()).toMatch(/Chrome, \w+ Added this minute · Not used yet · On one device only/)

  await pia.presses('Sign out')
  const mails = clinic.mails.length
  await pia.opens('/sign-in?return_to=/account')
  await pia.presses(words.signIn)
  await pia.sees('Your account')
  expect(clinic.mails).toHaveLength(mails)
  expect(await pia.reads()).toContain('Last used this minute')

  await pia.page.getByRole('link', { name: /^Rename / }).click()
  await pia.page.getByLabel('Name', { exact: true }).fill('My phone')
  await pia.presses('Save')
  await pia.page.getByText('My phone').waitFor()
  await pia.follows('Remove My phone')
  await pia.presses('Yes, remove it')
  await pia.sees('Your account')
  expect(await pia.reads()).not.toContain('My phone')

  await pia.presses('Sign out')
  await pia.opens('/sign-in')
  await pia.presses(words.signIn)
  await pia.sees('Your passkey didn’t work')
  await pia.page.getByText('No account here has this passkey.').waitFor()
  await pia.leaves()
})

it('an admin with a passkey gets in by code only with the passkey, and a thief of the mailbox not at all', async () => {
  await openStaff('ada@example.com', 'admin')
  const ada = await openVisitor()
  await signInByCode(ada, 'ada@example.com')
  await addPasskey(ada)
  await ada.opens('/admin/health')
  await ada.sees('Health')
  await ada.presses('Sign out')

  await signInByCode(ada, 'ada@example.com', '/admin/health')
  await ada.sees('Confirm it’s you')
  await ada.opens('/account/passkeys/new')
  await ada.sees('Confirm it’s you')
  await ada.opens('/admin/health')
  await ada.presses(words.use)
  await ada.sees('Health')
  await goesTo(ada.page, '/admin/health')

  const thief = await openVisitor()
  await signInByCode(thief, 'ada@example.com', '/admin/health')
  await thief.sees('Confirm it’s you')
  await thief.presses(words.use)
  await thief.page.getByRole('alert').getByText('No passkey was used.').waitFor()
  await thief.opens('/admin/health')
  await thief.sees('Confirm it’s you')
  await Promise.all([ada.leaves(), thief.leaves()])
})

it('staff set one up first when the clinic requires it', async () => {
  await openStaff('fay@example.com', 'front_desk')
  await sql.query('update clinic_settings set staff_need_passkeys = true')
  const fay = await openVisitor()
  await signInByCode(fay, 'fay@example.com', '/appointments')
  await fay.sees('Set up a passkey')
  await fay.opens('/booking')
  await fay.sees('Set up a passkey')
  await fay.page.getByText('The clinic asks you to sign in with a passkey.').waitFor()
  await fay.presses(words.create)
  await goesTo(fay.page, '/booking')
  await fay.follows('Account')
  await fay.page.getByRole('link', { name: /^Remove / }).click()
  await fay.presses('Yes, remove it')
  await fay.page.getByText('this is your only one').waitFor()
  await sql.query('update clinic_settings set staff_need_passkeys = false')
  await fay.leaves()
})

it('a device that does not recognise its person signs nobody in', async () => {
  await openPatient('uma@example.com')
  const uma = await openVisitor()
  await signInByCode(uma, 'uma@example.com')
  await addPasskey(uma)
  await uma.presses('Sign out')
  await uma.authenticator.recognises(false)
  await uma.opens('/sign-in')
  await uma.presses(words.signIn)
  await uma.page.getByRole('alert').getByText('No passkey was used.').waitFor()
  await uma.leaves()
})

it('a browser that cannot read the options as JSON does the same', async () => {
  await openPatient('old@example.com')
  const old = await openVisitor()
  await old.page.addInitScript(() => {
    for (const name of ['parseCreationOptionsFromJSON', 'parseRequestOptionsFromJSON'])
      Reflect.set(PublicKeyCredential, name, undefined)
  })
  await signInByCode(old, 'old@example.com')
  await addPasskey(old)
  await old.follows('Add a passkey')
  await old.presses(words.create)
  await old.page.getByRole('alert').getByText('This device already has a passkey').waitFor()
  await old.presses('Sign out')
  await old.opens('/sign-in?return_to=/account')
  await old.presses(words.signIn)
  await old.sees('Your account')
  await old.leaves()
})

it('without JavaScript, people sign in with a code and see no passkey button', async () => {
  await openPatient('nojs@example.com')
  const visitor = await openVisitor(false)
  await visitor.opens('/sign-in')
  expect(await visitor.page.getByRole('button', { name: words.signIn }).isVisible()).toBe(false)
  await signInByCode(visitor, 'nojs@example.com')
  await visitor.sees('Your account')
  await visitor.follows('Add a passkey')
  await visitor.page.getByText('Passkeys don’t work in this browser.').waitFor()
  expect(await visitor.page.getByRole('button', { name: words.create }).isVisible()).toBe(false)
  await visitor.leaves()
})

it('a link of the clinic signs in once, after a look that uses nothing up', async () => {
  const token = 'a-link-of-the-tests'
  const account = await openStaff('lena@example.com', 'admin')
  await sql.query(
    `insert into account_links (token_hash, account_id, expires_at)
     values (encode(sha256($1::bytea), 'hex'), $2, now() + interval '1 day')`,
    [token, account],
  )
  const lena = await openVisitor()
  for (let look = 0; look < 2; look++) await lena.opens(`/sign-in/link?token=${token}`)
  await lena.presses('Continue')
  await lena.sees('Set up a passkey')
  await lena.presses(words.create)
  await lena.sees('Your account')
  await lena.opens(`/sign-in/link?token=${token}`)
  await lena.presses('Continue')
  await lena.sees('This link no longer works')
  await lena.leaves()
})
