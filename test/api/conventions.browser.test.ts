import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../../scripts/local/browser.ts'
import { openClinic } from '../support/clinic.ts'
import { defineVisitType, hireDoctor, openDesk } from '../support/people.ts'

// What a browser lets a page of another site do with the API.

const clinic = await openClinic()
const elsewhere = createServer((_, response) => response.end('<!doctype html><title>Elsewhere</title>'))
let [browser, page, key, visitType] = [{} as Browser, {} as Page, '', 0]

beforeAll(async () => {
  visitType = await defineVisitType(clinic.sql)
  await hireDoctor(clinic.sql, { visitTypes: [visitType] })
  key = await openDesk(clinic.sql)
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  browser = await launchBrowser()
  page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`)
})
afterAll(async () => {
  await browser.close()
  elsewhere.close()
})

/** The status and the headers that the page can read; null when the browser lets it read nothing. */
const ask = (path: string, init: RequestInit = {}) =>
  page.evaluate(
    async ([address, init]) => {
      const response = await fetch(address, init).catch(() => null)
      if (!response) return null
      const { headers } = response
      return { status: response.status, tag: headers.get('ETag'), id: headers.get('X-Request-Id') }
    },
    [`${clinic.origin}/api/v1${path}`, init] as const,
  )

it('it can read free slots and ask whether they changed', async () => {
  const slots = await ask(`/slots?visit_type_id=${visitType}`)
  expect(slots).toEqual({ status: 200, tag: null, id: expect.any(String) })
  const locations = await ask('/locations')
  expect(locations).toMatchObject({ status: 200, tag: expect.any(String) })
  expect(await ask('/locations', { headers: { 'If-None-Match': locations?.tag ?? '' } })).toMatchObject({
    status: 304,
  })
  expect(await ask('/slots')).toMatchObject({ status: 422 })
})

it('it can read nothing else, even with a key', async () => {
  expect(await ask('/appointments')).toBeNull()
  const Authorization = `Bearer ${key}`
  expect(await ask('/appointments', { headers: { Authorization } })).toBeNull()
  expect(await ask('/locations', { headers: { Authorization } })).toBeNull()
  expect(await ask('/locations', { credentials: 'include' })).toBeNull()
})

it('it cannot write: a simple request is refused, and no other is sent', async () => {
  const body = JSON.stringify({ location: { name: 'Elsewhere', time_zone: 'Asia/Jakarta' } })
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
  clinic.takeTrips()
  expect(await ask('/locations', { method: 'POST', headers, body })).toBeNull()
  expect(await ask('/locations', { method: 'POST', body })).toMatchObject({ status: 401 })
  expect(await ask('/holds', { method: 'POST', body })).toBeNull()
  expect(clinic.takeTrips()).toEqual([])
})
