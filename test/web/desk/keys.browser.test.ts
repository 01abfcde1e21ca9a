import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { openClinic } from '../../support/clinic.ts'
import { type DeskDay, openDeskDay } from '../../support/desk-day.ts'

const clinic = await openClinic()
let browser: Browser
let day: DeskDay
let page: Page
let fitri: number
let gita: number

beforeAll(async () => {
  browser = await launchBrowser()
  day = await openDeskDay(clinic)
  fitri = await day.book('12:00', 'Fitri Handayani')
  gita = await day.book('14:00', 'Gita Permata')
  await day.book('12:00', 'Hendra Gunawan', day.strange)
  page = await day.sitDown(browser)
})
afterAll(() => browser.close())

/** The entry in focus, by what it says first. */
const focused = () =>
  page.evaluate(() => {
    const link = document.activeElement
    return (link?.getAttribute('aria-label') ?? link?.textContent ?? '').trim()
  })
const focus = (id: number) => page.locator(`#day [data-id="${id}"] .name`).focus()
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const sees = (selector: string) => page.locator(selector).first().waitFor()

describe('arrows', () => {
  it('lead to the earlier and the later entry of a doctor', async () => {
    await focus(fitri)
    await press('ArrowDown')
    expect(await focused()).toContain('12:30')
    await press('ArrowUp', 'ArrowUp')
    expect(await focused()).toContain('11:45')
  })

  it('lead to the same time of the next doctor, and back', async () => {
    await focus(fitri)
    await press('ArrowRight')
    expect(await focused()).toBe('Hendra Gunawan')
    await press('ArrowLeft')
    expect(await focused()).toBe('Fitri Handayani')
  })

  it('Home and End lead to the first and the last entry, with Ctrl to the outer doctors', async () => {
    await focus(fitri)
    await press('End')
    expect(await focused()).toContain('16:45')
    await press('Control+End')
    expect(await focused()).toContain('Dr. Strange')
    await press('Control+Home')
    expect(await focused()).toContain('Dr. Sari')
  })

  it('the day is one stop for Tab', async () => {
    await focus(fitri)
    await press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('#day'))).toBeNull()
    await press('Shift+Tab')
    expect(await focused()).toBe('Fitri Handayani')
  })
})

describe('one press', () => {
  it('A, S and D say that a patient has come, is with the doctor, and is done; Z takes it back', async () => {
    await focus(gita)
    await press('a')
    await sees(`#day [data-id="${gita}"].is-arrived`)
    expect(await focused()).toBe('Gita Permata')
    await press('s')
    await sees(`#day [data-id="${gita}"].is-doing`)
    await press('d')
    await sees(`#day [data-id="${gita}"].is-done`)
    await press('z')
    await sees(`#day [data-id="${gita}"].is-doing`)
    expect(await day.statusOf(gita)).toBe('arrived')
  })

  it('N leads to the next free time, and Enter books it in the panel; Esc closes it and the focus returns', async () => {
    await focus(fitri)
    await press('n')
    expect(await focused()).toContain('12:30')
    await press('Enter')
    await sees('#panel[open] form')
    expect(new URL(page.url()).pathname).toBe('/desk/book')
    await press('Escape')
    await page.locator('#panel').waitFor({ state: 'hidden' })
    expect(await focused()).toContain('12:30')
    expect(new URL(page.url()).pathname).toBe('/desk')
  })

  it('Enter opens the appointment beside the day', async () => {
    await focus(fitri)
    await press('Enter')
    await sees('#panel[open] h1:has-text("Fitri Handayani")')
    await press('Escape')
    expect(await focused()).toBe('Fitri Handayani')
  })

  it('C opens the reason and cancels nothing, R the message, P the patient card', async () => {
    await focus(fitri)
    await press('c')
    await sees('#panel[open] form[action$="/cancellation"] :focus')
    await press('Escape')
    await press('r')
    await sees('#panel[open] #message :focus')
    await press('Escape')
    await press('p')
    await sees('#panel[open] aside:focus')
    await press('Escape')
    expect(await day.statusOf(fitri)).toBe('booked')
  })

  it('H hides names and shows them again', async () => {
    await focus(fitri)
    await press('h')
    await sees('body.hides-names')
    await press('h')
    await sees('body:not(.hides-names)')
  })

  it('. leads to now, Q to the next waiting patient', async () => {
    await press('.')
    expect(await focused()).toMatch(/1[01]:/)
    await focus(gita)
    await press('a')
    const waiting = await day.book('14:30', 'Yuni Astuti', day.strange)
    await page.reload()
    await focus(waiting)
    await press('a')
    await sees(`#waiting [data-id="${waiting}"]`)
    await focus(fitri)
    await press('q')
    expect(await focused()).toBe('Yuni Astuti')
  })

  it('F6 leads from part to part', async () => {
    await focus(fitri)
    for (const part of ['walk-ins', 'notes', 'waiting', 'day']) {
      await press('F6')
      await sees(`#${part}:focus, #${part} :focus`)
    }
  })

  it('[ and ] lead to the days around, T back; 3 and 7 show more days, V the list', async () => {
    const here = () => new URL(page.url()).searchParams
    await focus(fitri)
    await press(']')
    await expect.poll(() => here().get('on')).not.toBeNull()
    await page.locator('#day .free a').first().focus()
    await press('t')
    await expect.poll(() => here().get('on')).toBeNull()
    await focus(fitri)
    await press('3')
    await expect.poll(() => here().get('days')).toBe('3')
    await focus(fitri)
    await press('1')
    await expect.poll(() => here().get('days')).toBeNull()
    await focus(fitri)
    await press('v')
    await sees('#day .rows')
    await page.locator(`#day [data-id="${fitri}"] a`).focus()
    await press('v')
    await sees('#day .col')
  })

  it('? lists all keys, and there letters can be turned off', async () => {
    await focus(fitri)
    await press('?')
    await sees('#panel[open] kbd')
    await page.getByRole('button', { name: 'Turn letters off' }).click()
    await page.getByRole('button', { name: 'Turn letters on' }).waitFor()
    await press('Escape')
    await focus(fitri)
    await press('h', 'ArrowDown')
    expect(await focused()).toContain('12:30')
    expect(await page.locator('body.hides-names').count()).toBe(0)
  })
})
