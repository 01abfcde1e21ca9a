import type { Page } from 'playwright-core'
import { follow, type Open } from './follow.ts'

// The desk's states, on a day of its own that each run fills further.

const daysToMonday = 8 - (new Date().getUTCDay() || 7) + 7
const monday = new Date(Date.now() + daysToMonday * 86_400_000).toISOString().slice(0, 10)
const day = `/desk?location=1&on=${monday}`

const go =
  (path: string): Open =>
  (page) =>
    page.goto(path)

/** The first appointment of the day. */
const appointmentOf = (page: Page) => page.locator('#day .appt a.name, #day .rows h3 a').first()

async function openAppointment(page: Page): Promise<void> {
  await page.goto(`${day}&view=list`)
  await page.goto((await appointmentOf(page).getAttribute('href')) ?? day)
}

/** Finds a patient for the first free time, and books it. */
async function book(page: Page): Promise<void> {
  await find(page)
  await follow(page, page.locator('#book'))
}

async function find(page: Page): Promise<void> {
  await page.goto(`${day}&view=grid`)
  const path = await page.locator('#day .free a').first().getAttribute('href')
  await page.goto(`${path}&patient_id=1`)
}

/** The same form once more, from before another window booked. */
async function bookTaken(page: Page): Promise<void> {
  await find(page)
  const fields = await page
    .locator('#b')
    .evaluate((form) =>
      Object.fromEntries(
        [...new FormData(form as HTMLFormElement)].map(([name, value]) => [name, String(value)]),
      ),
    )
  const { origin } = new URL(page.url())
  const form = { ...fields, patient_id: '2', form_key: crypto.randomUUID() }
  await page.request.post('/desk/book', { form, headers: { Origin: origin } })
  await follow(page, page.locator('#book'))
}

/** A press on a page that is older than the last change. */
async function pressOnOld(page: Page): Promise<void> {
  await openAppointment(page)
  const form = page.locator('main form[action$="/note"]')
  await form.locator('input[name=version]').evaluate((input) => {
    ;(input as HTMLInputElement).value = '999'
  })
  await page.locator('main details:has(form[action$="/note"]) > summary').click()
  await form.locator('input[name=note]').fill('Needs a wheelchair')
  await follow(page, form.locator('button'))
}

async function lose(page: Page): Promise<void> {
  await page.goto(`${day}&view=grid`)
  await page.context().setOffline(true)
  await page.locator('#stale').waitFor()
}

async function hideNames(page: Page): Promise<void> {
  await page.context().setOffline(false)
  await page.goto(`${day}&view=grid`)
  await page.locator('form[action="/desk/names"] button').click()
  await page.locator('body.hides-names').waitFor()
}

async function showNames(page: Page): Promise<void> {
  await page.locator('form[action="/desk/names"] button').click()
  await page.locator('body:not(.hides-names)').waitFor()
}

export const deskPages: Record<string, Open> = {
  'day-undo': book,
  'day-grid': go(`${day}&view=grid`),
  'day-list': go(`${day}&view=list`),
  'day-waiting': go('/desk?location=1&view=list&status=arrived'),
  'day-appointment': openAppointment,
  'day-book': find,
  'day-refused': bookTaken,
  'day-changed': pressOnOld,
  'day-move': async (page) => {
    await openAppointment(page)
    await follow(page, page.locator('main a[data-key="m"]'))
  },
  'day-lost': lose,
  'day-hidden': hideNames,
  'day-empty': async (page) => {
    await showNames(page)
    await page.goto('/desk?location=1&view=grid&on=2031-03-04')
  },
}
