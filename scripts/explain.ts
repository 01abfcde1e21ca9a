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

// Runs every query of the app on a large database, and judges the plans that PostgreSQL chose.

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

runCommand(async () => {
  const { directory, json, slow } = readFlags()
  // Plans of slow statements need no execution, so any database will do.
  const anywhere = slow && process.env.DATABASE_URL
  const { url, close } = anywhere ? { url: anywhere, close: async () => {} } : await openDatabase(directory)
  try {
    if (slow) return printSlow(await explainSlow(slow, url), await findMissingIndexes(url))
    const verdict = await explain(url)
    print(verdict)
    if (json) await writeFile(json, `${JSON.stringify(verdict, null, 2)}\n`)
    if (!isSound(verdict)) process.exitCode = 1
  } finally {
    await close()
  }
})

async function explain(url: string) {
  // Before the clinic is imported: V8 counts blocks only in code that it compiles from here on.
  const endCoverage = await startCoverage()
  const { everyCall } = await import('./explain/calls.ts')
  const { openRecorder } = await import('./explain/recorder.ts')
  const { openExplained } = await import('./explain/clinic.ts')
  const copy = await step('A copy of the database, filled up', () => copyDatabase(url))
  try {
    const large = new Set([...copy.sizes].filter(([, rows]) => rows > largeFrom).map(([table]) => table))
    const small = [...copy.sizes.keys()].filter((table) => !large.has(table))
    console.log(`– Large: ${[...large].join(', ')}. May be read whole, being small: ${small.join(', ')}.`)
    const recorder = await openRecorder(large)
    try {
      const clinic = await openExplained(copy, recorder.bridgeUrl)
      await step('Every call', () => everyCall(clinic, recorder))
    } finally {
      await recorder.stop()
    }
    const queries = findQueries(root, await sourceFiles())
    const unsent = findUnsent(queries, await endCoverage(), recorder.sent)
    return weigh(recorder.calls, queries.length, unsent)
  } finally {
    await copy.drop()
  }
}

async function sourceFiles(): Promise<string[]> {
  const source = join(root, 'src')
  const names = await readdir(source, { recursive: true })
  return names.filter((name) => /(?<!\.d)\.tsx?$/.test(name)).map((name) => join(source, name))
}

async function openDatabase(directory: string): Promise<{ url: string; close: () => Promise<void> }> {
  const external = process.env.DATABASE_URL
  if (external) {
    if (!URL.canParse(external) || !isLocalDatabase(external))
      throw new CannotStart('Only a database on this machine can be copied, but DATABASE_URL names another.')
    return { url: external, close: async () => {} }
  }
  const held = await takeDataDirectory(directory, readPort(process.env.PORT))
  try {
    const server = await startPostgres(join(directory, 'postgres'))
    process.once('exit', () => server.kill())
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
    const close = async () => {
      await server.stop()
      await held.release()
    }
    return { url: server.url('alobooking'), close }
  } catch (error) {
    await held.release()
    throw error
  }
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
