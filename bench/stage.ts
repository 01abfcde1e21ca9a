import { type Bridge, openBridge } from './bridge.ts'
import { openDatabase, type SizedDatabase } from './databases.ts'
import { type LoadClient, openClient } from './load.ts'
import type { Options } from './options.ts'
import { type Scene, setTheScene } from './scene.ts'
import type { RunningWorker, WorkerName, Workers } from './workers.ts'

/** A Worker, who asks it, and what stands behind it. */
export interface Site {
  worker: RunningWorker
  client: LoadClient
  bridge: Bridge
  database: SizedDatabase
}

/** The whole clinic on a database of one size. */
export interface SizedClinic extends Site {
  size: number
  scene: Scene
}

interface Otherwise {
  /** How far away the database shall seem. */
  delayMs?: number
  bindings?: Record<string, string>
}

export interface Stage {
  /** The smallest first. */
  clinics: SizedClinic[]
  /** The one in the middle, on which everything is measured that has one size only. */
  main: SizedClinic
  options: Options
  workers: Workers
  /** Another Worker on the database of the main clinic, while `work` is done. */
  beside<T>(name: WorkerName, work: (site: Site) => Promise<T>, otherwise?: Otherwise): Promise<T>
  close(): Promise<void>
}

/** How many ask at once, at most. */
export const mostClients = 64

export async function openStage(options: Options, workers: Workers): Promise<Stage> {
  const opened: { close(): Promise<void> }[] = []
  const close = async () => {
    for (const open of opened.reverse()) await open.close()
  }
  try {
    const bridge = await openBridge(0)
    opened.push({ close: bridge.stop })
    const clinics: SizedClinic[] = []
    for (const size of options.sizes) {
      const database = await openDatabase(options.dataDirectory, size)
      opened.push(database)
      const slots = slotsNeeded(options, size)
      const scene = await setTheScene(database.sql, slots)
      opened.push({ close: scene.cleanUp })
      const site = await openSite(workers, 'clinic', database, bridge)
      opened.push({ close: () => closeSite(site) })
      clinics.push({ ...site, size, scene })
    }
    const main = clinics.find(({ size }) => size === mainOf(options.sizes)) as SizedClinic
    const beside: Stage['beside'] = async (name, work, { delayMs = 0, bindings = {} } = {}) => {
      const far = delayMs > 0 ? await openBridge(delayMs) : bridge
      const site = await openSite(workers, name, main.database, far, bindings)
      try {
        return await work(site)
      } finally {
        await closeSite(site)
        if (far !== bridge) await far.stop()
      }
    }
    return { clinics, main, options, workers, beside, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** How many are booked a second at most, of what books without end. */
const bookings = { booking: 2_000, seen: 3_200, cost: 1_500, growth: 300 }

function slotsNeeded({ sizes, rounds, seconds, only }: Options, size: number): number {
  const aSecond = only.reduce((sum, name) => {
    const isEverywhere = name === 'growth'
    return size === mainOf(sizes) || isEverywhere ? sum + (bookings[name as 'booking'] ?? 0) : sum
  }, 0)
  return (rounds * seconds + 2) * aSecond + 1_000
}

function mainOf(sizes: number[]): number {
  return sizes[Math.floor((sizes.length - 1) / 2)] as number
}

async function openSite(
  workers: Workers,
  name: WorkerName,
  database: SizedDatabase,
  bridge: Bridge,
  others: Record<string, string> = {},
): Promise<Site> {
  const needsDatabase = name !== 'hello'
  const bindings = { DATABASE_URL: database.url, NEON_BRIDGE_URL: bridge.url, ...others }
  const worker = await workers.open(name, needsDatabase ? bindings : {})
  return { worker, database, bridge, client: openClient(worker.origin, mostClients) }
}

async function closeSite({ client, worker }: Site): Promise<void> {
  await client.close()
  await worker.close()
}
