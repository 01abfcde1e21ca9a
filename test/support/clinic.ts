import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, afterEach, inject } from 'vitest'
import { createTestHarness, type TestHarness } from 'wrangler'
import { startBridge } from '../../scripts/local/bridge.ts'
import type { ClinicContext } from '../../src/clinic/context.ts'
import { connect } from '../../src/db.ts'
import { reportError } from './quiet.ts'

export interface Clinic {
  /** Where the production bundle answers. */
  origin: string
  /** A connection of the test's own, past all our code. */
  sql: pg.Pool
  /** What a verb is given, over the same driver and bridge as the Worker. */
  context(now?: Date): ClinicContext
  /** The statements of each trip to the database since the last call. */
  takeTrips(): string[][]
  databaseUrl: string
}

interface Options {
  /** Without a Worker it opens faster; `origin` is then empty. */
  worker?: boolean
}

/** A clinic of the suite's own: a fresh database, the bridge, and the production bundle under miniflare. */
export async function openClinic({ worker = true }: Options = {}): Promise<Clinic> {
  const database = `suite_${randomBytes(6).toString('hex')}`
  const server = new pg.Client(databaseNamed('postgres'))
  await server.connect()
  await server.query(`create database ${database} template template_clinic`)
  const databaseUrl = databaseNamed(database)

  let trips: string[][] = []
  const bridge = await startBridge({ onTrip: (statements) => trips.push(statements) })
  const sql = new pg.Pool({ connectionString: databaseUrl, max: 4 })
  const bindings = { DATABASE_URL: databaseUrl, NEON_BRIDGE_URL: bridge.url }
  const harness = worker ? openWorker(bindings) : null
  const origin = harness ? (await harness.listen()).url.origin : ''
  if (harness) afterEach(() => reportErrorsOf(harness))

  afterAll(async () => {
    await harness?.close()
    await bridge.stop()
    await sql.end()
    await server.query(`drop database ${database} with (force)`)
    await server.end()
  })
  const db = connect(bindings)
  return {
    origin,
    sql,
    databaseUrl,
    context: (now = new Date()) => ({ db, now }),
    takeTrips() {
      const taken = trips
      trips = []
      return taken
    },
  }
}

/** The production bundle with these bindings; the caller listens and closes. */
export function openWorker(bindings: Record<string, string>): TestHarness {
  return createTestHarness({
    workers: [{ configPath: 'wrangler.toml', prebuiltWorkerDir: inject('bundle'), vars: bindings }],
  })
}

function databaseNamed(name: string): string {
  return new URL(name, inject('postgresUrl')).href
}

function reportErrorsOf(harness: TestHarness): void {
  for (const { level, message } of harness.getLogs()) if (level === 'error') reportError(message)
  harness.clearLogs()
}
