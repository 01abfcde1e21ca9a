import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../scripts/local/browser.ts'
import { languages } from '../../src/i18n/languages.ts'
import { openClinic } from '../support/clinic.ts'
import { type Shown, showEveryPage } from './every-page.ts'
import { askAxe, inspect, openWindow as open } from './inspect.ts'
import { findFaint, readOperable } from './look.ts'

const clinic = await openClinic()
let browser: Browser
let pages: Shown[]

beforeAll(async () => {
  browser = await launchBrowser()
  pages = await showEveryPage(clinic, ['en', 'id'])
}, 180_000)
afterAll(() => browser.close())

const openWindow = (width?: number) => open(browser, clinic.origin, width)

const named = (name: string): Shown => {
  const found = pages.find((shown) => shown.name === name && shown.language === 'en')
  if (!found) throw new Error(`There is no page "${name}".`)
  return found
}

describe('no page in any state', () => {
  let found: Awaited<ReturnType<typeof inspect>>
  const inIndonesian = [
    'booking with free times',
    'booking as a week',
    'a hold of a patient',
    'a time just taken',
    'a wrong code',
    'an appointment',
    'an appointment in a message',
    'the choice of messages',
    'a form with everything wrong',
  ]

  beforeAll(async () => {
    const isLookedAt = ({ language, name }: Shown) => language === 'en' || inIndonesian.includes(name)
    found = await inspect(browser, clinic.origin, pages, isLookedAt)
  }, 300_000)

  it('has an axe violation, in light or dark', () => {
    expect(found.axe).toEqual([])
  })
  it('cuts anything off at 200 %, at 320 pixels, with wider text or from right to left', () => {
    expect(found.cut).toEqual([])
  })
  it('has a target smaller than 44 pixels', () => {
    expect(found.targets).toEqual([])
  })
  it('hides focus or the edge of a field or button', () => {
    expect(found.faint).toEqual([])
  })
  it('has a wrong heading, landmark or language', () => {
    expect(found.outline).toEqual([])
  })
  it('refuses a form without focusing the reason and naming it at the field', () => {
    expect(found.problems).toEqual([])
  })
})

describe('by the keyboard', () => {
  it.each([
    'booking with free times',
    'a hold before signing in',
    'a hold of several patients',
    'an appointment',
    'other times',
    'booking of the front desk',
  ])('everything on the page "%s" is reached in reading order', async (name) => {
    const page = await openWindow(360)
    await page.show(named(name))
    const operable = await page.evaluate(readOperable)
    const reached: number[] = []
    for (let presses = 0; presses < operable.length * 5; presses++) {
      await page.keyboard.press('Tab')
      const place = await page.evaluate(() => (document.activeElement as HTMLElement).dataset.place)
      // After the last comes the browser's own.
      if (place === undefined) break
      // A date has several stops.
      if (reached.at(-1) !== Number(place)) reached.push(Number(place))
    }
    expect(reached).toEqual(operable.map((_, n) => n))
    // The skip link is hidden above until it has focus.
    const upwards = operable.filter(({ top, left }, n) => {
      const before = operable[n - 1]
      return n > 1 && before && top < before.bottom - 1 && left <= before.left
    })
    expect(upwards).toEqual([])
    await page.close()
  })

  it('the skip link shows itself and skips to the content', async () => {
    const page = await openWindow(360)
    await page.show(named('booking'))
    await page.keyboard.press('Tab')
    const box = await page.locator('.skip:focus').boundingBox()
    expect(box?.x).toBeGreaterThanOrEqual(0)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('visit_type_id')
    await page.close()
  })
})

describe('the countdown', () => {
  it('is announced at two minutes and at the end, without axe violations', async () => {
    const page = await openWindow()
    await page.clock.install()
    const held = named('a hold before signing in')
    await page.show(held)
    const aloud = page.getByRole('status')
    const said: (string | null)[] = []
    for (let minute = 0; minute < 11; minute++) {
      const words = await aloud.textContent()
      if (words !== (said.at(-1) ?? '')) said.push(words)
      if (minute === 9 || minute === 10) expect(await askAxe(page)).toEqual([])
      await page.clock.runFor(60_000)
    }
    const { almostOver, ranOut } = languages.en.hold
    expect(said).toEqual([almostOver(true), ranOut])
    expect(await page.locator('.over').isVisible()).toBe(true)
    expect(await page.locator('.left').isVisible()).toBe(false)
    await page.close()
  })

  it('is shown without a script too, on the clinic’s clock', () => {
    expect(named('a hold before signing in').html).toMatch(
      /<p>We’re holding this time for you until \d\d:\d\d, \w+ time\.<\/p>/,
    )
  })
})

describe('the reader’s own colours', () => {
  it.each([
    'booking with free times',
    'an appointment',
    'coming appointments',
    'a form with everything wrong',
  ])('keep buttons, fields and focus on the page "%s" visible', async (name) => {
    const page = await openWindow()
    await page.emulateMedia({ forcedColors: 'active' })
    await page.show(named(name))
    expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(findFaint)).toEqual([])
    await page.close()
  })
})

describe('the style', () => {
  const style = () => /<style>([\s\S]*?)<\/style>/.exec(named('booking').html)?.[1] ?? ''

  it('names no left or right, so that it works from right to left', () => {
    expect(style()).toContain('inset-inline-start')
    const declarations = style().match(/[\w-]+:[^;{}]+;/g) ?? []
    expect(declarations.filter((declaration) => /\b(left|right)\b/.test(declaration))).toEqual([])
  })

  it('animates nothing', () => {
    expect(style()).not.toMatch(/transition|animation|scroll-behavior/)
  })
})
