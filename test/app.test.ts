import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestHarness } from 'wrangler'
import { freePort } from '../scripts/local/ports.ts'
import { openClinic, openWorker } from './support/clinic.ts'

const clinic = await openClinic()

describe('while the database answers', () => {
  it('every answer has a request id of ours, whatever the client sends', async () => {
    for (const sent of ['call-4711', '<script>', 'siti@example.com', 'x'.repeat(101), '']) {
      const answer = await fetch(`${clinic.origin}/nowhere`, { headers: { 'X-Request-Id': sent } })
      expect(answer.headers.get('X-Request-Id')).toMatch(/^[\da-f-]{36}$/)
    }
  })
})

describe('while the database is down', () => {
  let worker: TestHarness
  let origin: string
  beforeAll(async () => {
    const port = await freePort()
    const bindings = {
      DATABASE_URL: 'postgres://user:hush@localhost/clinic',
      NEON_BRIDGE_URL: `http://127.0.0.1:${port}/sql`,
    }
    worker = openWorker(bindings)
    origin = (await worker.listen()).url.origin
  })
  afterAll(() => worker.close())

  it('/healthz says so', async () => {
    const response = await fetch(`${origin}/healthz`)
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '5'])
    expect(await response.json()).toEqual({ status: 'the database does not answer' })
  })

  it('the API answers 503, the page says when to retry, and the log keeps secrets out', async () => {
    const times = { start_at: '2030-01-07T09:00Z', end_at: '2030-01-07T09:30Z' }
    const body = JSON.stringify({ appointment: { doctor_id: 1, patient_id: 1, ...times } })
    const headers = { 'Content-Type': 'application/json', Authorization: 'Bearer some-key' }
    const answer = await fetch(`${origin}/api/v1/appointments`, { method: 'POST', headers, body })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('Retry-After')).toBe('5')
    expect(await answer.json()).toMatchObject({ code: 'unavailable' })

    const page = await fetch(`${origin}/booking`)
    expect(page.status).toBe(503)
    expect(await page.text()).toContain(page.headers.get('X-Request-Id'))

    const logs = worker.getLogs()
    const lines = logs.filter(({ level }) => level === 'error')
    expect(lines.map(({ message }) => JSON.parse(message))).toMatchObject([
      { level: 'error', method: 'GET', path: '/healthz' },
      {
        level: 'error',
        method: 'POST',
        path: '/api/v1/appointments',
        request_id: answer.headers.get('X-Request-Id'),
      },
    ])
    expect(JSON.stringify(lines)).not.toContain('hush')
  })
})
