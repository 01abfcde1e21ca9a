import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { openClinic } from '../../support/clinic.ts'
import { type DeskDay, openDeskDay } from '../../support/desk-day.ts'

const clinic = await openClinic()
let browser: Browser
let day: DeskDay
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  day = await openDeskDay(clinic)
  page = await day.sitDown(browser)
})
afterAll(() => browser.close())

const block = (id: number) => page.locator(`#day [data-id="${id}"]`)

async function open(): Promise<void> {
  await page.reload()
  await page.locator('.live .age').waitFor()
}

/** The middle of an element on the screen. */
async function middleOf(selector: string): Promise<{ x: number; y: number }> {
  const found = page.locator(selector).first()
  await found.scrollIntoViewIfNeeded()
  const box = await found.boundingBox()
  if (!box) throw new Error(`${selector} is not shown.`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

const free = (time: string, doctor: number) => `.free a[data-start$="T${time}"][data-doctor="${doctor}"]`

/** Takes an appointment by its upper edge, and lets it go so that its upper edge is at the place. */
async function drag(id: number, to: { x: number; y: number }, steps = 12): Promise<void> {
  const box = await block(id).boundingBox()
  if (!box) throw new Error('The appointment is not shown.')
  await page.mouse.move(box.x + 20, box.y + 8)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps })
}

it('an appointment that is dragged moves when the server has agreed', async () => {
  const id = await day.book('11:30', 'Rizky Pratama')
  await open()
  let answer = () => {}
  const asked = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route('**/move', async (route) => {
    await asked
    await route.continue()
  })
  await drag(id, await middleOf(free('13:00', day.strange)))
  await page.mouse.up()
  // Until then it stays where it is, and a dotted block says so.
  await page.locator('#day .ask').waitFor()
  expect(await page.locator('#day .ask').innerText()).toContain('not moved yet')
  expect(await block(id).getAttribute('data-doctor')).toBe(String(day.sari))
  expect(await day.timeOf(id)).toBe('11:30 Dr. Sari')
  answer()
  await expect.poll(() => day.timeOf(id)).toBe('13:00 Dr. Strange')
  await page.locator(`#day [data-id="${id}"][data-doctor="${day.strange}"]`).waitFor()
  await expect.poll(() => page.locator('#day .ask').count()).toBe(0)
  await page.unroute('**/move')
})

it('a refused move says until when the time is taken, and offers the nearest', async () => {
  const id = await day.book('12:00', 'Siti Aminah')
  await day.book('14:00', 'Taufik Rahman', day.strange)
  await open()
  const taken = await middleOf(`.appt[data-start$="T14:00"][data-doctor="${day.strange}"] .name`)
  await drag(id, taken)
  await page.mouse.up()
  const refused = page.locator('#move-refused')
  await refused.waitFor()
  expect(await refused.innerText()).toContain('Dr. Strange is taken until 14:30')
  expect(await day.timeOf(id)).toBe('12:00 Dr. Sari')
  await refused.getByRole('button').first().click()
  await expect.poll(() => day.timeOf(id)).not.toBe('12:00 Dr. Sari')
})

it('Esc while dragging leaves everything as it was', async () => {
  const id = await day.book('15:00', 'Umi Rahayu')
  await open()
  await drag(id, await middleOf(free('16:00', day.strange)))
  await page.locator('.ghost').waitFor()
  await page.keyboard.press('Escape')
  await page.mouse.up()
  expect(await page.locator('.ghost, .ask').count()).toBe(0)
  expect(await day.timeOf(id)).toBe('15:00 Dr. Sari')
})

it('M moves by keyboard: arrows choose a place where it fits, Enter moves', async () => {
  const id = await day.book('16:00', 'Vina Anggraini')
  await open()
  await block(id).locator('.name').focus()
  await page.keyboard.press('m')
  await page.locator('.in-move .to button').first().waitFor()
  await page.locator('#day .to button[data-start]').first().focus()
  await page.keyboard.press('ArrowDown')
  const chosen = await page.evaluate(() => (document.activeElement as HTMLElement).dataset.start)
  await page.keyboard.press('Enter')
  await block(id).and(page.locator('.appt:not(.from)')).waitFor()
  expect(await block(id).getAttribute('data-start')).toBe(chosen)
})

it('Esc keeps the time while moving by keyboard', async () => {
  const id = await day.book('16:30', 'Wahyu Nugroho', day.strange)
  await open()
  await block(id).locator('.name').focus()
  await page.keyboard.press('m')
  await page.locator('.in-move .to button').first().focus()
  await page.keyboard.press('Escape')
  await block(id).waitFor()
  expect(await day.timeOf(id)).toBe('16:30 Dr. Strange')
})

it('dragging shifts no layout', async () => {
  const id = await day.book('12:30', 'Yuni Astuti', day.strange)
  await open()
  await page.evaluate(() => {
    const shifts: number[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value)
    }).observe({ type: 'layout-shift' })
  })
  await drag(id, await middleOf(free('13:15', day.sari)), 60)
  await page.locator('.ghost').waitFor()
  await page.keyboard.press('Escape')
  await page.mouse.up()
  expect(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)).toEqual([])
})
