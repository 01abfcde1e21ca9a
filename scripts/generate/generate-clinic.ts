import { totalmem } from 'node:os'
import { styleText } from 'node:util'
import type pg from 'pg'
import { CannotStart } from '../local/cannot-start.ts'
import { type Connection, openConnection } from '../local/connection.ts'
import { migrateDatabase } from '../migrate.ts'
import { enterAbsences } from './absences.ts'
import { beginOrResume, inTransaction, isFinished, markFinished } from './bookkeeping.ts'
import { requireSameCatalog, takeOff } from './catalog.ts'
import { openClinic } from './clinic.ts'
import type { Wishes } from './flags.ts'
import { holdSlots, setSequences } from './holds.ts'
import { chunksLeft, loadAppointments, putBack, repairsLeft } from './in-parallel.ts'
import { registerPeople } from './people.ts'
import { duration, type Progress, silent } from './progress.ts'
import { planWeeks } from './weeks.ts'

export interface Generation extends Wishes {
  url: string
  /** The present: five years of history before it, six months after. A resumed run keeps its own. */
  asOf?: Date
  /** Appointments per transaction, unless one week has more. */
  chunkRows?: number
  signal?: AbortSignal
  /** Called once the total is known, in seconds as measured once. */
  showProgress?: (whole: number) => Progress
}

export interface Run {
  /** Two connections, for two cores. */
  hands: [Connection, Connection]
  wishes: Wishes
  asOf: Date
  signal: AbortSignal
  progress: Progress
}

interface Phase {
  name: string
  /** Seconds at a million appointments; weighs the phases in the estimate of the remaining time. */
  worth: number
  /** Runs in one transaction with the mark that it is done. */
  work?: (client: pg.Client) => Promise<void>
  /** Runs outside a transaction: it marks its own parts, or can be repeated. */
  inParts?: (run: Run, worth: number) => Promise<void>
  /** Which share of its parts is left, from 0 to 1. */
  left?: (client: pg.Client) => Promise<number>
}

/**
 * Fills an empty database with a clinic's history and future, without any double booking. Drops keys and indexes, generates
 * the rows in SQL on two connections, then restores the keys and compares them with the originals. After an interruption or a
 * kill, the next call with the same wishes continues.
 *
 * @returns how long each phase took, in seconds.
 * @throws CannotStart when the database holds other data; the signal's reason when aborted.
 */
export async function generateClinic(generation: Generation): Promise<Map<string, number>> {
  const { url, asOf = new Date(), chunkRows = 50_000, signal = new AbortController().signal } = generation
  const { appointments, doctors, patients, seed } = generation
  const wishes = { appointments, doctors, patients, seed }
  await migrateUnlessBegun(url)
  await using first = await connect(url)
  await using second = await connect(url)
  const hands: Run['hands'] = [first, second]
  // If the server is gone, its queries fail by themselves.
  const cancel = () => void cancelQueries(url, hands).catch(() => {})
  signal.addEventListener('abort', cancel)
  let progress = silent
  try {
    await requireAlone(hands[0])
    const instant = await beginOrResume(hands[0], wishes, asOf)
    const phases = plan(wishes, instant, chunkRows)
    const ahead = await findUnfinished(hands[0], phases)
    progress = generation.showProgress?.(await worthOf(hands[0], ahead)) ?? silent
    for (const phase of ahead) {
      await finish(phase, { hands, wishes, asOf: instant, signal, progress }).catch(async (error) => {
        // The wishes turned out to be impossible before anything was made.
        if (error instanceof CannotStart) await hands[0].query('drop schema generation cascade')
        throw error
      })
    }
    const { rows } = await hands[0].query('select name, seconds from generation.phases')
    await hands[0].query('drop schema generation cascade')
    return new Map(rows.map(({ name, seconds }) => [name, seconds]))
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    progress.end()
    signal.removeEventListener('abort', cancel)
  }
}

