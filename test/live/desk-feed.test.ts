import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { createTestHarness } from 'wrangler'
import { listenTo } from '../support/live.ts'

/** The real feed with a clock that can be set ahead. */
const worker = `
import { DeskFeed as Real } from ${JSON.stringify(resolve('src/live/desk-feed.ts'))}

let ahead = 0
export class DeskFeed extends Real {
  now() { return Date.now() + ahead }
}

export default {
  async fetch(request, env, ctx) {
    const { pathname, searchParams } = new URL(request.url)
    const name = pathname.slice(1)
    const feed = ctx.exports.DeskFeed.getByName(name)
    if (request.headers.get('Upgrade'))
      return feed.fetch(new Request('https://feed.invalid/?name=' + name, request))
    ahead = Number(searchParams.get('ahead'))
    await feed.changed(JSON.parse(searchParams.get('days')))
    return new Response()
  },
}
`

const config = `
name = "feed"
main = "worker.js"
compatibility_date = "2026-10-20"
[exports.default]
type = "worker"
[exports.DeskFeed]
type = "durable-object"
storage = "sqlite"
`

const directory = await mkdtemp(join(tmpdir(), 'alobooking-feed-'))
await writeFile(join(directory, 'worker.js'), worker)
await writeFile(join(directory, 'wrangler.toml'), config)
const harness = createTestHarness({ workers: [{ configPath: join(directory, 'wrangler.toml') }] })
const { origin } = (await harness.listen()).url
afterAll(async () => {
  await harness.close()
  await rm(directory, { recursive: true })
})

let locations = 0
const newLocation = () => `location-${++locations}`
const monday = [{ from: '2026-11-23', to: '2026-11-23' }]

async function change(name: string, days: object | string = monday, aheadMs = 0): Promise<void> {
  await fetch(`${origin}/${name}?ahead=${aheadMs}&days=${JSON.stringify(days)}`)
}

it('tells every page of the location, and no other', async () => {
  const [here, there] = [newLocation(), newLocation()]
  const pages = [await listenTo(`${origin}/${here}`), await listenTo(`${origin}/${here}`)]
  const other = await listenTo(`${origin}/${there}`)
  await change(here)
  await change(there, ['any day'])
  await expect.poll(() => pages.map(({ heard }) => heard)).toEqual([[monday], [monday]])
  await expect.poll(() => other.heard).toEqual([['any day']])
})

it('passes on to every location what changes at all of them', async () => {
  const pages = [await listenTo(`${origin}/${newLocation()}`), await listenTo(`${origin}/${newLocation()}`)]
  await change('everywhere', ['any day'])
  await expect.poll(() => pages.map(({ heard }) => heard)).toEqual([[['any day']], [['any day']]])
})

it('keeps the connections of a page while the object sleeps', async () => {
  const name = newLocation()
  const page = await listenTo(`${origin}/${name}`)
  await harness.getWorker().evictDurableObject('DeskFeed', { name })
  await change(name)
  await expect.poll(() => page.heard).toEqual([monday])
})

it('says that the connection still stands', async () => {
  const page = await listenTo(`${origin}/${newLocation()}`)
  page.socket.send('ping')
  await expect.poll(() => page.heard).toEqual(['pong'])
})

it('tells a page nothing after its minute is over, and lets it connect again', async () => {
  const name = newLocation()
  const page = await listenTo(`${origin}/${name}`)
  await change(name, monday, 59_000)
  await expect.poll(() => page.heard).toEqual([monday])
  await change(name, ['any day'], 61_000)
  await expect.poll(() => page.heard).toEqual([monday, 'connect again'])
  await change(name, ['any day'], 62_000)
  const again = await listenTo(`${origin}/${name}`)
  await change(name, monday, 63_000)
  await expect.poll(() => again.heard).toEqual([monday])
  expect(page.heard).toEqual([monday, 'connect again'])
})
