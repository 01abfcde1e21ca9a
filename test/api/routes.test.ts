import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestHarness } from 'wrangler'
import { freePort } from '../../scripts/local/ports.ts'
import { asking } from '../support/api.ts'
import { openClinic, openWorker } from '../support/clinic.ts'
import { defineVisitType, hireDoctor, openAdmin } from '../support/people.ts'

const clinic = await openClinic()
const admin = await openAdmin(clinic.sql)
const ask = asking(clinic.origin, admin)

describe('an address', async () => {
  const visitType = await defineVisitType(clinic.sql)
  const doctor = await hireDoctor(clinic.sql, { visitTypes: [visitType] })

  it.each([
    `/slots?visit_type_id=${visitType}&from=2030-01-07&to=2030-01-07&limit=1`,
    `/doctors/${doctor}/slots?visit_type_id=${visitType}&from=2030-01-07&to=2030-01-07`,
    '/doctors?limit=1',
    `/doctors/${doctor}`,
    `/doctors/${doctor}/time-off`,
    '/locations',
    '/visit-types',
    '/doctors/999999',
    '/slots',
  ])('answers HEAD of %s like GET, without the body', async (path) => {
    const [get, head] = [await ask('GET', path), await ask('HEAD', path)]
    expect([head.status, head.body]).toEqual([get.status, null])
    for (const name of ['Content-Type', 'Link'])
      expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)])
  })
})

describe('while the database is down', () => {
  let worker: TestHarness
  let origin: string
  beforeAll(async () => {
    const bridge = `http://127.0.0.1:${await freePort()}/sql`
    worker = openWorker({
      DATABASE_URL: 'postgres://user:hush@localhost/clinic',
      NEON_BRIDGE_URL: bridge,
    })
    origin = (await worker.listen()).url.origin
  })
  afterAll(() => worker.close())

  it.each([
    '/slots?visit_type_id=1',
    '/doctors/1/slots?visit_type_id=1',
    '/doctors',
    '/doctors/1',
    '/visit-types',
  ])('%s is 503 rather than an empty list', async (path) => {
    const response = await fetch(`${origin}/api/v1${path}`)
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '5'])
    expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ code: 'unavailable' })
  })
})
