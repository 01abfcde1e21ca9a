import type { Locator, Page } from 'playwright-core'

/** Brings the browser to a page; resolves when its document has loaded. */
export type Open = (page: Page) => Promise<unknown>

/** Presses something that leads to another document, and waits for that document: the old one is still shown until then. */
export async function follow(page: Page, target: Locator): Promise<void> {
  await Promise.all([page.waitForEvent('load'), target.first().click()])
}
