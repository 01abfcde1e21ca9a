import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { openClinic } from '../support/clinic.ts'

const clinic = await openClinic()
const get = (path: string, headers: Record<string, string> = {}) => fetch(clinic.origin + path, { headers })

it('the API description is public, cacheable and needs no database', async () => {
  const response = await get('/api/v1/openapi.json')
  expect(response.status).toBe(200)
  expect(await response.text()).toBe(await readFile('src/api/openapi.json', 'utf8'))
  expect(response.headers.get('Content-Type')).toBe('application/json; charset=utf-8')
  expect(response.headers.get('Cache-Control')).toBe('public, max-age=300')
  expect(clinic.takeTrips()).toEqual([])
})

it('an unchanged API description is 304', async () => {
  const tag = (await get('/api/v1/openapi.json')).headers.get('ETag') ?? ''
  const again = await get('/api/v1/openapi.json', { 'If-None-Match': tag })
  expect([again.status, await again.text(), again.headers.get('ETag')]).toEqual([304, '', tag])
  expect((await get('/api/v1/openapi.json', { 'If-None-Match': '"another"' })).status).toBe(200)
})
