import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../bench/databases.ts'
import { startPostgres } from '../../scripts/local/postgres.ts'
import { listProcesses } from '../../scripts/local/processes.ts'
import { openClinic } from '../support/clinic.ts'

const { databaseUrl } = await openClinic({ worker: false })
const directory = await mkdtemp(join(tmpdir(), 'alobooking-closing-'))
/** Is healthy, and then hangs up on every page. */
const brokenSite = createServer((request, response) => {
  if (request.url === '/healthz') response.end('{}')
  else request.socket.destroy()
})
await once(brokenSite.listen(0, '127.0.0.1'), 'listening')
const origin = `http://127.0.0.1:${(brokenSite.address() as AddressInfo).port}`
afterAll(async () => {
  brokenSite.closeAllConnections()
  brokenSite.close()
  await rm(directory, { recursive: true })
})

/** Runs a script until it ends, or for 30 seconds; fails if it leaves anything running. */
async function run(script: string, words: string[], environment: Record<string, string>) {
  const mark = randomUUID()
  const child = spawn(process.execPath, [script, ...words], {
    env: { ...process.env, ...environment, CLOSING_TEST: mark },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 30_000,
    killSignal: 'SIGKILL',
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const [code, signal] = await once(child, 'close')
  // Killed processes take a moment to end.
  await expect.poll(() => runningWith(mark), { timeout: 5_000 }).toEqual([])
  return { code, signal, said }
}

/** The commands of processes that inherited the mark; only Linux tells. */
function runningWith(mark: string): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => readProc(name, 'environ').includes(mark))
    .map((name) => readProc(name, 'cmdline').replaceAll('\0', ' '))
    .filter((command) => command !== '')
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return '' // It has ended.
  }
}

describe('a script that fails ends with code 1 and leaves nothing running', () => {
  it.each([
    [
      'screenshots, when pages do not answer',
      'scripts/screenshots.ts',
      [join(directory, 'photos')],
      { ORIGIN: origin, DATABASE_URL: databaseUrl },
    ],
    ['account, without a usable address', 'scripts/account.ts', ['list'], { DATABASE_URL: 'clinic.db' }],
    ['api-key, for an unknown owner', 'scripts/api-key.ts', ['create'], { DATABASE_URL: databaseUrl }],
    [
      'explain, when the database is too empty',
      'scripts/explain.ts',
      [],
      { DATABASE_URL: new URL('template1', databaseUrl).href },
    ],
    [
      'explain, when its server has no such database',
      'scripts/explain.ts',
      ['--data-dir', join(directory, 'explain')],
      { DATABASE_URL: '' },
    ],
    [
      'snapshot, when the database has no tables',
      'scripts/snapshot.ts',
      [join(directory, 'copy.gz')],
      { DATABASE_URL: new URL('postgres', databaseUrl).href },
    ],
    ['start, from a file that is not a copy', 'scripts/start.ts', ['--from', 'package.json'], {}],
  ])('%s', async (_, script, words, environment) => {
    const ended = await run(script, words, environment)
    expect(ended).toMatchObject({ code: 1, signal: null })
    expect(ended.said).not.toBe('')
  })

  it('the benchmark, when a database cannot be migrated', async () => {
    const data = join(directory, '10')
    await mkdir(data)
    const server = await startPostgres(join(data, 'postgres'))
    await server.stop()
    await writeFile(join(data, 'made.json'), '{"seconds": 1}')
    await expect(openDatabase(directory, 10)).rejects.toThrow('"alobooking" does not exist')
    expect(listProcesses().filter(({ command }) => command.includes(data))).toEqual([])
  })
})

describe('what a script opens it declares so that it is closed', () => {
  const opening =
    /\b(openConnection|start(Bridge|Postgres|Mailbox|WhatsApp|Sms|Worker)|launchBrowser|new(Page|Context)|openRecorder|copyDatabase|openTarget|openSnapshot|openBridge|open(Stage|Actors)|setTheScene|takeDataDirectory|startCoverage|mkdtemp\w*|new pg\.(Client|Pool)|createServer)\(/
  const declaring = /await using |\.use\(|\.adopt\(/
  /** These open for their callers, which the rule covers; a bridge process ends with its parent. */
  const openers = [
    'bench/bridge-process.ts',
    'scripts/explain/recorder.ts',
    'scripts/local/bridge.ts',
    'scripts/local/connection.ts',
    'scripts/local/mailbox.ts',
    'scripts/local/ports.ts',
    'scripts/local/postgres.ts',
    'scripts/local/stand-in.ts',
    'scripts/replay/actors.ts',
  ]
  const files = globSync('{scripts,bench}/**/*.ts').filter((file) => !openers.includes(file))

  it.each(files)('%s', (file) => {
    const lines = readFileSync(file, 'utf8').split('\n')
    const careless = lines.filter(
      (line) => opening.test(line) && !declaring.test(line) && !/^(export )?(async )?function /.test(line),
    )
    expect(careless).toEqual([])
  })
})
