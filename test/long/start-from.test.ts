import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../scripts/local/ports.ts'
import { seedClinic } from '../../scripts/seed.ts'
import { openClinic } from '../support/clinic.ts'

const clinic = await openClinic({ worker: false })
const children: ChildProcess[] = []
let directory: string
let file: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'alobooking-from-'))
  file = join(directory, 'clinic.sql.gz')
  await seedClinic(clinic.databaseUrl)
})
afterAll(async () => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGTERM')
  await Promise.all(children.map((child) => child.exitCode === null && once(child, 'exit')))
  await rm(directory, { recursive: true })
})

/** Runs one of our commands until it ends or prints `until`, and returns its output. */
async function run(words: string[], environment: Record<string, string>, until?: string) {
  const { DATABASE_URL: _, ...inherited } = process.env
  const env = { ...inherited, DATA_DIR: directory, ...environment }
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  let printed = ''
  const said = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        printed += chunk
        if (until && printed.includes(until)) resolve()
      })
  })
  await Promise.race([once(child, 'close'), said])
  return { printed, child }
}

describe('npm start -- --from', () => {
  it('opens a copy in its own directory with the seed’s people, and finds it again', async () => {
    const copied = await run(['scripts/snapshot.ts', file], { DATABASE_URL: clinic.databaseUrl })
    expect(copied.printed).toContain(`To open it: npm start -- --from ${file}`)
    const port = await freePort()
    const start = ['scripts/start.ts', '--from', file]
    for (const time of ['first', 'second']) {
      const { printed, child } = await run(start, { PORT: String(port) }, 'npm run replay')
      expect(printed).toMatch(/DATA_DIR=.+\/copy-[0-9a-f]{8} npm run replay -- LOG/)
      const asked = await fetch(`http://localhost:${port}/api/v1/appointments/1`, {
        headers: { Authorization: 'Bearer local-front-desk' },
      })
      expect(asked.status).toBe(200)
      const page = await (await fetch(`http://localhost:${port}/booking?lang=en`)).text()
      expect(page).not.toContain('AloClinic')
      expect(page, time).toContain('Clinic ')
      child.kill('SIGTERM')
      expect(await once(child, 'exit')).toEqual([0, null])
    }
  })

  it.each([
    [{ DATABASE_URL: 'postgres://localhost/clinic' }, /^✘ --from fills a database of its own.+\n$/],
    [{}, /^✘ .+package.json is not a copy that can be opened.+\n$/],
  ])('says in one line what it cannot open', async (environment: Record<string, string>, words) => {
    const { printed, child } = await run(['scripts/start.ts', '--from', 'package.json'], environment)
    expect(printed).toMatch(words)
    expect(child.exitCode).toBe(1)
  })
})
