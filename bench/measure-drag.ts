import type { BrowserContext, Page } from 'playwright-core'
import { launchBrowser } from '../scripts/local/browser.ts'
import { percentile } from './statistics.ts'

/** What a browser drew while the pointer moved, or rested. */
interface Frames {
  perSecond: number
  /** Milliseconds from one frame to the next. */
  p50: number
  p99: number
  most: number
  /** Of the main thread, for each frame. */
  busy: number
  layoutShift: number
}

export interface Drag {
  dragging: Frames
  /** The same page before. */
  resting: Frames
  /** Different places that the block was drawn at. */
  places: number
}

const moves = 360

/** Drags an appointment over a page in a real browser, for some six seconds, and lets it go where it was. */
export async function measureDrag(origin: string, cookie: string, path: string): Promise<Drag> {
  await using browser = await launchBrowser()
  await using context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  await context.addCookies([cookieOf(cookie, origin)])
  await using page = await context.newPage()
  await page.goto(origin + path)
  const item = page.locator('#day .appt.is-booked').first()
  await item.scrollIntoViewIfNeeded()
  await page.locator('.live .age').waitFor()
  const box = await item.boundingBox()
  if (!box) throw new Error('No appointment is shown that could be dragged.')
  const from = { x: box.x + 20, y: box.y + 8 }
  await page.mouse.move(from.x, from.y)
  const resting = await watchFrames(page, () => page.waitForTimeout(3_000))
  await page.mouse.down()
  await page.mouse.move(from.x + 30, from.y + 30)
  await page.locator('.ghost').waitFor()
  const seen = new Set<string>()
  const dragging = await watchFrames(page, async () => {
    for (let at = 0; at < moves; at++) {
      // There and back, over columns and rows.
      const along = Math.abs(((at * 2) % moves) - moves / 2) / (moves / 2)
      await page.mouse.move(from.x + 30 + along * 600, from.y + 30 + along * 250)
      if (at % 10 === 0)
        seen.add(await page.locator('.ghost').evaluate((ghost) => (ghost as HTMLElement).style.transform))
    }
  })
  await page.keyboard.press('Escape')
  await page.mouse.up()
  if (seen.size < 2) throw new Error('The appointment did not follow the pointer. Nothing was measured.')
  return { dragging, resting, places: seen.size }
}

/** Counts frames, and what moved without being asked to, while something is done. */
async function watchFrames(page: Page, work: () => Promise<unknown>): Promise<Frames> {
  const metrics = await openMetrics(page.context(), page)
  const busyBefore = await metrics.busy()
  await page.evaluate(() => {
    const watched = { at: [] as number[], shift: 0, isOn: true }
    Object.assign(window, { watched })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) watched.shift += (entry as unknown as { value: number }).value
    }).observe({ type: 'layout-shift' })
    const tick = (now: number) => {
      watched.at.push(now)
      if (watched.isOn) requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })
  await work()
  const { at, shift } = await page.evaluate(() => {
    const { watched } = window as unknown as { watched: { at: number[]; shift: number; isOn: boolean } }
    watched.isOn = false
    return watched
  })
  const busy = (await metrics.busy()) - busyBefore
  await metrics.close()
  const between = at.slice(1).map((time, index) => time - (at[index] ?? time))
  if (between.length === 0) throw new Error('The browser drew no frame. Nothing was measured.')
  const lasted = between.reduce((sum, one) => sum + one, 0)
  return {
    perSecond: (between.length / lasted) * 1_000,
    p50: percentile(between, 50),
    p99: percentile(between, 99),
    most: Math.max(...between),
    busy: busy / between.length,
    layoutShift: shift,
  }
}

async function openMetrics(context: BrowserContext, page: Page) {
  const devtools = await context.newCDPSession(page)
  await devtools.send('Performance.enable')
  return {
    close: () => devtools.detach(),
    /** Milliseconds that the main thread has worked. */
    async busy() {
      const { metrics } = await devtools.send('Performance.getMetrics')
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000
    },
  }
}

function cookieOf(header: string, origin: string) {
  const at = header.indexOf('=')
  const [name, value] = [header.slice(0, at), header.slice(at + 1)]
  // Chromium takes a Secure cookie for https only; localhost may then send it, too.
  return { name, value, url: origin.replace('http:', 'https:'), secure: true, httpOnly: true }
}
