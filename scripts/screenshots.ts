import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchBrowser } from './local/browser.ts'
import { CannotStart, runCommand } from './local/cannot-start.ts'

// Photographs every page of a running stack: npm run screenshots -- [directory], ORIGIN for another address.

const origin = process.env.ORIGIN ?? 'http://localhost:8787'
const directory = process.argv[2] ?? '.data/screenshots'

const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1200, height: 900 } }

const pages: Record<string, (page: Page) => Promise<unknown>> = {
  booking: (page) => page.goto(`${origin}/booking`),
  refused: async (page) => {
    await fillIn(page, {
      doctor: 'Dr. Strange',
      patient: 'Patient Zero',
      day: '2030-01-07',
      from: '08:00',
      until: '08:30',
    })
  },
  invalid: async (page) => {
    await fillIn(page, {
      doctor: 'Dr. Strange',
      patient: 'Patient Zero',
      day: '2030-01-07',
      from: '10:00',
      until: '09:30',
    })
  },
  confirmation: (page) => page.goto(`${origin}/booking/confirmation/1`),
  'not-found': (page) => page.goto(`${origin}/nowhere`),
}

interface Wish {
  doctor: string
  patient: string
  day: string
  from: string
  until: string
}

async function fillIn(page: Page, { doctor, patient, day, from, until }: Wish): Promise<void> {
  await page.goto(`${origin}/booking`)
  await page.getByLabel('Doctor', { exact: true }).selectOption(doctor)
  await page.getByLabel('Patient', { exact: true }).selectOption(patient)
  await page.getByLabel('Start', { exact: true }).fill(`${day}T${from}`)
  await page.getByLabel('End', { exact: true }).fill(`${day}T${until}`)
  await page.getByRole('button', { name: 'Book', exact: true }).click()
}

runCommand(async () => {
  await fetch(`${origin}/healthz`).catch(() => {
    throw new CannotStart(`Nothing answers at ${origin}. Start it first: npm start`)
  })
  await mkdir(directory, { recursive: true })
  const browser = await launchBrowser()
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport, colorScheme, deviceScaleFactor: 2 })
      for (const [name, open] of Object.entries(pages)) {
        await open(page)
        await page.screenshot({ path: join(directory, `${name}-${size}-${colorScheme}.png`), fullPage: true })
      }
      await page.close()
    }
  }
  await browser.close()
  console.log(`✔ Screenshots in ${directory}`)
})
