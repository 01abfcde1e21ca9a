import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { openClinic } from '../../support/clinic.ts'
import { type DeskDay, openDeskDay } from '../../support/desk-day.ts'

// Staff see appointments first, whatever else their page offers.

const clinic = await openClinic()
let browser: Browser
let day: DeskDay

beforeAll(async () => {
  browser = await launchBrowser()
  day = await openDeskDay(clinic)
  for (const time of ['08:00', '09:30', '11:00', '13:00']) await day.book(time, `Patient at ${time}`)
})
afterAll(() => browser.close())

/** How far down the first appointment of the day begins, and ends. */
async function firstOf(page: Page): Promise<{ top: number; bottom: number }> {
  const first = page.locator('#day [data-id]').first()
  const box = await first.boundingBox()
  if (!box) throw new Error('No appointment is shown.')
  return { top: box.y, bottom: box.y + box.height }
}

const sizes = [
  ['a desktop', { width: 1280, height: 800 }, 'view=grid', 300],
  ['a desktop', { width: 1280, height: 800 }, 'view=list', 300],
  ['a phone', { width: 360, height: 740 }, 'view=list', 440],
] as const

describe.each([true, false])('with a script: %s', (javaScriptEnabled) => {
  it.each(sizes)('on %s (%o, %s) the first appointment is in sight', async (_, viewport, view, most) => {
    const page = await day.sitDown(browser, { viewport, javaScriptEnabled })
    await page.goto(`${clinic.origin}/desk?location=${day.location}&${view}`)
    const { top, bottom } = await firstOf(page)
    expect(top).toBeLessThanOrEqual(most)
    expect(bottom).toBeLessThanOrEqual(viewport.height)
    await page.context().close()
  })

  it('in a doctor’s own day, too', async () => {
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 360, height: 740 },
    ]) {
      const page = await day.sitDownAsDoctor(browser, day.sari, { viewport, javaScriptEnabled })
      expect((await firstOf(page)).bottom).toBeLessThanOrEqual(viewport.height)
      await page.context().close()
    }
  })
})
