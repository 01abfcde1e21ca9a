import { totalmem } from 'node:os'
import { styleText } from 'node:util'
import pg from 'pg'
import { CannotStart } from '../local/cannot-start.ts'
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
  /** The present instant: five years lie before it and six months after. Of a run that goes on, it is the run's own. */
  asOf?: Date
  /** How many appointments are made in one transaction, unless one week has more. */
  chunkRows?: number
  signal?: AbortSignal
  /** Made when it is known how much there is to do, in seconds as they were measured once. */
  showProgress?: (whole: number) => Progress
}

/** What the phases share. */
export interface Run {
  /** Two cores, two connections. */
  hands: [pg.Client, pg.Client]
  wishes: Wishes
  asOf: Date
  signal: AbortSignal
  progress: Progress
}

interface Phase {
  name: string
  /** In seconds, measured at a million; what the estimate of the remaining time weighs the phases by. */
  worth: number
  /** In one transaction with the mark that it is done. */
  work?: (client: pg.Client) => Promise<void>
  /** Not in one transaction; it marks its own parts, or may be done again. */
  inParts?: (run: Run, worth: number) => Promise<void>
  /** How much of its parts is left, of 1. */
  left?: (client: pg.Client) => Promise<number>
}

/**
 * Fills an empty database with a clinic's history and future, in which nobody is ever booked twice at a time. Keys and
 * indexes are taken off, the rows are made by SQL on two connections, and all is put back and compared with what it was.
 * Stopped by the signal or killed, the next call with the same wishes goes on.
 *
 * @returns how long each phase took, in seconds.
 * @throws CannotStart when the database holds anything else; the signal's reason.
 */
export async function generateClinic(generation: Generation): Promise<Map<string, number>> {
  const { url, asOf = new Date(), chunkRows = 50_000, signal = new AbortController().signal } = generation
  const { appointments, doctors, patients, seed } = generation
  const wishes = { appointments, doctors, patients, seed }
  await migrateUnlessBegun(url)
  const hands: Run['hands'] = [await connect(url), await connect(url)]
  const cancel = () => void cancelQueries(url, hands)
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
        // It was found out at the beginning that it cannot be: nothing has been made.
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
    await Promise.all(hands.map((client) => client.end().catch(() => {})))
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
    { name: 'Keys and indexes taken off', worth: 0.1, work: takeOff },
    {
      name: 'Patients and accounts',
      worth: (8 * wishes.patients) / 1e6,
      work: (client) => registerPeople(client, wishes),
    },
    { name: 'Appointments and events', worth: 25 * millions, inParts: loadAppointments, left: chunksLeft },
    { name: 'Vacuum', worth: 0.3 * millions, inParts: vacuum },
    { name: 'Keys and indexes put back', worth: 65 * millions, inParts: putBack, left: repairsLeft },
    {
      name: 'Open holds and sequences',
      worth: 0.2,
      work: async (client) => {
        await holdSlots(client)
        await setSequences(client)
      },
    },
    { name: 'Statistics', worth: 2 * millions, inParts: analyze },
    { name: 'Keys and indexes compared', worth: 0.1, work: requireSameCatalog },
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

// So that a plan may read an index alone, as after months of autovacuum. Before the indexes: then it reads none.
async function vacuum({ hands, progress }: Run, worth: number): Promise<void> {
  const tables = ['appointments', 'events, patients']
  await Promise.all(hands.map((client, place) => client.query(`vacuum (freeze) ${tables[place]}`)))
  progress.advance(worth)
}

async function analyze({ hands: [client], progress }: Run, worth: number): Promise<void> {
  await client.query('vacuum (analyze)')
  progress.advance(worth)
}

// A migration that has come since would look for keys that are not there yet.
async function migrateUnlessBegun(url: string): Promise<void> {
  const client = await connect(url)
  const { rows } = await client.query("select to_regclass('generation.run') as run")
  await client.end()
  if (!rows[0].run) await migrateDatabase(url)
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  // A server that is stopped beneath us fails the query, too; that is where it is told.
  client.on('error', () => {})
  await client.connect()
  const memory = Math.min(1024, Math.floor(totalmem() / 2 ** 20 / 16))
  await client.query(`
    set synchronous_commit to off; set time zone 'UTC'; set client_min_messages to warning; set jit to off;
    set maintenance_work_mem to '${memory}MB'; set work_mem to '${Math.floor(memory / 4)}MB';
    set max_parallel_maintenance_workers to 1; set max_parallel_workers_per_gather to 0`)
  return client
}

// Until the connection ends.
async function requireAlone(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    "select pg_try_advisory_lock(hashtext('alobooking generation')) as is_alone",
  )
  if (!rows[0].is_alone) throw new CannotStart('Another run is filling this database at this moment.')
}

async function cancelQueries(url: string, hands: Run['hands']): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    const pids = hands.map((hand) => (hand as pg.Client & { processID: number }).processID)
    await client.query('select pg_cancel_backend(pid) from unnest($1::int[]) pid', [pids])
  } finally {
    await client.end().catch(() => {})
  }
}
