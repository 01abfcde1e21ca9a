import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { createTestHarness } from 'wrangler'
import type { PurgeQueue } from '../../src/edge/purge-queue.ts'
import { openSentry } from '../support/sentry.ts'

const sentry = await openSentry()

/** The real Purger with a clock that can be set, and a cache that records its purges. */
const worker = `
import { WorkerEntrypoint } from 'cloudflare:workers'
import { Purger as Real } from ${JSON.stringify(resolve('src/edge/purger.ts'))}
import { configureObservability } from ${JSON.stringify(resolve('src/observability/settings.ts'))}

configureObservability({ LOG_LEVEL: 'info', ENVIRONMENT: 'staging', RELEASE: 'abc123', SENTRY_DSN: ${JSON.stringify(sentry.dsn)} })

let name, clock, answer, meanwhile, calls

export class Public extends WorkerEntrypoint {
  async purgeTags(tags) {
    calls.push(tags)
    if (meanwhile) await this.ctx.exports.Purger.getByName(name).changed(meanwhile)
    if (answer === 'never') await scheduler.wait(60_000)
    if (answer === 'fail') throw new Error('the cache is away')
    return answer === 'accept'
  }
}

export class Purger extends Real {
  now() { return clock ?? super.now() }
  ring() { return this.alarm() }
  crash() { this.ctx.abort('crashed') }
  async look() { return { queue: this.load(), alarm: await this.ctx.storage.getAlarm(), calls } }
}

export default {
  async fetch(request, env, ctx) {
    const { verb, tags, ...settings } = await request.json()
    if (verb === 'begin') [name, clock, answer, meanwhile, calls] = [settings.name, null, 'accept', null, []]
    if ('clock' in settings) clock = settings.clock
    if ('answer' in settings) answer = settings.answer
    if ('meanwhile' in settings) meanwhile = settings.meanwhile
    const purger = ctx.exports.Purger.getByName(name)
    if (verb === 'changed') await purger.changed(tags)
    try {
      if (verb === 'ring') await purger.ring()
    } catch (error) {
      return new Response(error.message, { status: 500 })
    }
    if (verb === 'crash') await purger.crash().catch(() => null)
    return Response.json(await ctx.exports.Purger.getByName(name).look())
  },
}
`

const config = `
name = "purger"
main = "worker.js"
compatibility_date = "2026-10-20"
[exports.default]
type = "worker"
[exports.Public]
type = "worker"
[exports.Purger]
type = "durable-object"
storage = "sqlite"
`

interface Settings {
  /** Milliseconds since 1970; the real time until set. */
  clock?: number
  answer?: 'accept' | 'refuse' | 'fail' | 'never'
  /** Tags that change during the call. */
  meanwhile?: string[] | null
  tags?: string[]
}

interface Look {
  queue: PurgeQueue
  alarm: number | null
  calls: string[][]
}

const directory = await mkdtemp(join(tmpdir(), 'alobooking-purger-'))
await writeFile(join(directory, 'worker.js'), worker)
await writeFile(join(directory, 'wrangler.toml'), config)
const harness = createTestHarness({ workers: [{ configPath: join(directory, 'wrangler.toml') }] })
const { url } = await harness.listen()
afterAll(async () => {
  await harness.close()
  await rm(directory, { recursive: true })
})

/** Far enough ahead that alarms ring only when the test rings them. */
const start = 4_000_000_000_000
let tests = 0
let name = ''

beforeEach(async () => {
  name = `clinic-${++tests}`
  await command('begin', { name })
  harness.clearLogs()
})

async function command(
  verb: 'begin' | 'changed' | 'ring' | 'crash' | 'look',
  settings: Settings & { name?: string } = {},
) {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify({ verb, ...settings }) })
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as Look
}

function logged() {
  return harness.getLogs().map(({ level, message }) => [level, JSON.parse(message)])
}

