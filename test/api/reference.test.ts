import { createHash } from 'node:crypto'
import { beforeAll, expect, it } from 'vitest'
import { openClinic } from '../support/clinic.ts'
import { description, operations } from '../support/description.ts'

const clinic = await openClinic()
const styleIn = (html: string) => /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? ''
let response: Response
let page: string
beforeAll(async () => {
  response = await fetch(`${clinic.origin}/api/docs`)
  page = await response.text()
})

it('links to every call and every refusal', () => {
  expect(response.status).toBe(200)
  const addresses = [
    ...operations.map(({ operationId }) => operationId),
    ...Object.keys(description.components.examples),
  ]
  for (const address of addresses) expect(page).toContain(`id="${address}"`)
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, address]) => address)
  expect(links.filter((address) => !page.includes(`id="${address}"`))).toEqual([])
})

it('loads no script and nothing external, under the strict policy', () => {
  expect(page).not.toContain('<script')
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//)
  const policy = response.headers.get('Content-Security-Policy')
  expect(policy).toContain(`'sha256-${createHash('sha256').update(styleIn(page)).digest('base64')}'`)
  expect(policy).not.toContain('unsafe')
})

it('uses the pages’ light and dark colours', async () => {
  const booking = await (await fetch(`${clinic.origin}/booking`)).text()
  const coloursOf = (html: string) => styleIn(html).match(/(--[\w-]+: )?#[\da-f]{6}\b/g) ?? []
  expect(coloursOf(page).length).toBeGreaterThan(0)
  expect(coloursOf(page)).toEqual(coloursOf(booking))
})

it('is cacheable, and 304 when unchanged', async () => {
  expect(response.headers.get('Cache-Control')).toBe('public, max-age=300')
  const headers = { 'If-None-Match': response.headers.get('ETag') ?? '' }
  expect((await fetch(`${clinic.origin}/api/docs`, { headers })).status).toBe(304)
})
