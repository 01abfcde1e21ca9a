import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { RunOptions } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../scripts/local/browser.ts'
import { languages } from '../../src/i18n/languages.ts'
import { openClinic } from '../support/clinic.ts'
import { type Shown, showEveryPage } from './every-page.ts'
import { findClipped, findFaint, findSmallTargets, readOperable, readOutline, readProblems } from './look.ts'

const { resolve } = createRequire(import.meta.url)
const axe = readFileSync(resolve('axe-core/axe.min.js'), 'utf8')

const clinic = await openClinic()
let browser: Browser
let pages: Shown[]

beforeAll(async () => {
  browser = await launchBrowser()
  pages = await showEveryPage(clinic, ['en', 'id'])
}, 180_000)
afterAll(() => browser.close())

type Showing = Page & { show(shown: Shown): Promise<void> }

/**
 * A window that shows recorded pages at their address, with their script and policy. A width of 640 CSS pixels is
 * 1280 pixels at a zoom of 200 %.
 */
async function openWindow(width = 640): Promise<Showing> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, deviceScaleFactor: 2 })
  let answer: Shown
  await page.route('**/*', (route) => {
    // The desk's script would load the day again; its pages are looked at with it in staff-pages.browser.test.ts.
    if (/\/assets\/desk-.*\.js$/.test(route.request().url())) return route.abort()
    if (!route.request().isNavigationRequest()) return route.continue()
    const { 'content-encoding': _, 'set-cookie': __, ...headers } = answer.headers
    return route.fulfill({ status: answer.status, headers, body: answer.html })
  })
  page.on('pageerror', (error) => console.error(error))
  return Object.assign(page, {
    async show(shown: Shown) {
      answer = shown
      await page.goto(clinic.origin + shown.path)
    },
  })
}

/** The desk's pages have a frame of their own, and parts that scroll sideways. */
const isOfDesk = ({ html }: Shown) => html.includes('/assets/desk-')

const named = (name: string): Shown => {
  const found = pages.find((shown) => shown.name === name && shown.language === 'en')
  if (!found) throw new Error(`There is no page "${name}".`)
  return found
}

const inLight: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
}
/** Only the rules about colour: the others find the same in dark as in light. */
const inDark: RunOptions = {
  runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
  resultTypes: ['violations'],
}

/** The violations axe finds, with no rule excluded. */
async function askAxe(page: Page): Promise<string[]> {
  // Through the debugger, which the page's policy does not block.
  await page.evaluate(axe)
  const found: string[] = []
  for (const [colorScheme, rules] of Object.entries({ light: inLight, dark: inDark })) {
    await page.emulateMedia({ colorScheme: colorScheme as 'light' | 'dark' })
    const violations = await page.evaluate(async (options) => {
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
      return (await axe.run(document, options)).violations
    }, rules)
    for (const { id, nodes } of violations)
      for (const { target, failureSummary } of nodes)
        found.push(`${colorScheme}: ${id} at ${target}: ${failureSummary}`)
  }
  return found
}

/** In a narrow window, with wider text spacing (WCAG 1.4.12) and from right to left. */
async function squeeze(page: Page): Promise<string[]> {
  const found: string[] = []
  const see = async (how: string) =>
    found.push(...(await page.evaluate(findClipped)).map((fault) => `${how}: ${fault}`))
  await page.setViewportSize({ width: 320, height: 800 })
  await see('at 320 pixels')
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl'
  })
  await see('from right to left')
  await page.evaluate(() => {
    document.documentElement.dir = 'ltr'
    const wider = new CSSStyleSheet()
    wider.replaceSync(`* {
      line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
    } p { margin-bottom: 2em !important }`)
    document.adoptedStyleSheets = [wider]
  })
  await see('with wider text')
  return found
}

async function tabThrough(page: Page): Promise<string[]> {
  // From now on focus counts as keyboard focus.
  await page.keyboard.press('Tab')
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    found.push(...(await page.evaluate(findFaint)).map((fault) => `${colorScheme}: ${fault}`))
  }
  return found
}

function checkOutline(outline: Awaited<ReturnType<typeof readOutline>>, { language, name }: Shown): string[] {
  const copy = languages[language]
  // Pages for programmers exist in one language only.
  const isForProgrammers = name === 'what a refusal means' || name === 'the reference of the API'
  const offered = isForProgrammers ? [] : Object.values(languages)
  const { headings, landmarks, lang, links, title } = outline
  const isWhole =
    headings.filter((level) => level === 1).length === 1 &&
    headings.every((level, n) => level <= (headings[n - 1] ?? 1) + 1) &&
    landmarks.join() === 'header,main,footer' &&
    lang === copy.language &&
    title.endsWith(` · ${copy.brand}`) &&
    links.join() === offered.map(({ language, name }) => [language, language, name]).join()
  return isWhole ? [] : [JSON.stringify(outline)]
}

function checkProblems(problems: Awaited<ReturnType<typeof readProblems>>, { html }: Shown): string[] {
  const { focused, firstWrong, hasSummary, label, description, said, shown } = problems
  // A preview brings its reader to the dates.
  const idle = html.includes('id="dates-title"') ? 'dates-title' : ''
  const isSaid = said.every(Boolean) && shown.every((problem, n) => problem && said[n]?.startsWith(problem))
  const isFocused = hasSummary
    ? focused === 'summary' && label && description
    : focused === (firstWrong ?? idle)
  return isSaid && said.length === shown.length && isFocused ? [] : [JSON.stringify(problems)]
}

describe('no page in any state', () => {
  const found = { axe: [], cut: [], targets: [], faint: [], outline: [], problems: [] } as Record<
    string,
    string[]
  >
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
    const seen = new Set<string>()
    const rest = [...pages]
    const note = (kind: string, faults: string[], { name, language }: Shown) => {
      for (const fault of faults) {
        if (!seen.has(fault)) found[kind]?.push(`${fault} (${language}, ${name})`)
        seen.add(fault)
      }
    }
    const lookAround = async (page: Showing, shown: Shown) => {
      note('problems', checkProblems(await page.evaluate(readProblems), shown), shown)
      note('outline', checkOutline(await page.evaluate(readOutline), shown), shown)
      note('cut', [...(await page.evaluate(findClipped)), ...(await squeeze(page))], shown)
    }
    const lookAt = async (page: Showing, shown: Shown) => {
      const isLooked = shown.language === 'en' || inIndonesian.includes(shown.name)
      await page.setViewportSize({ width: 640, height: 800 })
      await page.show(shown)
      if (isLooked) {
        note('axe', await askAxe(page), shown)
        await page.setViewportSize({ width: 360, height: 800 })
        note('faint', await tabThrough(page), shown)
      }
      if (isOfDesk(shown)) return
      if (isLooked) note('targets', await page.evaluate(findSmallTargets), shown)
      await page.setViewportSize({ width: 640, height: 800 })
      await page.show(shown)
      await lookAround(page, shown)
    }
    const lookOn = async () => {
      const page = await openWindow()
      for (let shown = rest.shift(); shown; shown = rest.shift()) await lookAt(page, shown)
      await page.close()
    }
    await Promise.all([lookOn(), lookOn()])
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
