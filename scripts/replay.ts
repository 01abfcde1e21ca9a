import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { CannotStart, runCommand } from './local/cannot-start.ts'
import { findDatabase } from './local/data-directory.ts'
import { readAuthSecret } from './local/dev-vars.ts'
import { type Actors, actAsAccounts, actAsKey } from './replay/actors.ts'
import { readLog } from './replay/read-log.ts'
import { differs, report, reportUnsent } from './replay/report.ts'
import { reasonNotToSend, send } from './replay/send.ts'
import { isLocalDatabase } from './seed.ts'

// Sends the requests of a log to a local stack and lists the answers that differ: npm run replay -- LOG

const usage =
  'Usage: npm run replay -- LOG [--origin http://localhost:8787] [--speed 1] [--writes] [--key KEY] [--elsewhere]'

runCommand(async () => {
  const { file, origin, speed, writes, key } = readFlags()
  const { requests, notUnderstood } = await readLog(file)
  if (requests.length === 0) throw new CannotStart(`${file} contains no request that can be sent.`)
  await requireAnswer(origin)
  await using actors = await openActors(origin, key)
  const sent = requests.filter((request) => !reasonNotToSend(request, writes))
  const unsent = requests.filter((request) => reasonNotToSend(request, writes))
  const outcomes = await send(sent, { origin, actors, speed })
  console.log([report(outcomes), ...reportUnsent(unsent, writes)].join('\n'))
  if (notUnderstood > 0) console.log(`– ${notUnderstood} request lines have an unknown format`)
  if (actors.standIns() > 0)
    console.log(`– ${actors.standIns()} accounts are not in this database; others of the same role were used`)
  const different = outcomes.filter(differs).length
  if (different > 0) throw new CannotStart(`${different} of ${outcomes.length} answers differ.`)
  console.log(`✔ All answers are the same (${outcomes.length}).`)
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
    if (!file || positionals.length > 1) throw new Error('Name one log')
    if (speed !== undefined && !(speed > 0)) throw new Error('--speed must be a number above 0')
    const { origin } = new URL(values.origin ?? 'http://localhost:8787')
    if (!isLocal(origin) && !values.elsewhere)
      throw new CannotStart(`${origin} is not on this machine. If you intend this, use --elsewhere`)
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
    throw new CannotStart(`Nothing answers at ${origin} (${error.cause?.code ?? error.name}).`)
  })
}

/** For another machine's origin there is no database to add keys to. */
async function openActors(origin: string, key: string | undefined): Promise<Actors> {
  if (key || !isLocal(origin)) return actAsKey(key)
  const url = process.env.DATABASE_URL ?? (await findDatabase(resolve(process.env.DATA_DIR || '.data')))
  if (!url) throw new CannotStart('No stack is running here. Set DATA_DIR to its directory, or use --key.')
  if (!isLocalDatabase(url))
    throw new CannotStart('DATABASE_URL must name a database on this machine. Otherwise use --key.')
  return actAsAccounts(url, await readAuthSecret())
}
