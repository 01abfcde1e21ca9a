import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { RunOptions } from 'axe-core'
import { caniemail } from 'caniemail'
import { HtmlValidate } from 'html-validate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../../scripts/local/browser.ts'
import type { Email } from '../../src/channels/channel.ts'
import type { MessageContent } from '../../src/clinic/messages/content.ts'
import { renderMessage } from '../../src/messages/render.tsx'
import { every, hardCases, options } from '../messages/samples.ts'
import { findClipped, findSmallTargets } from './look.ts'

const { resolve } = createRequire(import.meta.url)
const axe = readFileSync(resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const mailOf = (content: MessageContent) => (renderMessage(content, options) as Email).html ?? ''
const mails = every.flatMap((which) => Object.values(hardCases).map((make) => mailOf(make(which))))

/** What some programs leave out. Without any of these, a mail reads as well and all its links work. */
const mayBeMissing = [
  // Then it is light, and as wide as the window.
  '@media',
  '<style> element',
  'color-scheme meta tag',
  // Square corners.
  'border-radius',
  // Then the hidden line about the time is seen at the top.
  'display:none',
  'max-height property',
  'overflow',
  // The telephone number may break.
  'white-space',
  // The card has its own colours.
  '<body> element',
  // Windows Mail has no screen reader support for tables anyway.
  'role attribute',
  'aria-hidden attribute',
  'aria-label attribute',
]

it('uses nothing that Gmail, Outlook or Apple Mail cannot do without harm', () => {
  const missing = new Set<string>()
  for (const html of mails) {
    const { issues } = caniemail({ clients: ['gmail.*', 'outlook.*', 'apple-mail.*'], html })
    for (const [client, found] of issues.errors)
      for (const { title } of found) if (!mayBeMissing.includes(title)) missing.add(`${client}: ${title}`)
  }
  expect([...missing]).toEqual([])
})

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:standard'],
  rules: {
    // Hono's way of writing these.
    'doctype-style': ['error', { style: 'lowercase' }],
    'void-style': ['error', { style: 'selfclose' }],
    // What mail programs need instead of style sheets and newer elements.
    'no-inline-style': 'off',
    'no-deprecated-attr': 'off',
    'prefer-native-element': 'off',
    'presentation-role-style': 'off',
    'prefer-tbody': 'off',
    // The subject, whatever the names.
    'long-title': 'off',
  },
})

it('has valid HTML', async () => {
  const faults = new Set<string>()
  for (const html of mails) {
    const { results } = await validator.validateString(html)
    for (const { ruleId, message } of results.flatMap(({ messages }) => messages))
      faults.add(`${ruleId}: ${message}`)
  }
  expect([...faults]).toEqual([])
})

it('loads nothing, runs nothing and is small', () => {
  for (const html of mails) {
    expect(html).not.toMatch(/<(script|img|link|iframe|form|input|object|base)\b|url\(|@import|\son\w+=/i)
    // Gmail cuts off a mail after 102 KB.
    expect(html.length).toBeLessThan(20_000)
  }
})

const rules: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // A mail has no headings and landmarks of its own: the mail program shows the subject above it.
  rules: Object.fromEntries(
    ['page-has-heading-one', 'landmark-one-main', 'region'].map((rule) => [rule, { enabled: false }]),
  ),
  resultTypes: ['violations'],
}

it('can be read by everyone, on a telephone, in light and dark', async () => {
  const faults = new Set<string>()
  const { plain, family, 'long-names': long, bare } = hardCases
  const shown = [plain, family, long, bare].flatMap((make) =>
    every.map((which) => make && mailOf(make(which))),
  )
  await using page = await browser.newPage({ viewport: { width: 360, height: 740 } })
  for (const html of shown) {
    await page.setContent(html ?? '')
    for (const fault of await page.evaluate(findClipped)) faults.add(fault)
    for (const fault of await page.evaluate(findSmallTargets)) faults.add(fault)
    await page.evaluate(axe)
    for (const fault of await askAxe(page)) faults.add(fault)
  }
  expect([...faults]).toEqual([])
}, 180_000)

async function askAxe(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const violations = await page.evaluate(async (options) => {
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
      return (await axe.run(document, options)).violations
    }, rules)
    for (const { id, nodes } of violations)
      for (const { failureSummary, html } of nodes)
        found.push(`${colorScheme}: ${id} at ${html.slice(0, 200)}: ${failureSummary}`)
  }
  return found
}

it('is read in the order in which it is seen', async () => {
  await using page = await browser.newPage({ viewport: { width: 360, height: 740 } })
  for (const html of mails) {
    await page.setContent(html)
    const tops = await page.evaluate(() =>
      [...document.querySelectorAll('p, b, a')]
        .filter((element) => element.checkVisibility())
        .map((element) => element.getBoundingClientRect().top),
    )
    expect(tops).toEqual(tops.toSorted((one, other) => one - other))
    expect(tops.length).toBeGreaterThan(3)
  }
}, 120_000)
