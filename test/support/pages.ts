import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { type Copy, en } from '../../src/i18n/en.ts'
import type { Clinic } from './clinic.ts'

interface VisitorWishes extends BrowserContextOptions {
  words?: Copy
  /** Uses Tab and keys instead of a pointer. */
  byKeyboard?: boolean
}

export type Visitor = Awaited<ReturnType<typeof visit>>

let networks = 0

/**
 * A visitor with a browser and a network address of their own, as one address may hold only ten times. They find
 * controls by the words of their language.
 */
export async function visit(
  clinic: Clinic,
  browser: Browser,
  { words = en, byKeyboard = false, ...options }: VisitorWishes = {},
) {
  const extraHTTPHeaders = { 'CF-Connecting-IP': `192.0.2.${++networks}` }
  const context = await browser.newContext({ extraHTTPHeaders, ...options })
  context.setDefaultTimeout(5_000)
  const page = await context.newPage()
  const hands = byKeyboard ? keysOf(page) : pointer
  const button = (name: string | RegExp) => page.getByRole('button', { name }).first()
  const visitor = {
    page,
    words,
    hands,
    opens: (path: string) => page.goto(`${clinic.origin}${path}`),
    presses: (name: string | RegExp) => hands.press(button(name)),
    follows: (name: string | RegExp) => hands.press(page.getByRole('link', { name }).first()),
    sees: (heading: string | RegExp) => page.getByRole('heading', { name: heading }).first().waitFor(),
    reads: async () => (await page.getByRole('main').innerText()).replace(/\s+/g, ' '),
    /** The free times on the page, as doctor and instant. */
    offers: () =>
      page
        .locator('button.slot')
        .evaluateAll((slots) => slots.map((slot) => slot.getAttribute('value') ?? '')),
    async looksFor(visitType: string, from: string) {
      await hands.choose(page.getByLabel(words.finder.visitType).first(), visitType)
      await hands.fill(page.getByLabel(words.finder.from), from)
      await hands.press(button(words.finder.submit))
      await page.locator('button.slot').first().waitFor()
    },
    async asksForCode(email: string) {
      await hands.fill(page.getByLabel(words.signIn.email), email)
      await hands.press(button(words.signIn.sendCode))
      await visitor.sees(words.signIn.codeTitle)
    },
    async typesInTheCode(email: string) {
      const mail = clinic.mails.find(({ to }) => to === email)
      const [code = 'no code'] = /\d{6}/.exec(mail?.text ?? '') ?? []
      await hands.fill(page.getByLabel(words.signIn.code, { exact: true }), code)
      await hands.press(page.getByRole('main').getByRole('button', { name: words.signIn.submit }))
    },
    async introducesThemselves(name: string) {
      await hands.fill(page.getByLabel(words.welcome.name, { exact: true }), name)
      await hands.check(page.getByLabel(words.welcome.terms))
      await hands.press(button(words.welcome.submit))
    },
    leaves: () => context.close(),
  }
  return visitor
}

interface Hands {
  press(what: Locator): Promise<void>
  fill(field: Locator, text: string): Promise<void>
  choose(list: Locator, option: string): Promise<void>
  check(box: Locator): Promise<void>
}

const pointer: Hands = {
  press: (what) => what.click(),
  fill: (field, text) => field.fill(text),
  async choose(list, option) {
    const named = list.locator('option', { hasText: option }).first()
    await list.selectOption((await named.getAttribute('value')) ?? '')
  },
  check: (box) => box.check(),
}

/** Works by keyboard: Tab must lead everywhere, and focus must always be visible. */
function keysOf(page: Page): Hands {
  const { keyboard } = page
  const type = async (into: Locator, text: string) => {
    await tabTo(page, into)
    await keyboard.type(text)
  }
  return {
    async press(what) {
      await tabTo(page, what)
      await keyboard.press('Enter')
    },
    async fill(field, text) {
      const isDate = (await field.getAttribute('type')) === 'date'
      await type(field, isDate ? dayAndMonth(text) : text)
      const written = await field.inputValue()
      if (written !== text) throw new Error(`${text} was typed, and ${written} was written.`)
    },
    async choose(list, option) {
      await type(list, option)
      const chosen = await list.locator('option:checked').textContent()
      if (!chosen?.startsWith(option)) throw new Error(`${option} was typed, and ${chosen} was chosen.`)
    },
    check: (box) => type(box, ' '),
  }
}

/** A date typed the same whether the day or the month comes first: they must be equal. */
function dayAndMonth(date: string): string {
  const [year, month, day] = date.split('-')
  if (month !== day) throw new Error(`${date} is typed in another order elsewhere.`)
  return `${day}${month}${year}`
}

/** @throws Error when Tab does not lead there or focus is invisible on the way. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor()
  const hasFocus = () => wanted.evaluate((element) => element === document.activeElement)
  for (let stops = 0; stops < 100; stops++) {
    if (await hasFocus()) return
    await page.keyboard.press('Tab')
    const unseen = await unseenFocus(page)
    if (unseen) throw new Error(`Focus cannot be seen on ${unseen}`)
  }
  throw new Error(`Tab does not lead to ${wanted}.`)
}

/** A focused element without an outline or outside the window, or null. */
function unseenFocus(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const { activeElement: element } = document
    if (!element || element === document.body) return null
    // A choice is outlined as a whole, and so is an entry of the day.
    const outlines = [element, element.closest('label'), element.closest('li')].map(
      (one) => one && getComputedStyle(one),
    )
    const { top, left, bottom, right } = element.getBoundingClientRect()
    const isInside = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
    const isOutlined = outlines.some(
      (one) => one && one.outlineStyle !== 'none' && Number.parseFloat(one.outlineWidth) >= 2,
    )
    // The button inside a date field, which the browser outlines.
    const isWithin = element.matches('[type=date]:not(:focus-visible)')
    return isInside && (isOutlined || isWithin) ? null : element.outerHTML.slice(0, 200)
  })
}

/** The cookie that signs a browser in. */
export function asCookie(session: string, origin: string) {
  const [name = '', value = ''] = session.split('=')
  const url = origin.replace('http:', 'https:')
  return { name, value, url, secure: true, httpOnly: true, sameSite: 'Lax' as const }
}
