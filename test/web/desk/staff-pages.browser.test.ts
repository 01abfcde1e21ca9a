import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { openClinic } from '../../support/clinic.ts'
import {
  hireDoctor,
  insertAppointment,
  locationOf,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

// Staff pages in dark mode, in print, at 320 pixels and in both languages.

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const clinic = await openClinic()
const { sql, origin } = clinic
let browser: Browser
let sessions: Record<'doctor' | 'desk', string>
let appointment: number

beforeAll(async () => {
  browser = await launchBrowser()
  const doctorId = await hireDoctor(sql)
  const minutes = (count: number) => new Date(Date.now() + count * 60_000)
  const enter = async (name: string, status: string, from: number) => {
    const patientId = await registerPatient(sql, name)
    return insertAppointment(sql, {
      doctorId,
      patientId,
      status,
      startAt: minutes(from).toISOString(),
      minutes: 10,
    })
  }
  await enter('Raden Ajeng Kusumaningsih Wiryohadiprodjo Notodiningrat', 'fulfilled', -45)
  await enter('Lina Late', 'booked', -15)
  appointment = await enter('Nina Next', 'arrived', 1)
  await sql.query('update appointments set arrived_at = $2 where id = $1', [appointment, minutes(-12)])
  await enter('Tina Tomorrow', 'booked', 24 * 60)
  await enter('Mira Missed', 'noshow', -70)
  await sql.query(
    `insert into time_off (doctor_id, location_id, starts_at, ends_at, reason)
     values ($1, $2, now() + interval '9 days', now() + interval '12 days', 'Congress')`,
    [doctorId, await locationOf(sql, doctorId)],
  )
  sessions = {
    doctor: await openSession(sql, await openAccount(sql, { role: 'doctor', doctorId })),
    desk: await openSession(sql, await openAccount(sql, { role: 'front_desk' })),
  }
})
afterAll(() => browser.close())

const pages = [
  ['doctor', '/desk/mine'],
  ['doctor', '/desk/mine?days=7'],
  ['doctor', '/desk/figures'],
  ['desk', '/desk/figures'],
  ['desk', '/desk/book'],
  ['desk', '/desk/appointments/ID'],
  ['desk', '/desk/messages'],
  ['desk', '/appointments'],
  ['desk', '/patients'],
  ['desk', '/patients/new'],
] as const

async function open(who: 'doctor' | 'desk', path: string, width: number, locale = 'en-GB'): Promise<Page> {
  const context = await browser.newContext({
    locale,
    viewport: { width, height: 800 },
    extraHTTPHeaders: { Cookie: sessions[who], 'CF-Connecting-IP': '192.0.2.77' },
  })
  const page = await context.newPage()
  const answer = await page.goto(origin + path.replace('ID', String(appointment)))
  expect([path, answer?.status()]).toEqual([path, 200])
  return page
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run(document, { resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
    )
  })
  return found
}

describe.each(pages)('for the %s, %s', (who, path) => {
  it.each(['en-GB', 'id-ID'])(
    'axe finds nothing, in light and in dark, at 320 pixels and wide (%s)',
    async (locale) => {
      const found: string[] = []
      for (const width of [320, 1280]) {
        const page = await open(who, path, width, locale)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          found.push(...(await violations(page)).map((fault) => `${width} ${colorScheme}: ${fault}`))
        }
        const tooWide = await page.evaluate(() => {
          if (document.documentElement.scrollWidth <= innerWidth) return []
          const beyond = [...document.body.querySelectorAll('*')].filter(
            (one) => one.getBoundingClientRect().right > innerWidth,
          )
          return beyond.map((one) => one.outerHTML.slice(0, 80))
        })
        found.push(...tooWide.map((one) => `${width}: too wide: ${one}`))
        await page.context().close()
      }
      expect(found).toEqual([])
    },
  )

  it('prints without navigation, and nothing is cut off', async () => {
    const page = await open(who, path, 1040)
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    const found = await page.evaluate(() => ({
      shown: [...document.querySelectorAll('header.top, nav, .figures-tools')]
        .filter((element) => element.checkVisibility())
        .map((element) => element.outerHTML.slice(0, 80)),
      wide: Math.max(0, document.documentElement.scrollWidth - innerWidth),
      ground: getComputedStyle(document.body).backgroundColor,
    }))
    await page.context().close()
    expect(found).toEqual({ shown: [], wide: 0, ground: expect.any(String) })
  })
})
