import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import chromiumPackage from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const cache = fileURLToPath(new URL('../../node_modules/.cache/alobooking', import.meta.url))

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
  return chromium.launch({ executablePath: await unpack(), args: [...args, '--headless=shell'] })
}

// The package unpacks to one fixed path of the whole machine, where another user's file, or half a file, may lie.
async function unpack(): Promise<string> {
  const unpacked = join(cache, 'chromium')
  if (await stat(unpacked).catch(() => null)) return join(unpacked, 'chromium')
  await mkdir(cache, { recursive: true })
  const fresh = await mkdtemp(join(cache, 'unpacking-'))
  const { TMPDIR } = process.env
  process.env.TMPDIR = fresh
  await chromiumPackage.executablePath()
  if (TMPDIR === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = TMPDIR
  // Whoever comes second has the same files, and throws its own away.
  await rename(fresh, unpacked).catch(() => rm(fresh, { recursive: true, force: true }))
  return join(unpacked, 'chromium')
}
