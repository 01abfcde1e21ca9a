import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type Query, startBridge } from '../../scripts/local/bridge.ts'
import { freePort } from '../../scripts/local/ports.ts'
import { createDatabase, startPostgres } from '../../scripts/local/postgres.ts'
import { asApp, migrateDatabase } from '../../scripts/migrate.ts'
import { countsFailures, openWorker, takeLines } from '../support/clinic.ts'
import { hireDoctor, openDesk, registerPatient } from '../support/people.ts'

// A PostgreSQL of its own, which is really stopped and started; the production bundle with its own limits of time.

const directory = await mkdtemp(join(tmpdir(), 'alobooking-away-'))
const port = await freePort()
const data = join(directory, 'postgres')
let postgres = await startPostgres(data, { port })
await createDatabase(postgres, 'clinic')
const databaseUrl = postgres.url('clinic')
await migrateDatabase(databaseUrl)

let trips = 0
/** Those that count what has failed, up to seconds later. */
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

/** Whoever waits three seconds for an answer waits no longer. */
const within = (milliseconds: number, path: string, request: RequestInit = {}) =>
  fetch(origin + path, { ...request, signal: AbortSignal.timeout(milliseconds) })
const headers = () => ({ Authorization: `Bearer ${desk}`, 'Content-Type': 'application/json' })
const read = () => within(3_000, '/api/v1/appointments', { headers: headers() })
const book = () =>
  within(3_000, '/api/v1/appointments', {
    method: 'POST',
    headers: headers(),
    body: JSON.stringify({ appointment: wish }),
  })

async function expectHonesty() {
  for (const ask of [read, book]) {
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

it('PostgreSQL stopped, all say so within three seconds; started again, all is well within five', async () => {
  await postgres.stop()
  await expectHonesty()
  trips = 0
  for (let n = 0; n < 20; n++) expect((await read()).status).toBe(503)
  // But for who finds out whether it is back, nobody asks it any more.
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

it('a database that needs two seconds to wake answers late, and not with an error', async () => {
  network.delayMs = 2_000
  const [listed, page] = await Promise.all([read(), within(3_000, '/booking')])
  network.delayMs = 0
  expect([listed.status, page.status]).toEqual([200, 200])
  expect(takeLines(worker).filter(({ message }) => message === 'slow trip')).toHaveLength(2)
})

it('more than it can do at once are told to come back, before anybody waits in vain', async () => {
  network.delayMs = 500
  trips = counts = 0
  const answers = await Promise.all(Array.from({ length: 12 }, read))
  network.delayMs = 0
  const served = answers.filter(({ status }) => status === 200).length
  // Of the four places some may be taken by the count of what has failed before.
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

// From here on counts of failures may hang for ten seconds, and take room.
it('where nothing comes back at all, all say so within three seconds too', async () => {
  isSwallowed = true
  await expectHonesty()
  isSwallowed = false
  await untilWell()
})

it('where only one thing takes too long, those who want something else are served', async () => {
  const other = new pg.Client({ connectionString: databaseUrl })
  await other.connect()
  await other.query('begin; lock table appointments in share row exclusive mode')
  takeLines(worker)
  const booked = [
    ...(await Promise.all([book(), book(), book()])),
    ...(await Promise.all([book(), book(), book()])),
  ]
  expect(booked.map(({ status }) => status)).toEqual([503, 503, 503, 503, 503, 503])
  expect((await read()).status).toBe(200)
  expect(takeLines(worker).map(({ message }) => message)).not.toContain('database away')
  await other.end()
})
