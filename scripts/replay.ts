import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs, parseEnv } from 'node:util'
import { CannotStart, runCommand } from './local/cannot-start.ts'
import { findDatabase } from './local/data-directory.ts'
import { makeDevVars } from './local/dev-vars.ts'
import { type Actors, actAsAccounts, actAsKey } from './replay/actors.ts'
import { readLog } from './replay/read-log.ts'
import { differs, report, reportUnsent } from './replay/report.ts'
import { reasonNotToSend, send } from './replay/send.ts'
import { isLocalDatabase } from './seed.ts'

// Asks a local stack what production was asked, and says what it answers otherwise: npm run replay -- LOG

const usage =
  'Usage: npm run replay -- LOG [--origin http://localhost:8787] [--speed 1] [--writes] [--key KEY] [--elsewhere]'

runCommand(async () => {
  const { file, origin, speed, writes, key } = readFlags()
  const { requests, notUnderstood } = await readLog(file)
  if (requests.length === 0) throw new CannotStart(`${file} tells of no request that can be sent.`)
  await requireAnswer(origin)
  const actors = await openActors(origin, key)
  try {
    const sent = requests.filter((request) => !reasonNotToSend(request, writes))
    const unsent = requests.filter((request) => reasonNotToSend(request, writes))
    const outcomes = await send(sent, { origin, actors, speed })
    console.log([report(outcomes), ...reportUnsent(unsent, writes)].join('\n'))
    if (notUnderstood > 0) console.log(`– ${notUnderstood} lines of requests are of another shape`)
    if (actors.standIns() > 0)
      console.log(`– ${actors.standIns()} accounts are not in this database; others of their role stood in`)
    const different = outcomes.filter(differs).length
    if (different > 0) throw new CannotStart(`${different} of ${outcomes.length} answers differ.`)
    console.log(`✔ All answers are the same (${outcomes.length}).`)
  } finally {
    await actors.close()
  }
})

function readFlags() {
  try {
    const text = { type: 'string' } as const
    const flag = { type: 'boolean', default: false } as const
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { origin: text, speed: text, key: text, writes: flag, elsewhere: flag },
    })
    const [file] = positionals
    const speed = values.speed === undefined ? undefined : Number(values.speed)
    if (!file || positionals.length > 1) throw new Error('One log')
    if (speed !== undefined && !(speed > 0)) throw new Error('--speed is a number above 0')
    const { origin } = new URL(values.origin ?? 'http://localhost:8787')
    if (!isLocal(origin) && !values.elsewhere)
      throw new CannotStart(`${origin} is not this machine. If you mean it: --elsewhere`)
    return { file, origin, speed, writes: values.writes, key: values.key }
  } catch (error) {
    if (error instanceof CannotStart) throw error
    throw new CannotStart(`${(error as Error).message.split('.')[0]}. ${usage}`)
  }
}

function isLocal(origin: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname)
}

async function requireAnswer(origin: string): Promise<void> {
  await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(10_000) }).catch((error) => {
    throw new CannotStart(`Nobody answers at ${origin} (${error.cause?.code ?? error.name}).`)
  })
}

/** Elsewhere there is no database to ask for keys. */
async function openActors(origin: string, key: string | undefined): Promise<Actors> {
  if (key || !isLocal(origin)) return actAsKey(key)
  const url = process.env.DATABASE_URL ?? (await findDatabase(resolve(process.env.DATA_DIR || '.data')))
  if (!url)
    throw new CannotStart('No stack runs here. Set DATA_DIR to where it does, or act as one with --key.')
  if (!isLocalDatabase(url)) throw new CannotStart('DATABASE_URL is not of this machine; act with --key.')
  const variables = parseEnv(await readFile(await makeDevVars(), 'utf8'))
  return actAsAccounts(url, process.env.AUTH_SECRET ?? variables.AUTH_SECRET ?? '')
}
