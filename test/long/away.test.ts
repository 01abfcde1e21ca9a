import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type Query, startBridge } from '../../scripts/local/bridge.ts'
import { createDatabase, startPostgres } from '../../scripts/local/postgres.ts'
import { asApp, migrateDatabase } from '../../scripts/migrate.ts'
import { countsFailures, openWorker, takeLines } from '../support/clinic.ts'
import { atOnce } from '../support/concurrency.ts'
import { hireDoctor, openDesk, registerPatient } from '../support/people.ts'
import { lastingPort } from './power-cut.ts'

// Really stops and starts its own PostgreSQL; the production bundle keeps its own time limits.

const directory = await mkdtemp(join(tmpdir(), 'alobooking-away-'))
const port = await lastingPort()
const data = join(directory, 'postgres')
let postgres = await startPostgres(data, { port })
await createDatabase(postgres, 'clinic')
const databaseUrl = postgres.url('clinic')
await migrateDatabase(databaseUrl)

let trips = 0
/** Trips that count failures, up to some seconds later. */
let counts = 0
let isSwallowed = false
const network = {
  delayMs: 0,
  onTrip: (queries: Query[]) => {
    if (countsFailures(queries)) counts++
    else trips++
  },
  fault: () => (isSwallowed ? ('work too late' as const) : undefined),
}
const bridge = await startBridge(network)
const bindings = { DATABASE_URL: asApp(databaseUrl), NEON_BRIDGE_URL: bridge.url, RESEND_URL: bridge.url }
const worker = openWorker({ ...bindings, DATABASE_TIME_LIMIT_MS: undefined, DATABASE_MOST_TRIPS: '4' })
const { origin } = (await worker.listen()).url
const sql = new pg.Pool({ connectionString: databaseUrl, max: 1 })
sql.on('error', () => {})
let desk: string
let wish: object

beforeAll(async () => {
  desk = await openDesk(sql)
  const times = { start_at: '2030-01-07T09:00:00Z', end_at: '2030-01-07T09:30:00Z' }
  wish = { doctor_id: await hireDoctor(sql), patient_id: await registerPatient(sql), ...times }
  expect((await read()).status).toBe(200)
})
afterEach(() => void takeLines(worker))
afterAll(async () => {
  await worker.close()
  await bridge.stop()
  await sql.end()
  await postgres.stop()
  await rm(directory, { recursive: true, force: true })
})

/** Fails when the answer takes longer. */
const within = (milliseconds: number, path: string, request: RequestInit = {}) =>
  fetch(origin + path, { ...request, signal: AbortSignal.timeout(milliseconds) })
const headers = () => ({ Authorization: `Bearer ${desk}`, 'Content-Type': 'application/json' })
const read = () => within(3_000, '/api/v1/appointments', { headers: headers() })
const book = (appointment = wish) =>
  within(3_000, '/api/v1/appointments', {
    method: 'POST',
    headers: headers(),
    body: JSON.stringify({ appointment }),
  })

async function expectHonesty() {
  for (const ask of [read, () => book()]) {
    const answer = await ask()
    expect([answer.status, answer.headers.get('Content-Type'), answer.headers.get('Retry-After')]).toEqual([
      503,
      'application/problem+json',
      '5',
    ])
    expect(await answer.json()).toMatchObject({ code: 'unavailable' })
  }
  const page = await within(3_000, '/booking')
  expect([page.status, page.headers.get('Retry-After')]).toEqual([503, '5'])
  const html = await page.text()
  expect(html).toContain('href="tel:+622155501234"')
  expect(html).toContain(`<code>${page.headers.get('X-Request-Id')}</code>`)
}

const untilWell = () =>
  expect.poll(async () => (await read()).status, { timeout: 5_000, interval: 100 }).toBe(200)

it('a stopped PostgreSQL is reported within three seconds, and all is well within five of its start', async () => {
  await postgres.stop()
  await expectHonesty()
  trips = 0
  for (let n = 0; n < 20; n++) expect((await read()).status).toBe(503)
  // Only pings still reach it.
  expect(trips).toBeLessThan(10)
  const messages = takeLines(worker).map(({ message }) => message)
  expect(messages.filter((message) => message === 'database away')).toHaveLength(1)
  expect(messages).toContain('turned away')

  postgres = await startPostgres(data, { port })
  await untilWell()
  expect((await book()).status).toBe(201)
  expect((await within(3_000, '/booking')).status).toBe(200)
  expect(takeLines(worker).map(({ message }) => message)).toContain('database back')
})

it('a database that takes two seconds to wake answers late but without an error', async () => {
  network.delayMs = 2_000
  const [listed, page] = await Promise.all([read(), within(3_000, '/booking')])
  network.delayMs = 0
  expect([listed.status, page.status]).toEqual([200, 200])
  expect(takeLines(worker).filter(({ message }) => message === 'slow trip')).toHaveLength(2)
})

it('requests beyond what it can serve at once get 503 with Retry-After', async () => {
  network.delayMs = 500
  trips = counts = 0
  const answers = await atOnce(12, read)
  network.delayMs = 0
  const served = answers.filter(({ status }) => status === 200).length
  // Some of the four places may be taken by counts of earlier failures.
  expect(served).toBeLessThanOrEqual(4)
  expect(served).toBeGreaterThanOrEqual(4 - counts)
  expect(answers.filter(({ status }) => status === 503)).toHaveLength(12 - served)
  expect(answers.filter(({ status, headers }) => status === 503 && !headers.has('Retry-After'))).toEqual([])
  expect(trips).toBe(served)
  const lines = takeLines(worker)
  const turnedAway = lines.filter(({ message, why }) => message === 'turned away' && why === 'busy')
  expect(turnedAway).toHaveLength(12 - served)
  expect((await read()).status).toBe(200)
})

// From here on, counts of failures may hang for ten seconds and take places.
it('a database that never answers is reported within three seconds', async () => {
  isSwallowed = true
  await expectHonesty()
  isSwallowed = false
  await untilWell()
})

it('while one thing takes too long, everything else works', async () => {
  const other = new pg.Client({ connectionString: databaseUrl })
  await other.connect()
  await other.query('begin; lock table claims in share row exclusive mode')
  takeLines(worker)
  const atFreeTime = { ...wish, start_at: '2030-01-07T10:00:00Z', end_at: '2030-01-07T10:30:00Z' }
  const three = () => Promise.all(Array.from({ length: 3 }, () => book(atFreeTime)))
  const booked = [...(await three()), ...(await three())]
  expect(booked.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503, 503])
  expect((await read()).status).toBe(200)
  expect(takeLines(worker).map(({ message }) => message)).not.toContain('database away')
  await other.end()
})
