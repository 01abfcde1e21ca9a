import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from './local/browser.ts'
import { CannotStart, runCommand } from './local/cannot-start.ts'
import type { Open } from './screenshots/follow.ts'
import { pages } from './screenshots/pages.ts'
import { type People, signInPeople } from './screenshots/people.ts'

// Photographs every page of a running stack: npm run screenshots -- [DIRECTORY], with ORIGIN for another address.

const origin = process.env.ORIGIN ?? 'http://localhost:8787'
const directory = process.argv[2] ?? '.data/screenshots'

const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1200, height: 900 } }
const looks = Object.entries(sizes).flatMap(([size, viewport]) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ size, viewport, colorScheme })),
)
type Look = (typeof looks)[number]

/** In CSS pixels: taller pictures are unwieldy. */
const tallest = 4_000

runCommand(async () => {
  await fetch(`${origin}/healthz`).catch(() => {
    throw new CannotStart(`Nothing answers at ${origin}. Start a stack first: npm start`)
  })
  await mkdir(directory, { recursive: true })
  await using people = await signInPeople()
  await using browser = await launchBrowser()
  for (const [who, views] of Object.entries(pages))
    for (const look of looks) await photographAll(browser, people, who, views, look)
  console.log(`✔ Screenshots in ${directory}`)
})

/** Photographs the views in order in one browser window, because some depend on the one before. */
async function photographAll(
  browser: Browser,
  people: People,
  who: string,
  views: Record<string, Open>,
  { size, viewport, colorScheme }: Look,
): Promise<void> {
  await using page = await browser.newPage({ baseURL: origin, viewport, colorScheme, deviceScaleFactor: 2 })
  await page.context().addCookies(await people.cookiesOf(who, origin))
  for (const [name, open] of Object.entries(views)) {
    await open(page)
    await photograph(page, viewport, join(directory, `${who}-${name}-${size}-${colorScheme}.png`))
  }
}

async function photograph(page: Page, viewport: Look['viewport'], path: string): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ ...viewport, height: Math.max(viewport.height, Math.min(height, tallest)) })
  // Chromium often cannot capture a tall page that it has not painted at its new size yet.
  await page.evaluate(
    () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
  )
  await page.screenshot({ path })
  await page.setViewportSize(viewport)
}
