import { readdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findUnsent, startCoverage } from './explain/coverage.ts'
import { copyDatabase } from './explain/database-copy.ts'
import { largeFrom } from './explain/judge.ts'
import { findMissingIndexes } from './explain/missing-indexes.ts'
import { findQueries } from './explain/queries.ts'
import { isSound, print, weigh } from './explain/report.ts'
import { explainSlow, printSlow } from './explain/slow.ts'
import { CannotStart, runCommand } from './local/cannot-start.ts'
import { takeDataDirectory } from './local/data-directory.ts'
import { readPort } from './local/ports.ts'
import { startPostgres } from './local/postgres.ts'
import { step } from './local/terminal.ts'
import { isLocalDatabase } from './seed.ts'

// Runs every query of the app on a large database and judges the plans that PostgreSQL used.

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

runCommand(async () => {
  const { directory, json, slow } = readFlags()
  await using opened = new AsyncDisposableStack()
  // --slow executes nothing, so it may ask any database.
  const url = (slow && process.env.DATABASE_URL) || (await openDatabase(directory, opened))
  if (slow) return printSlow(await explainSlow(slow, url), await findMissingIndexes(url))
  const verdict = await explain(url)
  print(verdict)
  if (json) await writeFile(json, `${JSON.stringify(verdict, null, 2)}\n`)
  if (!isSound(verdict)) process.exitCode = 1
})

async function explain(url: string) {
  // Before anything of the clinic is imported: only code compiled from here on is counted block by block.
  await using coverage = await startCoverage()
  const { everyCall } = await import('./explain/calls.ts')
  const { openRecorder } = await import('./explain/recorder.ts')
  const { openExplained } = await import('./explain/clinic.ts')
  await using copy = await step('Copying the database and filling it up', () => copyDatabase(url))
  const large = new Set([...copy.sizes].filter(([, rows]) => rows > largeFrom).map(([table]) => table))
  const small = [...copy.sizes.keys()].filter((table) => !large.has(table))
  console.log(`– Large: ${[...large].join(', ')}. Small enough to read whole: ${small.join(', ')}.`)
  await using recorder = await openRecorder(large)
  const clinic = await openExplained(copy, recorder.bridgeUrl)
  await step('Running every call', () => everyCall(clinic, recorder))
  const queries = findQueries(root, await sourceFiles())
  const unsent = findUnsent(queries, await coverage.take(), recorder.sent)
  return weigh(recorder.calls, queries.length, unsent)
}

async function sourceFiles(): Promise<string[]> {
  const source = join(root, 'src')
  const names = await readdir(source, { recursive: true })
  return names.filter((name) => /(?<!\.d)\.tsx?$/.test(name)).map((name) => join(source, name))
}

async function openDatabase(directory: string, opened: AsyncDisposableStack): Promise<string> {
  const external = process.env.DATABASE_URL
  if (external) {
    if (!URL.canParse(external) || !isLocalDatabase(external))
      throw new CannotStart('DATABASE_URL must name a database on this machine.')
    return external
  }
  // Ends PostgreSQL as well: see startPostgres.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  opened.use(await takeDataDirectory(directory, readPort(process.env.PORT)))
  return opened.use(await startPostgres(join(directory, 'postgres'))).url('alobooking')
}

function readFlags(): { directory: string; json: string | undefined; slow: string | undefined } {
  try {
    const text = { type: 'string' } as const
    const { values } = parseArgs({ options: { 'data-dir': text, json: text, slow: text } })
    return { directory: resolve(values['data-dir'] ?? '.data/large'), json: values.json, slow: values.slow }
  } catch (error) {
    const usage = 'npm run explain [-- --data-dir .data/large --json FILE | --slow LOG]'
    throw new CannotStart(`${(error as Error).message.split('.')[0]}. Usage: ${usage}`)
  }
}
