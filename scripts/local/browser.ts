import chromiumPackage from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/**
 * A headless Chromium: the one CHROMIUM_PATH names, else on Linux the one out of `@sparticuz/chromium`,
 * else the machine's own Chrome.
 */
export async function launchBrowser(): Promise<Browser> {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
  ]
  const named = process.env.CHROMIUM_PATH
  if (named) return chromium.launch({ executablePath: named, args })
  if (process.platform !== 'linux') return chromium.launch({ channel: 'chrome', args })
  return chromium.launch({
    executablePath: await chromiumPackage.executablePath(),
    args: [...args, '--headless=shell'],
  })
}
