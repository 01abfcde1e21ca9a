import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, afterEach, inject } from 'vitest'
import { createTestHarness, type TestHarness } from 'wrangler'
import { type Query, startBridge } from '../../scripts/local/bridge.ts'
import { startMailbox } from '../../scripts/local/mailbox.ts'
import type { ReceivedMail } from '../../scripts/local/received.ts'
import { asApp } from '../../scripts/migrate.ts'
import { mailerOf } from '../../src/channels/mail.ts'
import { resend } from '../../src/channels/resend.ts'
import type { ClinicContext } from '../../src/clinic/context.ts'
import type { Happening } from '../../src/clinic/happenings.ts'
import { secretsOf } from '../../src/clinic/sign.ts'
import { connect } from '../../src/database/connect.ts'
import type { Delivery } from '../../src/jobs/deliver.ts'
import { admitting, usualActor } from './admission.ts'
import { reportError } from './quiet.ts'

export interface Clinic {
  /** Where the production bundle answers. */
  origin: string
  /** The test's own connection, past all our code. */
  sql: pg.Pool
  /**
   * A verb's context, over the same driver and bridge as the Worker; the front desk acts by default. The actor need not be
   * in the database: an account, and its session or key, are made before the next trip.
   */
  context(particulars?: Partial<ClinicContext>): ClinicContext
  /** The statements of each trip since the last call, except the incidental ones. */
  takeTrips(): Query[][]
  /** The happenings that verbs told through `context()` since the last call. */
  takeHappenings(): Happening[]
  /** The Worker's log since the last call; taking it makes its errors expected. */
  takeLines(): Line[]
  /** Newest first. */
  mails: ReceivedMail[]
  databaseUrl: string
  /** Another isolate of the same bundle on the same database, with other settings; answers its origin. */
  openAnother(changed?: Record<string, string | undefined>): Promise<string>
}

/** One JSON line of the log. */
// biome-ignore lint/suspicious/noExplicitAny: each message has its own fields
export type Line = Record<string, any>

interface Options {
  /** Opens faster without a Worker; `origin` is then empty. */
  worker?: boolean
  /** Uses the limits of wrangler.toml instead of very high ones. */
  realLimits?: boolean
  /** Runs the consumer of the queue, so that messages go out. Otherwise they stay due, and nothing disturbs the suite. */
  sendsMessages?: boolean
  /** More bindings for the Worker. */
  vars?: Record<string, string>
}

/** For jobs that send no messages. */
export const noDelivery: Delivery = {
  channels: {
    email: { provider: 'none', isIdempotent: true, send: () => Promise.reject(new Error('none')) },
  },
  write: () => Promise.reject(new Error('none')),
  now: () => new Date(),
  queue: undefined,
}

export const authSecret = 'a secret of the tests, long enough to sign with'

/**
 * A clinic for one suite: a fresh database, the bridge, a mailbox and the production bundle under miniflare. Open it
 * at the top of the file: vitest silently ignores hooks registered inside a hook.
 */
export async function openClinic({
  worker = true,
  realLimits = false,
  sendsMessages = false,
  vars = {},
}: Options = {}): Promise<Clinic> {
  const database = `suite_${randomBytes(6).toString('hex')}`
  const server = new pg.Client(databaseNamed('postgres'))
  await server.connect()
  await server.query(`create database ${database} template template_clinic`)
  await server.end()
  const databaseUrl = databaseNamed(database)

  let trips: Query[][] = []
  let happenings: Happening[] = []
  const sql = new pg.Pool({ connectionString: databaseUrl, max: 4 })
  const admission = admitting(sql)
  const bridge = await startBridge({
    settings: patientSettings,
    beforeTrip: admission.done,
    onTrip: (queries) => {
      if (!isIncidental(queries)) trips.push(queries)
    },
  })
  const mailbox = await startMailbox()
  const bindings = {
    DATABASE_URL: asApp(databaseUrl),
    NEON_BRIDGE_URL: bridge.url,
    RESEND_URL: mailbox.url,
    ...vars,
  }
  const others: TestHarness[] = []
  const config = realLimits ? 'wrangler.toml' : inject(sendsMessages ? 'sendingConfig' : 'generousConfig')
  const harness = worker ? openWorker(bindings, config) : null
  const origin = harness ? (await harness.listen()).url.origin : ''
  if (harness) afterEach(() => reportErrorsOf(harness))

  afterAll(async () => {
    await Promise.all([harness, ...others].map((open) => open?.close()))
    await bridge.stop()
    await mailbox.stop()
    await sql.end()
  })
  const db = connect(bindings)
  const mail = mailerOf(resend({ apiKey: 'test', from: 'clinic@example.com', origin: mailbox.url }))
  return {
    origin,
    sql,
    databaseUrl,
    mails: mailbox.mails,
    context: (particulars = {}) => ({
      db,
      actor: usualActor,
      now: new Date(),
      mail,
      requestId: 'test',
      secrets: secretsOf(authSecret),
      tell: (happening) => happenings.push(happening),
      ...particulars,
      ...admission.admit(particulars),
    }),
    async openAnother(changed = {}) {
      const another = openWorker({ ...bindings, ...changed }, config)
      others.push(another)
      return (await another.listen()).url.origin
    },
    takeLines: () => (harness ? takeLines(harness) : []),
    takeHappenings() {
      const taken = happenings
      happenings = []
      return taken
    },
    takeTrips() {
      const taken = trips
      trips = []
      return taken
    },
  }
}

/** Machines that run tests are busy. */
export const patientSettings = { statement_timeout: '11s' }

/** The production bundle with these bindings, without undefined ones. The caller listens and closes. */
export function openWorker(
  bindings: Record<string, string | undefined>,
  configPath = inject('generousConfig'),
): TestHarness {
  // Machines that run tests are busy.
  const patient = { DATABASE_TIME_LIMIT_MS: '10000' }
  const all = { AUTH_SECRET: authSecret, RESEND_API_KEY: 'test', ...patient, ...bindings }
  const vars = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
  return createTestHarness({
    workers: [
      {
        configPath,
        prebuiltWorkerDir: inject('bundle'),
        vars,
      },
    ],
  })
}

/**
 * Whether this trip is the Worker's own count of earlier failures, or the look at the clinic's name and languages that an
 * isolate takes once a minute.
 */
export function isIncidental(queries: Query[]): boolean {
  return (
    countsFailures(queries) || queries.every(({ query }) => query.startsWith('select "name", "languages"'))
  )
}

export function countsFailures(queries: Query[]): boolean {
  return queries.some(({ query }) => query.includes('into "appointment_failures"'))
}

/** This Worker's log since the last call. */
export function takeLines(harness: TestHarness): Line[] {
  const logs = harness.getLogs()
  harness.clearLogs()
  return logs.flatMap(({ message }) => (message.startsWith('{') ? [JSON.parse(message)] : []))
}

function databaseNamed(name: string): string {
  return new URL(name, inject('postgresUrl')).href
}

function reportErrorsOf(harness: TestHarness): void {
  for (const { level, message } of harness.getLogs()) if (level === 'error') reportError(message)
  harness.clearLogs()
}
