import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { keyGroups } from '../../../src/web/desk/key-map.ts'
import { openClinic } from '../../support/clinic.ts'
import { type DeskDay, openDeskDay } from '../../support/desk-day.ts'

const clinic = await openClinic()
let browser: Browser
let day: DeskDay
let page: Page
let fitri: number

beforeAll(async () => {
  browser = await launchBrowser()
  day = await openDeskDay(clinic)
  fitri = await day.book('12:00', 'Fitri Handayani')
  page = await day.sitDown(browser)
})
beforeEach(() => page.goto(day.address))
afterAll(() => browser.close())

const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const focus = (id: number) => page.locator(`#day [data-id="${id}"] .name`).focus()
const sees = (selector: string) => page.locator(selector).first().waitFor()
const here = () => new URL(page.url())

it('G leads to the field for a date', async () => {
  await focus(fitri)
  await press('g')
  await sees('#on:focus')
})

it('7 shows the week of one doctor', async () => {
  await focus(fitri)
  await press('7')
  await expect.poll(() => here().searchParams.get('days')).toBe('7')
  await sees('#day .col')
})

it('/ leads to where patients are found', async () => {
  await focus(fitri)
  await press('/')
  await sees(':is(main, dialog) input:is([name=q], [type=search])')
})

it('W opens the form for a walk-in', async () => {
  await focus(fitri)
  await press('w')
  await sees('form[action="/desk/walk-ins/patient-search"], form[action="/desk/walk-ins"]')
})

it('X marks a patient as missed, and Z takes it back', async () => {
  const late = await day.book('09:00', 'Eko Saputra')
  await page.reload()
  await focus(late)
  await press('x')
  await sees(`#day [data-id="${late}"].is-noshow`)
  expect(await day.statusOf(late)).toBe('noshow')
  await focus(late)
  await press('z')
  await expect.poll(() => day.statusOf(late)).toBe('booked')
})

it('Shift+P opens the label to print', async () => {
  await focus(fitri)
  const [label] = await Promise.all([page.context().waitForEvent('page'), press('Shift+P')])
  await label.waitForLoadState()
  expect(new URL(label.url()).pathname).toBe(`/desk/appointments/${fitri}/label`)
  expect(await label.locator('body').innerText()).toContain('Fitri Handayani')
  await label.close()
})

it('M begins a move: arrows and N choose, Enter moves; Esc keeps the time', async () => {
  await focus(fitri)
  await press('m')
  await sees('button[name=slot]')
  await press('Escape')
  await sees(`#day [data-id="${fitri}"]`)
  expect(await day.timeOf(fitri)).toBe('12:00 Dr. Sari')
})

it('Home leads to the first entry of the doctor', async () => {
  await focus(fitri)
  await press('Home')
  const isFirst = await page.evaluate(() => {
    const entry = document.activeElement
    return entry?.closest('ol')?.querySelector('li a') === entry
  })
  expect(isFirst).toBe(true)
})

it('[ shows the day before', async () => {
  await focus(fitri)
  await press('[')
  const before = new Date(Date.parse(`${day.on}T00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  await expect.poll(() => here().searchParams.get('on')).toBe(before)
})

it('every key of the map is pressed in a test', () => {
  const names: Record<string, string> = {
    '↑': 'ArrowUp',
    '↓': 'ArrowDown',
    '←': 'ArrowLeft',
    '→': 'ArrowRight',
    'Ctrl+Home': 'Control+Home',
    'Ctrl+End': 'Control+End',
    Esc: 'Escape',
  }
  const files = ['keys.browser.test.ts', 'more-keys.browser.test.ts']
  const tests = files.map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
  const pressed = [...tests.join('').matchAll(/press\(([^)]*)\)/g)].flatMap(([, keys = '']) =>
    [...keys.matchAll(/'([^']+)'/g)].map(([, key]) => key),
  )
  const wanted = keyGroups
    .flatMap(({ keys }) => keys.flatMap(({ press }) => press))
    .map((key) => names[key] ?? (key.length === 1 ? key.toLowerCase() : key))
  expect(wanted.filter((key) => !pressed.includes(key))).toEqual([])
})
