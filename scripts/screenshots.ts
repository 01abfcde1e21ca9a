import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser } from './local/browser.ts'
import { CannotStart, runCommand } from './local/cannot-start.ts'

// Photographs every page of a running stack: npm run screenshots -- [directory], ORIGIN for another address.

const origin = process.env.ORIGIN ?? 'http://localhost:8787'
const directory = process.argv[2] ?? '.data/screenshots'

const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1200, height: 900 } }

/** More of a page nobody looks at in one picture, and a browser paints none that is much taller. */
const tallest = 4_000

type Open = (page: Page) => Promise<unknown>

const go =
  (path: string): Open =>
  (page) =>
    page.goto(origin + path)

const press =
  (path: string, button: string): Open =>
  async (page) => {
    await page.goto(origin + path)
    await page.locator(button).first().click()
    await page.waitForLoadState()
  }

const slots = '/booking?visit_type_id=1'

/** By who is looking. What is held is let go at the end of each. */
const pages: Record<string, Record<string, Open>> = {
  stranger: {
    booking: go('/booking'),
    slots: go(slots),
    week: go(`${slots}&doctor_id=1&view=week`),
    hold: press(slots, '.slot'),
    'slots-holding': go(slots),
    lost: (page) =>
      page
        .locator('.banner a')
        .click()
        .then(() => letGoElsewhere(page)),
    'in-indonesian': go(`${slots}&lang=id`),
    'back-in-english': go('/booking?lang=en'),
    'nothing-free': go(`${slots}&doctor_id=6&from=2099-01-01`),
    'sign-in': go('/sign-in'),
    'not-found': go('/nowhere'),
  },
  caller: { code: go('/sign-in/code') },
  newcomer: { welcome: go('/welcome') },
  zero: {
    booking: go('/booking'),
    confirm: press(`${slots}&doctor_id=1`, '.slot'),
    'let-go': (page) => page.getByRole('button', { name: 'Change time' }).click(),
    confirmation: go('/booking/confirmation/1'),
    appointments: go('/appointments'),
    'appointments-past': go('/appointments?when=past'),
    appointment: go('/appointments/1'),
    times: go('/appointments/1/times?visit_type_id=1&doctor_id=1'),
    dependant: go('/dependants'),
  },
  desk: {
    booking: go('/booking'),
    slots: go('/booking?visit_type_id=4'),
    appointments: go('/appointments'),
    refused: (page) => ask(page, '08:00', '08:30'),
    invalid: (page) => ask(page, '10:00', '09:30'),
  },
  strange: { day: go('/booking') },
  admin: { health: go('/admin/health') },
  developer: {
    mailbox: go('/local/mailbox'),
    problem: go('/api/problems/slot_taken'),
    reference: go('/api/docs'),
  },
}

/** In another window, while this one still shows it. */
async function letGoElsewhere(page: Page): Promise<void> {
  await page.waitForURL('**/holds/*')
  await page.request.post(`${page.url()}/release`, { headers: { Origin: origin } })
  await page.reload()
}

const addresses: Record<string, string> = {
  caller: `caller-${Date.now()}@example.com`,
  newcomer: `newcomer-${Date.now()}@example.com`,
  zero: 'zero@example.com',
  desk: 'desk@example.com',
  strange: 'strange@example.com',
  admin: 'admin@example.com',
}

async function ask(page: Page, from: string, until: string): Promise<void> {
  await page.goto(`${origin}/booking`)
  await page.getByText('Book any time').click()
  const form = page.locator('details')
  await form.getByLabel('Doctor').selectOption('Dr. Strange')
  await form.getByLabel('Patient').selectOption('Patient Zero')
  await page.getByLabel('Start').fill(`2030-01-07T${from}`)
  await page.getByLabel('End').fill(`2030-01-07T${until}`)
  await page.getByRole('button', { name: 'Book appointment' }).click()
}

/** What the browser of that person keeps; a caller has asked for a code and not typed it in. */
async function arrive(browser: Browser, who: string): Promise<BrowserContextOptions> {
  const email = addresses[who]
  if (!email) return {}
  const page = await browser.newPage()
  await page.goto(`${origin}/sign-in`)
  await page.getByLabel('Your email').fill(email)
  await page.getByRole('button', { name: 'Email me a code' }).click()
  if (who !== 'caller') {
    const mailbox = await (await fetch(`${origin}/local/mailbox`)).text()
    const [, code = ''] = /Your code is (\d{6})/.exec(mailbox) ?? []
    await page.getByLabel('Code from the email').fill(code)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  }
  const storageState = await page.context().storageState()
  await page.close()
  return { storageState }
}

runCommand(async () => {
  await fetch(`${origin}/healthz`).catch(() => {
    throw new CannotStart(`Nothing answers at ${origin}. Start it first: npm start`)
  })
  await mkdir(directory, { recursive: true })
  const browser = await launchBrowser()
  for (const [who, views] of Object.entries(pages)) {
    const kept = await arrive(browser, who)
    for (const [size, viewport] of Object.entries(sizes)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await browser.newPage({ ...kept, viewport, colorScheme, deviceScaleFactor: 2 })
        for (const [name, open] of Object.entries(views)) {
          await open(page)
          const height = await page.evaluate(() => document.documentElement.scrollHeight)
          await page.screenshot({
            path: join(directory, `${who}-${name}-${size}-${colorScheme}.png`),
            fullPage: true,
            clip: { x: 0, y: 0, width: viewport.width, height: Math.min(height, tallest) },
          })
        }
        await page.close()
      }
    }
  }
  await browser.close()
  console.log(`✔ Screenshots in ${directory}`)
})
