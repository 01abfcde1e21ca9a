import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestHarness } from 'wrangler'
import { freePort } from '../scripts/local/ports.ts'
import { openClinic, openWorker } from './support/clinic.ts'

const clinic = await openClinic()

describe('while the database answers', () => {
  it('/healthz shows only status, environment and release, in one trip', async () => {
    clinic.takeTrips()
    const response = await fetch(`${clinic.origin}/healthz`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      status: 'ok',
      environment: 'local',
      release: 'unreleased',
    })
    expect(clinic.takeTrips()).toHaveLength(1)
  })

  it('every answer has a request id: the one sent if it is valid', async () => {
    const idOf = async (sent?: string) => {
      const headers: Record<string, string> = sent ? { 'X-Request-Id': sent } : {}
      return (await fetch(`${clinic.origin}/nowhere`, { headers })).headers.get('X-Request-Id')
    }
    expect(await idOf()).toMatch(/^[\w-]{36}$/)
    expect(await idOf('call-4711')).toBe('call-4711')
    expect(await idOf('<script>')).not.toBe('<script>')
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
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({
      status: 'the database does not answer',
      environment: 'local',
      release: 'unreleased',
    })
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

    const lines = worker.getLogs().filter(({ level }) => level === 'error')
    expect(lines.map(({ message }) => JSON.parse(message))).toMatchObject([
      { level: 'error', method: 'GET', path: '/healthz' },
      {
        level: 'error',
        method: 'POST',
        path: '/api/v1/appointments',
        request_id: answer.headers.get('X-Request-Id'),
      },
      {
        level: 'error',
        door: 'public',
        path: '/booking?lang=en',
        request_id: page.headers.get('X-Request-Id'),
      },
    ])
    expect(JSON.stringify(lines)).not.toContain('hush')
  })
})
