import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../../scripts/local/browser.ts'
import { follow } from '../../scripts/screenshots/follow.ts'

const posted = Promise.withResolvers<ServerResponse>()
/** Answers a form with the beginning of a document; the test sends the rest. */
const site = createServer((request, response) => {
  response.setHeader('Content-Type', 'text/html')
  if (request.method === 'GET') return response.end('<form method="post"><button>Go</button></form>')
  response.write('<!doctype html><h1>New</h1>')
  posted.resolve(response)
})
let browser: Browser

beforeAll(async () => {
  await once(site.listen(0, '127.0.0.1'), 'listening')
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  site.closeAllConnections()
  site.close()
})

it('waits until the new document has loaded, however slowly it arrives', async () => {
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
  let isLoaded = false
  const begun = page.waitForEvent('framenavigated')
  const followed = follow(page, page.locator('button')).then(() => {
    isLoaded = true
  })
  const answer = await posted.promise
  await begun
  // Round trips to the browser, during which a step that does not wait would end.
  for (let trip = 0; trip < 5; trip++) await page.context().cookies()
  expect(isLoaded).toBe(false)
  answer.end('<p>Whole</p>')
  await followed
  expect(await page.textContent('body')).toBe('NewWhole')
})