function plan(wishes: Wishes, asOf: Date, chunkRows: number): Phase[] {
  const millions = wishes.appointments / 1e6
  return [
    {
      name: 'Locations, doctors, hours',
      worth: 0.5,
      work: async (client) => {
        await openClinic(client, wishes, asOf)
        await enterAbsences(client, wishes, asOf)
        await planWeeks(client, wishes, asOf, chunkRows)
      },
    },
    { name: 'Dropping keys and indexes', worth: 0.1, work: takeOff },
    {
      name: 'Patients and accounts',
      worth: (8 * wishes.patients) / 1e6,
      work: (client) => registerPeople(client, wishes),
    },
    { name: 'Appointments and events', worth: 25 * millions, inParts: loadAppointments, left: chunksLeft },
    { name: 'Vacuum', worth: 0.3 * millions, inParts: vacuum },
    { name: 'Restoring keys and indexes', worth: 65 * millions, inParts: putBack, left: repairsLeft },
    {
      name: 'Open holds and sequences',
      worth: 0.2,
      work: async (client) => {
        await holdSlots(client)
        await setSequences(client)
      },
    },
    { name: 'Statistics', worth: 2 * millions, inParts: analyze },
    { name: 'Comparing keys and indexes', worth: 0.1, work: requireSameCatalog },
  ]
}

async function finish(phase: Phase, run: Run): Promise<void> {
  const { progress, signal, hands } = run
  signal.throwIfAborted()
  progress.begin(phase.name)
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  if (phase.inParts) {
    await phase.inParts(run, phase.worth)
    await markFinished(hands[0], phase.name, seconds())
  } else {
    await inTransaction(hands[0], async () => {
      await phase.work?.(hands[0])
      await markFinished(hands[0], phase.name, seconds())
    })
    progress.advance(phase.worth)
  }
  progress.say(`${styleText('green', '✔')} ${phase.name} ${styleText('dim', duration(seconds()))}`)
}

async function findUnfinished(client: pg.Client, phases: Phase[]): Promise<Phase[]> {
  const unfinished: Phase[] = []
  for (const phase of phases) if (!(await isFinished(client, phase.name))) unfinished.push(phase)
  return unfinished
}

async function worthOf(client: pg.Client, phases: Phase[]): Promise<number> {
  let all = 0
  for (const { worth, left } of phases) all += worth * ((await left?.(client)) ?? 1)
  return all
}

// Lets plans read an index alone, as after months of autovacuum. Done before there are indexes to read.
async function vacuum({ hands, progress }: Run, worth: number): Promise<void> {
  const tables = ['appointments, patients', 'events, claims']
  await Promise.all(hands.map((client, place) => client.query(`vacuum (freeze) ${tables[place]}`)))
  progress.advance(worth)
}

async function analyze({ hands: [client], progress }: Run, worth: number): Promise<void> {
  await client.query('vacuum (analyze)')
  progress.advance(worth)
}

// A newer migration would expect keys that are not restored yet.
async function migrateUnlessBegun(url: string): Promise<void> {
  if (!(await isBegun(url))) await migrateDatabase(url)
}

async function isBegun(url: string): Promise<boolean> {
  await using client = await openConnection(url)
  const { rows } = await client.query("select to_regclass('generation.run') as run")
  return rows[0].run !== null
}

async function connect(url: string): Promise<Connection> {
  await using opening = new AsyncDisposableStack()
  const client = opening.use(await openConnection(url))
  const memory = Math.min(1024, Math.floor(totalmem() / 2 ** 20 / 16))
  await client.query(`
    set synchronous_commit to off; set time zone 'UTC'; set client_min_messages to warning; set jit to off;
    set maintenance_work_mem to '${memory}MB'; set work_mem to '${Math.floor(memory / 4)}MB';
    set max_parallel_maintenance_workers to 1; set max_parallel_workers_per_gather to 0`)
  opening.move()
  return client
}

// The lock is held until the connection ends.
async function requireAlone(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    "select pg_try_advisory_lock(hashtext('alobooking generation')) as is_alone",
  )
  if (!rows[0].is_alone) throw new CannotStart('Another run is filling this database.')
}

async function cancelQueries(url: string, hands: Run['hands']): Promise<void> {
  await using client = await openConnection(url)
  const pids = hands.map((hand) => (hand as Connection & { processID?: number }).processID)
  await client.query('select pg_cancel_backend(pid) from unnest($1::int[]) pid', [pids])
}
