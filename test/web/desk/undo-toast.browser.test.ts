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

const middleOf = async (selector: string) => {
  const found = page.locator(selector).first()
  await found.scrollIntoViewIfNeeded()
  const box = await found.boundingBox()
  return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
}

async function dragTo(id: number, time: string): Promise<void> {
  const to = await middleOf(`.free a[data-start$="T${time}"][data-doctor="${day.strange}"]`)
  const box = await page.locator(`#day [data-id="${id}"]`).boundingBox()
  await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 8)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 12 })
  await page.mouse.up()
  await expect.poll(() => day.timeOf(id)).toBe(`${time} Dr. Strange`)
}

it('a drag is taken back by its toast, or by the key for it', async () => {
  const id = await day.book('11:30', 'Rizky Pratama')
  await page.reload()
  await page.locator('.live .age').waitFor()
  await dragTo(id, '13:00')
  const toast = page.locator('.toast', { hasText: 'Moved.' })
  await toast.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => day.timeOf(id)).toBe('11:30 Dr. Sari')
  await expect.poll(() => page.locator('.toast').count()).toBe(0)
  await dragTo(id, '13:00')
  await toast.waitFor()
  await page.locator(`#day [data-id="${id}"] .name`).focus()
  await page.keyboard.press('z')
  await expect.poll(() => day.timeOf(id)).toBe('11:30 Dr. Sari')
})

it('a toast that was closed stays closed, though the page loads itself again', async () => {
  const id = await day.book('12:00', 'Siti Aminah')
  await page.reload()
  await page.locator('.live .age').waitFor()
  await dragTo(id, '14:00')
  const toast = page.locator('.toast')
  await toast.getByRole('button', { name: 'Close' }).click()
  const other = await day.book('16:00', 'Taufik Rahman')
  await page.locator(`#day [data-id="${id}"] .name`).focus()
  await page.keyboard.press('h')
  await page.locator('body.hides-names').waitFor()
  await page.locator(`#day [data-id="${other}"]`).waitFor()
  expect(await toast.count()).toBe(0)
})
