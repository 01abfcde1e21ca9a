import { open, readdir } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { CannotStart } from '../local/cannot-start.ts'
import { openConnection } from '../local/connection.ts'
import { takeDataDirectory } from '../local/data-directory.ts'
import { readPort } from '../local/ports.ts'
import { createDatabase, type LocalPostgres, startPostgres } from '../local/postgres.ts'
import { step } from '../local/terminal.ts'
import { isLocalDatabase } from '../seed.ts'
import { requireEmpty } from './bookkeeping.ts'

/** A database to fill; `await using` closes it. */
export interface Target extends AsyncDisposable {
  url: string
  /** Whether a power cut loses everything until it is finished. */
  isEmbedded: boolean
  /** Makes the database usable, and returns its address. */
  finish(): Promise<string>
}

/** The stack's name for it. Until it is finished it has another, so that nothing uses it without its constraints. */
const finished = 'alobooking'
const unfinished = 'alobooking_unfinished'

/** @throws CannotStart when it is not on this machine, is in use, or holds data. */
export async function openTarget(directory: string): Promise<Target> {
  const external = process.env.DATABASE_URL
  if (!external) return openEmbedded(directory)
  if (!URL.canParse(external) || !isLocalDatabase(external))
    throw new CannotStart('DATABASE_URL must name a database on this machine.')
  return {
    url: external,
    isEmbedded: false,
    finish: async () => external,
    [Symbol.asyncDispose]: async () => {},
  }
}

async function openEmbedded(directory: string): Promise<Target> {
  await using opening = new AsyncDisposableStack()
  opening.use(await takeDataDirectory(directory, readPort(process.env.PORT)))
  const data = join(directory, 'postgres')
  let isFinished = false
  opening.defer(async () => {
    if (isFinished) await step('Safe on the disk', () => syncAll(data))
  })
  const server = opening.use(await startPostgres(data, { settings: settingsOfTheLoad() }))
  // Before stopping, which waits ten seconds: writing may take longer.
  opening.defer(() => ask(server.url('postgres'), 'checkpoint').then(ignore, ignore))
  await nameUnfinished(server)
  const opened = opening.move()
  return {
    url: server.url(unfinished),
    isEmbedded: true,
    async finish() {
      await ask(server.url('postgres'), `alter database ${unfinished} rename to ${finished}`)
      isFinished = true
      return server.url(finished)
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

const ignore = () => {}

/** For loading only, because a power cut would corrupt the data. The next start of the stack uses none of these. */
function settingsOfTheLoad(): Record<string, string> {
  const megabytes = Math.floor(totalmem() / 2 ** 20)
  return {
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '16GB',
    checkpoint_timeout: '1h',
    autovacuum: 'off',
    shared_buffers: `${Math.min(6144, Math.max(128, Math.floor(megabytes / 4)))}MB`,
  }
}

/** @throws CannotStart when the directory already has a clinic. */
async function nameUnfinished(server: LocalPostgres): Promise<void> {
  const { rows } = await ask(
    server.url('postgres'),
    `select datname as name from pg_database where datname in ('${finished}', '${unfinished}')`,
  )
  const names = rows.map(({ name }) => name)
  if (names.includes(finished)) {
    await requireEmptyDatabase(server.url(finished))
    if (names.includes(unfinished))
      throw new CannotStart(
        'The data directory has both an empty and an unfinished clinic. Choose another --data-dir.',
      )
    await ask(server.url('postgres'), `alter database ${finished} rename to ${unfinished}`)
  }
  await createDatabase(server, unfinished)
}

async function requireEmptyDatabase(url: string): Promise<void> {
  await using client = await openConnection(url)
  await requireEmpty(client)
}

async function ask(url: string, statement: string): Promise<pg.QueryResult> {
  await using client = await openConnection(url)
  return await client.query(statement)
}

/** Without fsync, what the server wrote is safe from a power cut only after each file is synced. */
async function syncAll(directory: string): Promise<void> {
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    await using file = await open(join(entry.parentPath, entry.name), 'r+')
    await file.sync()
  }
}
