import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { parseArgs, styleText } from 'node:util'
import { needsBridge, startBridge } from './local/bridge.ts'
import { CannotStart, runCommand } from './local/cannot-start.ts'
import { openConnection } from './local/connection.ts'
import { takeDataDirectory } from './local/data-directory.ts'
import { startMailbox } from './local/mailbox.ts'
import { readPort, requireFreePort } from './local/ports.ts'
import { createDatabase, startPostgres } from './local/postgres.ts'
import { startSms } from './local/sms-server.ts'
import { step } from './local/terminal.ts'
import { startWhatsApp } from './local/whatsapp-server.ts'
import { type DevWorker, logFile, startWorker, untilHealthy } from './local/worker.ts'
import { asApp, migrateDatabase } from './migrate.ts'
import { isLocalDatabase, localKeys, seedClinic } from './seed.ts'
import { openLocalAccounts } from './snapshot/local-accounts.ts'
import { nameOfCopy, restoreSnapshot } from './snapshot/restore.ts'

/** Each resolves when something ends unexpectedly. */
const deaths: Promise<string>[] = []
const interruption = new AbortController()
const interrupted = new Promise<void>((resolve) =>
  interruption.signal.addEventListener('abort', () => resolve()),
)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort())

runCommand(async () => {
  const { reset, from } = readFlags()
  const port = readPort(process.env.PORT)
  const directory = resolve(process.env.DATA_DIR || '.data', from ? await nameOfCopy(from) : '.')
  await using running = new AsyncDisposableStack()
  const held = running.use(await takeDataDirectory(directory, port))
  try {
    await requireFreePort(port, held.killedLeftovers ? 5_000 : 0)
    const worker = await bringUp({ port, directory, reset, from, held, running })
    const ended = await Promise.race([interrupted, worker.ended, ...deaths])
    if (ended) throw new CannotStart(`${ended}.`)
  } catch (error) {
    // An interruption makes things fail, but is not a failure.
    if (!interruption.signal.aborted) throw error
  }
})

function readFlags() {
  try {
    const options = { reset: { type: 'boolean', default: false }, from: { type: 'string' } } as const
    const { from, reset } = parseArgs({ options }).values
    if (from !== undefined && process.env.DATABASE_URL)
      throw new CannotStart('--from fills a database of its own, so do not set DATABASE_URL.')
    return { reset, from: from && resolve(from) }
  } catch (error) {
    if (error instanceof CannotStart) throw error
    throw new CannotStart(
      `${(error as Error).message.split('.')[0]}. Usage: npm start [-- --reset] [--from FILE]`,
    )
  }
}

interface Stack {
  port: number
  directory: string
  reset: boolean
  /** A copy made by `npm run snapshot`. */
  from: string | undefined
  held: Awaited<ReturnType<typeof takeDataDirectory>>
  /** Stops what was started, in reverse order. */
  running: AsyncDisposableStack
}

