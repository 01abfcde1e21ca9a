import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { RunOptions } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { languages } from '../../src/i18n/languages.ts'
import type { Shown } from './every-page.ts'
import { findClipped, findFaint, findSmallTargets, readOutline, readProblems } from './look.ts'

// Looks at recorded pages in a real browser, by rules from which no page is excepted.

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export type Showing = Page & { show(shown: Shown): Promise<void> }

/**
 * A window that shows recorded pages at their address, with their script and policy. A width of 640 CSS pixels is
 * 1280 pixels at a zoom of 200 %.
 */
export async function openWindow(browser: Browser, origin: string, width = 640): Promise<Showing> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, deviceScaleFactor: 2 })
  let answer: Shown
  await page.route('**/*', (route) => {
    // The desk's script would load the day again; the browser tests of the desk look at what it adds.
    if (/\/assets\/desk-.*\.js$/.test(route.request().url())) return route.abort()
    if (!route.request().isNavigationRequest()) return route.continue()
    const { 'content-encoding': _, 'set-cookie': __, ...headers } = answer.headers
    return route.fulfill({ status: answer.status, headers, body: answer.html })
  })
  page.on('pageerror', (error) => console.error(error))
  return Object.assign(page, {
    async show(shown: Shown) {
      answer = shown
      await page.goto(origin + shown.path)
      await shown.prepare?.(page)
    },
  })
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
export async function askAxe(page: Page, within = 'html'): Promise<string[]> {
  // Through the debugger, which the page's policy does not block.
  await page.evaluate(axe)
  const found: string[] = []
  for (const [colorScheme, rules] of Object.entries({ light: inLight, dark: inDark })) {
    await page.emulateMedia({ colorScheme: colorScheme as 'light' | 'dark' })
    const violations = await page.evaluate(
      async ([part, options]) => {
        const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
        return (await axe.run(part, options)).violations
      },
      [within, rules] as const,
    )
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
    // Languages are offered at the foot, or in the menu of the visitor's account at the top.
    /^header,main(,footer)?$/.test(landmarks.join()) &&
    lang === copy.language &&
    title.endsWith(` · ${copy.brand}`) &&
    links.join() === offered.map(({ language, name }) => [language, language, name]).join()
  return isWhole ? [] : [JSON.stringify(outline)]
}

function checkProblems(problems: Awaited<ReturnType<typeof readProblems>>): string[] {
  const { summary, focused, firstWrong, wished, label, description, said, shown } = problems
  const isSaid = said.every(Boolean) && shown.every((problem, n) => problem && said[n]?.startsWith(problem))
  const isFocused =
    summary !== undefined
      ? focused === summary && label && description
      : focused === (firstWrong ?? wished ?? '')
  return isSaid && said.length === shown.length && isFocused ? [] : [JSON.stringify(problems)]
}

type Kind = 'axe' | 'cut' | 'targets' | 'faint' | 'outline' | 'problems'

/** What is wrong with the pages, each fault once. Pages that are not to be looked at whole are only checked for their layout. */
export async function inspect(
  browser: Browser,
  origin: string,
  pages: Shown[],
  isLookedAt: (shown: Shown) => boolean,
): Promise<Record<Kind, string[]>> {
  const found: Record<Kind, string[]> = {
    axe: [],
    cut: [],
    targets: [],
    faint: [],
    outline: [],
    problems: [],
  }
  const seen = new Set<string>()
  const rest = [...pages]
  const note = (kind: Kind, faults: string[], { name, language }: Shown) => {
    for (const fault of faults) {
      if (!seen.has(fault)) found[kind].push(`${fault} (${language}, ${name})`)
      seen.add(fault)
    }
  }
  const lookAt = async (page: Showing, shown: Shown) => {
    await page.setViewportSize({ width: 640, height: 800 })
    await page.show(shown)
    if (isLookedAt(shown)) {
      for (const width of shown.widths ?? [640]) {
        await page.setViewportSize({ width, height: 800 })
        const faults = [...(await askAxe(page, shown.within)), ...(await page.evaluate(findClipped))]
        note(
          'axe',
          faults.map((fault) => `${width}: ${fault}`),
          shown,
        )
      }
      await page.setViewportSize({ width: 360, height: 800 })
      note('faint', await tabThrough(page), shown)
      note('targets', await page.evaluate(findSmallTargets), shown)
    }
    await page.setViewportSize({ width: 640, height: 800 })
    await page.show(shown)
    note('problems', checkProblems(await page.evaluate(readProblems)), shown)
    note('outline', checkOutline(await page.evaluate(readOutline), shown), shown)
    note('cut', [...(await page.evaluate(findClipped)), ...(await squeeze(page))], shown)
  }
  const lookOn = async () => {
    const page = await openWindow(browser, origin)
    for (let shown = rest.shift(); shown; shown = rest.shift()) await lookAt(page, shown)
    await page.close()
  }
  await Promise.all([lookOn(), lookOn()])
  return found
}
