import { type Bridge, openBridge } from './bridge.ts'
import { openDatabase, type SizedDatabase } from './databases.ts'
import { type LoadClient, openClient } from './load.ts'
import type { Options } from './options.ts'
import { type Scene, setTheScene } from './scene.ts'
import type { RunningWorker, WorkerName, Workers } from './workers.ts'

/** A Worker with its client, bridge and database. */
export interface Site {
  worker: RunningWorker
  client: LoadClient
  bridge: Bridge
  database: SizedDatabase
}

/** The clinic on a database of one size. */
export interface SizedClinic extends Site {
  size: number
  scene: Scene
}

interface Otherwise {
  /** How far away the database seems. */
  delayMs?: number
  bindings?: Record<string, string>
}

/** `await using` closes everything in it. */
export interface Stage extends AsyncDisposable {
  /** Smallest first. */
  clinics: SizedClinic[]
  /** The middle one, for measurements at one size only. */
  main: SizedClinic
  options: Options
  workers: Workers
  /** Runs `work` with another Worker on the main clinic's database. */
  beside<T>(name: WorkerName, work: (site: Site) => Promise<T>, otherwise?: Otherwise): Promise<T>
}

/** The most clients at once. */
export const mostClients = 64

export async function openStage(options: Options, workers: Workers): Promise<Stage> {
  await using opening = new AsyncDisposableStack()
  const bridge = opening.use(await openBridge(0))
  const clinics: SizedClinic[] = []
  for (const size of options.sizes) {
    const database = opening.use(await openDatabase(options.dataDirectory, size))
    const needed = { slots: slotsNeeded(options, size), slotsWithRoom: slotsWithRoomNeeded(options, size) }
    const scene = opening.use(await setTheScene(database.sql, needed))
    const site = await openSite(opening, workers, 'clinic', { database, bridge })
    clinics.push({ ...site, size, scene })
  }
  const main = clinics.find(({ size }) => size === mainOf(options.sizes)) as SizedClinic
  const beside: Stage['beside'] = async (name, work, { delayMs = 0, bindings = {} } = {}) => {
    await using opened = new AsyncDisposableStack()
    const far = delayMs > 0 ? opened.use(await openBridge(delayMs)) : bridge
    return await work(
      await openSite(opened, workers, name, { database: main.database, bridge: far }, bindings),
    )
  }
  const opened = opening.move()
  const close = () => opened.disposeAsync()
  return { clinics, main, options, workers, beside, [Symbol.asyncDispose]: close }
}

/** The most bookings a second, for measurements that book without limit. */
const bookings = { booking: 2_000, observability: 3_200, outbox: 3_200, cost: 1_500, growth: 300 }

function slotsNeeded({ sizes, rounds, seconds, only }: Options, size: number): number {
  const aSecond = only.reduce((sum, name) => {
    const isEverywhere = name === 'growth'
    return size === mainOf(sizes) || isEverywhere ? sum + (bookings[name as 'booking'] ?? 0) : sum
  }, 0)
  return (rounds * seconds + 2) * aSecond + 1_000
}

function slotsWithRoomNeeded({ sizes, rounds, seconds, only }: Options, size: number): number {
  return size === mainOf(sizes) && only.includes('booking') ? (rounds * seconds + 2) * 700 : 0
}

function mainOf(sizes: number[]): number {
  return sizes[Math.floor((sizes.length - 1) / 2)] as number
}

async function openSite(
  opened: AsyncDisposableStack,
  workers: Workers,
  name: WorkerName,
  { database, bridge }: Pick<Site, 'database' | 'bridge'>,
  others: Record<string, string> = {},
): Promise<Site> {
  const needsDatabase = name !== 'hello'
  const url = name === 'insert' ? database.ownUrl : database.url
  const bindings = { DATABASE_URL: url, NEON_BRIDGE_URL: bridge.url, ...others }
  const worker = opened.use(await workers.open(name, needsDatabase ? bindings : {}))
  const client = opened.adopt(openClient(worker.origin, mostClients), ({ close }) => close())
  return { worker, database, bridge, client }
}
