import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, inject } from 'vitest'
import { createTestHarness } from 'wrangler'
import { startBridge } from '../../scripts/local/bridge.ts'
import { asApp } from '../../scripts/migrate.ts'
import { authSecret, type Clinic, isIncidental, openClinic, patientSettings } from './clinic.ts'

/** The Worker of `npm start`, with a cache clock that can be set ahead. */
const worker = `
import { clock } from './clock.js'
import local from ${JSON.stringify(resolve('scripts/local/entry.tsx'))}
export { DeskFeed, Public, Purger } from ${JSON.stringify(resolve('scripts/local/entry.tsx'))}

export default {
  fetch(request, env, ctx) {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname !== '/test/clock') return local.fetch(request, env, ctx)
    clock.ahead = Number(searchParams.get('ahead'))
    return new Response()
  },
}
`

/** Requests read the time with `new Date()`, which is unaffected. */
const clock = `
const now = Date.now
export const clock = { ahead: 0 }
Date.now = () => now() + clock.ahead
`

export interface EdgeClinic extends Pick<Clinic, 'sql'> {
  /** The Worker behind the stand-in for Cloudflare's cache. */
  origin: string
  /** The number of trips to the database since the last call. */
  takeTrips(): number
  /** While away, the database loses every trip. */
  setAway(isAway: boolean): void
  /** Sets the clock of the cache and the Purger ahead. */
  setClockAhead(seconds: number): Promise<void>
  /** The Worker's log since the last call. */
  takeLogs(): { level: string; message: string }[]
}

/** A clinic behind the cache. Open it at the top of the file, like `openClinic`. */
export async function openEdgeClinic(): Promise<EdgeClinic> {
  const { sql, databaseUrl } = await openClinic({ worker: false })
  let [trips, isAway] = [0, false]
  const bridge = await startBridge({
    settings: patientSettings,
    onTrip: (queries) => {
      if (!isIncidental(queries)) trips += 1
    },
    fault: () => (isAway ? 'request lost' : undefined),
  })
  const directory = await mkdtemp(join(tmpdir(), 'alobooking-edge-'))
  const config = await readFile(inject('generousConfig'), 'utf8')
  const configPath = join(directory, 'wrangler.toml')
  await writeFile(join(directory, 'worker.js'), worker)
  await writeFile(join(directory, 'clock.js'), clock)
  await writeFile(
    configPath,
    config.replace(/^main = .*$/m, 'main = "worker.js"').replaceAll('"./src/', `"${resolve('src')}/`),
  )
  const vars = {
    AUTH_SECRET: authSecret,
    RESEND_API_KEY: 'test',
    DATABASE_URL: asApp(databaseUrl),
    // Long enough for a busy machine.
    DATABASE_TIME_LIMIT_MS: '10000',
    NEON_BRIDGE_URL: bridge.url,
  }
  const harness = createTestHarness({ workers: [{ configPath, vars }] })
  const { origin } = (await harness.listen()).url
  afterAll(async () => {
    await harness.close()
    await bridge.stop()
    await rm(directory, { recursive: true })
  })
  return {
    sql,
    origin,
    takeTrips() {
      const taken = trips
      trips = 0
      return taken
    },
    setAway(away) {
      isAway = away
    },
    async setClockAhead(seconds) {
      await fetch(`${origin}/test/clock?ahead=${seconds * 1_000}`)
    },
    takeLogs() {
      const logs = harness.getLogs()
      harness.clearLogs()
      return logs
    },
  }
}