async function bringUp({ port, directory, reset, from, held, running }: Stack): Promise<DevWorker> {
  const databaseUrl = await openDatabase(directory, reset, running)
  if (!process.env.DATABASE_URL) await held.rememberDatabase(databaseUrl)
  interruption.signal.throwIfAborted()
  if (from)
    await step(`Loading ${from}`, async () => {
      await Promise.race([restoreSnapshot(databaseUrl, from), interrupted])
      interruption.signal.throwIfAborted()
    })
  await step('Migrations', () => orExplain(databaseUrl, migrateDatabase))
  if (!process.env.DATABASE_URL) await countStatements(databaseUrl)
  if (from) await openLocalAccounts(databaseUrl)
  else await seedIfLocal(databaseUrl)
  interruption.signal.throwIfAborted()

  const addresses: Record<string, string> = {
    SITE_URL: `http://localhost:${port}`,
    RESEND_URL: running.use(await startMailbox()).url,
    ...(await startPhones(port, running)),
  }
  if (needsBridge(databaseUrl)) addresses.NEON_BRIDGE_URL = running.use(await startBridge()).url
  const secrets = { DATABASE_URL: process.env.DATABASE_URL ?? asApp(databaseUrl) }
  const worker = running.use(await startWorker(directory, port, { secrets, addresses }))
  await held.remember(worker.pid)
  await step('Worker', async () => {
    await Promise.race([untilHealthy(port, worker), interrupted])
    interruption.signal.throwIfAborted()
  })
  const cron = setInterval(() => runCron(port), 300_000)
  running.defer(() => clearInterval(cron))
  console.log(`\n${styleText('bold', `Ready on http://localhost:${port}`)}`)
  console.log(styleText('dim', `Mail      http://localhost:${port}/local/mailbox`))
  if (isLocalDatabase(databaseUrl))
    console.log(styleText('dim', `API keys  ${localKeys.map(({ key }) => key).join('  ')}`))
  console.log(styleText('dim', `Database  ${withoutPassword(databaseUrl)}`))
  console.log(styleText('dim', `Log       ${logFile(directory)}`))
  if (from) explainCopy(directory, port)
  return worker
}

/** Stand-ins for WhatsApp and SMS, and what the Worker must know to use them. */
async function startPhones(port: number, running: AsyncDisposableStack): Promise<Record<string, string>> {
  const appSecret = randomBytes(16).toString('hex')
  const account = { accountSid: 'AClocal', authToken: randomBytes(16).toString('hex') }
  const webhook = `http://localhost:${port}/providers/whatsapp`
  return {
    WHATSAPP_URL: running.use(await startWhatsApp({ appSecret, webhook })).url,
    WHATSAPP_TOKEN: 'local',
    WHATSAPP_PHONE_NUMBER_ID: '1',
    WHATSAPP_APP_SECRET: appSecret,
    WHATSAPP_VERIFY_TOKEN: randomBytes(16).toString('hex'),
    TWILIO_URL: running.use(await startSms({ ...account, tellsByItself: true })).url,
    TWILIO_ACCOUNT_SID: account.accountSid,
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_FROM: '+12025550123',
  }
}

/** What sends messages every five minutes: locally, nothing else triggers it. It must not stop the stack. */
async function runCron(port: number): Promise<void> {
  const cron = encodeURIComponent('*/5 * * * *')
  await fetch(`http://localhost:${port}/cdn-cgi/local/scheduled?cron=${cron}`).catch(() => {})
}

function explainCopy(directory: string, port: number): void {
  console.log(`
This is a copy with invented names. Sign in as admin@, desk@, strange@ (a doctor) or zero@example.com (a patient), or with the
email address of any account in it; the code arrives in the mailbox.
  List accounts   DATA_DIR=${directory} npm run account -- list
  Replay a log    DATA_DIR=${directory} npm run replay -- LOG --origin http://localhost:${port}`)
}

async function openDatabase(
  directory: string,
  reset: boolean,
  running: AsyncDisposableStack,
): Promise<string> {
  const external = process.env.DATABASE_URL
  if (external) {
    if (reset)
      throw new CannotStart('--reset empties the embedded database only, so do not set DATABASE_URL.')
    if (
      !/^postgres(ql)?:\/\/./.test(external) ||
      !URL.canParse(external) ||
      new URL(external).pathname.length < 2
    ) {
      throw new CannotStart('DATABASE_URL must look like postgres://user:password@host:5432/database.')
    }
    return external
  }
  const data = join(directory, 'postgres')
  return step('PostgreSQL', async () => {
    const settings = { shared_preload_libraries: 'pg_stat_statements' }
    const server = running.use(await startPostgres(data, { reset, settings }))
    deaths.push(server.ended)
    await createDatabase(server, 'alobooking')
    return server.url('alobooking')
  })
}

/** As on Neon, so that /admin/health can show the slowest statements. */
async function countStatements(databaseUrl: string): Promise<void> {
  await using client = await openConnection(databaseUrl)
  await client.query('create extension if not exists pg_stat_statements')
}

async function seedIfLocal(databaseUrl: string): Promise<void> {
  if (isLocalDatabase(databaseUrl)) {
    const wrote = await orExplain(databaseUrl, seedClinic)
    if (wrote)
      console.log(
        `${styleText('green', '✔')} Sample data: three locations, eight doctors, two patients, an account for each role`,
      )
  } else {
    console.log(`${styleText('yellow', '–')} No sample data: ${hostOf(databaseUrl)} is not this machine`)
  }
}

async function orExplain<T>(databaseUrl: string, work: (url: string) => Promise<T>): Promise<T> {
  try {
    return await work(databaseUrl)
  } catch (error) {
    throw new CannotStart(`${withoutPassword(databaseUrl)}: ${reasonOf(error)}`)
  }
}

// Drizzle wraps PostgreSQL's error; a refused connection has one error per address.
function reasonOf(error: unknown): string {
  const { message, code, errors, cause } = error as Error & { code?: string; errors?: Error[] }
  if (cause) return reasonOf(cause)
  return message || errors?.[0]?.message || String(code)
}

function hostOf(databaseUrl: string): string {
  return new URL(databaseUrl).hostname
}

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  url.password = ''
  url.search = ''
  return url.href
}
