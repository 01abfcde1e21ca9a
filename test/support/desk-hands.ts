import type { BrowserContextOptions, Page } from 'playwright-core'
import { tabTo } from './pages.ts'

/** The letter of each press. */
const keys = { arrived: 'a', start: 's', done: 'd', noshow: 'x', undo: 'z' } as const

type Press = keyof typeof keys

/** How someone works at the desk's pages. */
export interface DeskHands {
  page: Page
  options: BrowserContextOptions
  /** Books a free minute for a known patient, found by three letters. The column counts from 0. */
  book(column: number, time: string, name: string): Promise<void>
  press(id: number, what: Press): Promise<void>
  cancel(id: number): Promise<void>
  /** Moves it to a later time of the same doctor. */
  move(id: number, time: string): Promise<void>
}

const entry = (id: number) => `#day [data-id="${id}"]`
const looks: Record<Press, string> = {
  arrived: '.is-arrived',
  start: '.is-doing',
  done: '.is-done',
  noshow: '.is-noshow',
  undo: ':is(.is-booked, .is-late)',
}

/** By keyboard only, on the grid. */
export function byKeys(page: Page): DeskHands {
  const { keyboard } = page
  const isAt = (selector: string) =>
    page.evaluate((wanted) => !!document.activeElement?.closest(wanted), selector)
  const press = async (key: string, times = 1) => {
    for (let n = 0; n < times; n++) await keyboard.press(key)
  }
  const pressUntil = async (key: string, selector: string, most = 60) => {
    for (let n = 0; n < most; n++) {
      if (await isAt(selector)) return
      await keyboard.press(key)
    }
    throw new Error(`${key} does not lead to ${selector}.`)
  }
  /** Walks through the columns, and down the one in which it is. */
  const walkTo = async (selector: string) => {
    await page.locator(selector).first().waitFor()
    const column = await page
      .locator(selector)
      .first()
      .evaluate((found) =>
        [...document.querySelectorAll('#day .col')].indexOf(found.closest('.col') as Element),
      )
    await pressUntil('F6', '#day', 6)
    await press('Control+Home')
    await press('ArrowRight', column)
    await press('Home')
    await pressUntil('ArrowDown', selector)
  }
  return {
    page,
    options: {},
    async book(column, time, name) {
      await walkTo(`#day .col:nth-of-type(${column + 1}) .free a[data-start$="T${time}"]`)
      await press('Enter')
      await page.locator('#panel[open] #q:focus').waitFor()
      await keyboard.type(name.slice(0, 3).toLowerCase())
      await press('Enter')
      await page.locator('#panel #book:focus').waitFor()
      await press('Enter')
      await page.locator('#day .appt', { hasText: name }).waitFor()
    },
    async press(id, what) {
      await walkTo(entry(id))
      await press(keys[what])
      await page.locator(entry(id) + looks[what]).waitFor()
    },
    async cancel(id) {
      await walkTo(entry(id))
      await press('c')
      await page.locator('#panel[open] form[action$="/cancellation"] :focus').waitFor()
      await tabTo(page, page.locator('#panel form[action$="/cancellation"] button[type=submit]'))
      await press('Enter')
      await page.locator('#panel .pill', { hasText: 'Cancelled' }).waitFor()
      await press('Escape')
      await page.locator('#panel').waitFor({ state: 'hidden' })
    },
    async move(id, time) {
      await walkTo(entry(id))
      await press('m')
      await page.locator('button[name=slot]').first().waitFor()
      await pressUntil('ArrowDown', `button[data-start$="T${time}"]`)
      await press('Enter')
      await page.locator(`${entry(id)}[data-start$="T${time}"]`).waitFor()
    },
  }
}

/** With the pointer, by links and forms only. */
export function byForms(page: Page): DeskHands {
  const day = page.url()
  const open = async (id: number) => {
    await page.goto(day)
    await page
      .locator(`${entry(id)} .name`)
      .first()
      .click()
  }
  return {
    page,
    options: { javaScriptEnabled: false },
    async book(column, time, name) {
      await page.goto(day)
      await page.locator(`#day .col:nth-of-type(${column + 1}) .free a[data-start$="T${time}"]`).click()
      await page.locator('#q').fill(name.slice(0, 3).toLowerCase())
      await page.locator('#q').press('Enter')
      await page.locator('#book').click()
      await page.locator('#day .appt', { hasText: name }).waitFor()
    },
    async press(id, what) {
      await open(id)
      await page.locator(`main form[data-key="${keys[what]}"] button`).first().click()
    },
    async cancel(id) {
      await open(id)
      await page.locator('#cancel summary').click()
      await page.locator('form[action$="/cancellation"] button').click()
    },
    async move(id, time) {
      await page.goto(day)
      const doctor = await page.locator(entry(id)).getAttribute('data-doctor')
      await open(id)
      await page.locator('a[href*="/move"]').first().click()
      await page.locator(`button[data-start$="T${time}"][data-doctor="${doctor}"]`).click()
    },
  }
}