it('purges on its alarm what has changed', async () => {
  await command('changed', { tags: ['doctor-1'] })
  await command('changed', { tags: ['doctor-2', 'doctor-1'] })
  await expect
    .poll(() => command('look'), { timeout: 10_000 })
    .toMatchObject({
      calls: [['doctor-1', 'doctor-2']],
      queue: { waiting: [], underWay: [] },
      alarm: null,
    })
})

it('purges every page even if one page is already waiting', async () => {
  await command('changed', { clock: start, tags: ['doctor-1'] })
  await command('changed', { clock: start, tags: ['clinic'] })
  expect(await command('ring', { clock: start + 1_000, answer: 'accept' })).toMatchObject({
    calls: [['clinic']],
  })
})

it('retries refused and failed calls, logs them, and tells Sentry from the third on', async () => {
  expect(await command('changed', { clock: start, tags: ['a'] })).toMatchObject({ alarm: start + 1_000 })
  expect(await command('ring', { clock: start + 1_000, answer: 'refuse' })).toMatchObject({
    calls: [['a']],
    alarm: start + 16_000,
  })
  await command('changed', { tags: ['b'] })
  expect(await command('ring', { clock: start + 16_000, answer: 'fail' })).toMatchObject({
    alarm: start + 46_000,
  })
  await command('ring', { clock: start + 46_000, answer: 'refuse' })
  const { calls, queue, alarm } = await command('ring', { clock: start + 106_000, answer: 'accept' })
  expect(calls).toEqual([['a'], ['a', 'b'], ['a', 'b'], ['a', 'b']])
  expect([queue.waiting, queue.underWay, alarm]).toEqual([[], [], null])
  const line = { message: 'purge refused' }
  expect(logged()).toMatchObject([
    ['warn', { level: 'warn', ...line, reason: 'not accepted', refusals: 1, tags: 1 }],
    ['warn', { level: 'warn', ...line, reason: 'the cache is away', refusals: 2, tags: 2 }],
    ['error', { door: 'job', causes: [{ message: '3 purges in a row were refused: not accepted' }] }],
  ])
  await expect
    .poll(() => sentry.takeItems(), { timeout: 10_000 })
    .toMatchObject([
      {
        type: 'event',
        payload: {
          release: 'abc123',
          tags: { door: 'job' },
          exception: { values: [{ value: '3 purges in a row were refused: not accepted' }] },
        },
      },
    ])
})

it('purges again what changes during its purge', async () => {
  await command('changed', { clock: start, tags: ['a', 'b'] })
  const under = await command('ring', { clock: start + 1_000, meanwhile: ['a'] })
  expect(under).toMatchObject({ queue: { waiting: ['a'], underWay: [] }, alarm: start + 2_000 })
  const after = await command('ring', { clock: start + 2_000, meanwhile: null })
  expect(after).toMatchObject({ calls: [['a', 'b'], ['a']], alarm: null })
})

it('an early alarm only sets itself again', async () => {
  await command('changed', { clock: start, tags: ['a'] })
  expect(await command('ring', { clock: start + 999 })).toMatchObject({ calls: [], alarm: start + 1_000 })
})

it('an eviction loses nothing', async () => {
  await command('changed', { clock: start, tags: ['a'] })
  await harness.getWorker().evictDurableObject('Purger', { name })
  expect(await command('look')).toMatchObject({ queue: { waiting: ['a'] }, alarm: start + 1_000 })
})

it('a call that is cut off is repeated', async () => {
  await command('changed', { clock: start, tags: ['a'] })
  const cutOff = command('ring', { clock: start + 1_000, answer: 'never' }).catch(String)
  await expect.poll(() => command('look')).toMatchObject({ calls: [['a']] })
  await command('changed', { tags: ['b'] })
  expect(await command('crash')).toMatchObject({ queue: { underWay: ['a'] }, alarm: start + 16_000 })
  expect(await cutOff).toBe('Error: crashed')
  const { calls } = await command('ring', { clock: start + 16_000, answer: 'accept' })
  expect(calls).toEqual([['a'], ['a', 'b']])
})
