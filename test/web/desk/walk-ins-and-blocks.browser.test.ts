import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { openClinic } from '../../support/clinic.ts'
import { asCookie } from '../../support/pages.ts'
import {
  defineVisitType,
  hireDoctor,
  insertAppointment,
  locationOf,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
const day = '2031-01-06'
let browser: Browser
let doctorId: number
let locationId: number

beforeAll(async () => {
  browser = await launchBrowser()
  // Where it is about noon now, so that the day has free times left.
  const ahead = 12 - new Date().getUTCHours()
  const timeZone = `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
  doctorId = await hireDoctor(sql, { timeZone, visitTypes: [await defineVisitType(sql)] })
  locationId = await locationOf(sql, doctorId)
})
afterAll(() => browser.close())

/** The front desk at a screen of its own, with or without a script. */
async function sitDown(javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled })
  context.setDefaultTimeout(5_000)
  const account = await openAccount(sql, { role: 'front_desk' })
  await context.addCookies([asCookie(await openSession(sql, account), origin)])
  return context.newPage()
}

const main = (page: Page) => page.getByRole('main')

it.each([true, false])('a walk-in follows the queue on their own page (script: %s)', async (script) => {
  const page = await sitDown(script)
  // Each time someone else: one who has an appointment already is not booked beside it.
  const name = script ? 'Ratna Melati' : 'Hasan Basri'
  await registerPatient(sql, name)
  await page.goto(`${origin}/desk/walk-ins/new?location=${locationId}`)
  await page.getByLabel('Three letters of the name').fill(name)
  await page.getByRole('button', { name: 'Find' }).click()
  await main(page).getByText('1 found.').waitFor()
  await page.getByRole('button', { name: 'Give a number' }).click()
  await page.getByRole('heading', { name: /^Walk-in \d/ }).waitFor()
  const address = await page.locator('.slip a').getAttribute('href')
  const theirs = await (await browser.newContext({ javaScriptEnabled: script })).newPage()
  await theirs.goto(address ?? '')
  await theirs.getByText('You are next').waitFor()
  expect(await theirs.content()).not.toContain(name)
  await page
    .getByRole('button', { name: /^Book \d/ })
    .first()
    .click()
  await page.waitForURL(/\/desk\?/)
  await theirs.reload()
  await theirs.getByText('Your appointment is at').waitFor()
})

it.each([true, false])(
  'a named block lists whom it affects, before and after (script: %s)',
  async (script) => {
    const page = await sitDown(script)
    await sql.query('delete from time_off')
    const patientId = await registerPatient(sql, 'Putri Maharani')
    const startAt = (
      await sql.query(
        "select ($1 || ' ' || $2)::timestamp at time zone time_zone as at from locations where id = $3",
        [day, script ? '10:00' : '15:00', locationId],
      )
    ).rows[0].at
    await insertAppointment(sql, { doctorId, patientId, startAt: startAt.toISOString() })
    await page.goto(`${origin}/desk/blocks?location=${locationId}&on=${day}`)
    await page.getByLabel('Who or what').selectOption(`doctor:${doctorId}`)
    await page.getByLabel('Name or reason').fill('Case review')
    await page.getByLabel('From', { exact: true }).fill(`${day}T08:00`)
    await page.getByLabel('Until', { exact: true }).fill(`${day}T17:00`)
    await page.getByRole('button', { name: 'Show whom it affects' }).click()
    await page.locator('#preview').getByText('Putri Maharani').first().waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('article').getByText('Putri Maharani').first().waitFor()
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page
      .getByRole('heading', { name: /Case review/ })
      .first()
      .waitFor()
  },
)

it('a note is shown until it expires', async () => {
  const page = await sitDown(false)
  await page.goto(`${origin}/desk?location=${locationId}`)
  await page.getByText('Add note').first().click()
  await page.locator('textarea[name="text"]').first().fill('Lift is out of order')
  await page.locator('form[action="/desk/notes"] button').first().click()
  await main(page).getByText('Lift is out of order').first().waitFor()
  await sql.query(
    `update day_notes set written_at = now() - interval '2 hours', expires_at = now() - interval '1 hour'`,
  )
  await page.reload()
  expect(await main(page).innerText()).not.toContain('Lift is out of order')
})
