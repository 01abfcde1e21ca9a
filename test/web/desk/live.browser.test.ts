import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { openClinic } from '../../support/clinic.ts'
import { type DeskDay, openDeskDay } from '../../support/desk-day.ts'

const clinic = await openClinic()
let browser: Browser
let day: DeskDay
let one: Page
let other: Page

beforeAll(async () => {
  browser = await launchBrowser()
  day = await openDeskDay(clinic)
  await day.book('11:00', 'Fitri Handayani')
  one = await day.sitDown(browser)
  other = await day.sitDown(browser)
})
afterAll(() => browser.close())

const block = (page: Page, id: number) => page.locator(`#day [data-id="${id}"]`)
const clockIn = (timeZone: string, at: number) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)
const isLive = (page: Page) => page.locator('.live .age').waitFor()

/** A patient with an appointment, on both screens. */
async function bookOnBoth(time: string, name: string, doctor = day.sari): Promise<number> {
  const id = await day.book(time, name, doctor)
  await Promise.all([one.reload(), other.reload()])
  await Promise.all([isLive(one), isLive(other)])
  return id
}

it('what one front desk does stands on the other’s screen within two seconds', async () => {
  const id = await bookOnBoth('12:00', 'Gita Permata')
  await block(one, id).locator('.name').focus()
  await one.keyboard.press('a')
  await expect
    .poll(() => block(other, id).getAttribute('class'), { timeout: 2_000, interval: 50 })
    .toContain('is-arrived')
  expect(await block(one, id).getAttribute('class')).toContain('is-arrived')
})

it('the focus stays where it was while the day changes around it', async () => {
  const [kept, changed] = [
    await bookOnBoth('13:00', 'Hendra Gunawan'),
    await bookOnBoth('13:30', 'Indah Safitri'),
  ]
  await block(other, kept).locator('.name').focus()
  await block(one, changed).locator('.name').focus()
  await one.keyboard.press('a')
  await block(other, changed).and(other.locator('.is-arrived')).waitFor()
  expect(await other.evaluate(() => document.activeElement?.closest('li')?.getAttribute('data-id'))).toBe(
    String(kept),
  )
})

it('what is being typed stays while the day changes around it', async () => {
  const id = await bookOnBoth('14:00', 'Joko Susanto')
  await other.locator('#notes summary').click()
  await other.locator('#note-text').fill('Lift is out of')
  await block(one, id).locator('.name').focus()
  await one.keyboard.press('a')
  await block(other, id).and(other.locator('.is-arrived')).waitFor()
  expect(await other.locator('#note-text').inputValue()).toBe('Lift is out of')
})

it('says that the connection is lost and since when, works on, and recovers by itself', async () => {
  const id = await bookOnBoth('15:00', 'Kartini Wulandari')
  await other.context().setOffline(true)
  await other.locator('#stale').waitFor()
  const [, shown] =
    /Connection lost · showing (\d\d:\d\d) · reconnecting/.exec(await other.locator('#stale').innerText()) ??
    []
  const timeZone = (await other.locator('#live').getAttribute('data-zone')) ?? ''
  const minutesAgo = [0, 1, 2].map((ago) => clockIn(timeZone, Date.now() - ago * 60_000))
  expect(minutesAgo).toContain(shown)
  expect(await other.locator('#voice').innerText()).toContain('Connection lost')
  await block(one, id).locator('.name').focus()
  await one.keyboard.press('a')
  await block(one, id).and(one.locator('.is-arrived')).waitFor()
  await other.context().setOffline(false)
  await other.locator('#stale').waitFor({ state: 'hidden' })
  await block(other, id).and(other.locator('.is-arrived')).waitFor()
  expect(await other.locator('#voice').innerText()).toContain('Connected again')
})

it('a session that ended elsewhere is shown nothing more', async () => {
  const page = await day.sitDown(browser)
  await isLive(page)
  await page.context().clearCookies()
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(() => page.locator('#day').count()).toBe(0)
})

it('without JavaScript it says when it was loaded', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const { cookies } = await one.context().storageState()
  await context.addCookies(cookies)
  const page = await context.newPage()
  await page.goto(one.url())
  expect(await page.locator('.live').innerText()).toMatch(/Loaded \d\d:\d\d/)
})
