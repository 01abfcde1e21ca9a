import { open, readdir } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { CannotStart } from '../local/cannot-start.ts'
import { takeDataDirectory } from '../local/data-directory.ts'
import { readPort } from '../local/ports.ts'
import { createDatabase, type LocalPostgres, startPostgres } from '../local/postgres.ts'
import { step } from '../local/terminal.ts'
import { isLocalDatabase } from '../seed.ts'
import { requireEmpty } from './bookkeeping.ts'

export interface Target {
  url: string
  /** Whether the server forgets at a power cut what was loaded until it is finished. */
  isEmbedded: boolean
  /** What was made may be used from here on; answers its address. */
  finish(): Promise<string>
  close(): Promise<void>
}

/** As the stack names it; until it is finished it has another name, so that nobody uses it without its constraints. */
const finished = 'alobooking'
const unfinished = 'alobooking_unfinished'

/** @throws CannotStart when it is not of this machine, is in use, or holds data. */
export async function openTarget(directory: string): Promise<Target> {
  const external = process.env.DATABASE_URL
  if (!external) return openEmbedded(directory)
  if (!URL.canParse(external) || !isLocalDatabase(external))
    throw new CannotStart('Only a database of this machine is filled, and DATABASE_URL names another.')
  return { url: external, isEmbedded: false, finish: async () => external, close: async () => {} }
}

async function openEmbedded(directory: string): Promise<Target> {
  const held = await takeDataDirectory(directory, readPort(process.env.PORT))
  const data = join(directory, 'postgres')
  let server: LocalPostgres | undefined
  let isFinished = false
  const close = async () => {
    // First, because stopping waits ten seconds, and writing may take longer.
    if (server) await ask(server.url('postgres'), 'checkpoint').catch(() => {})
    await server?.stop()
    if (isFinished) await step('Safe on the disk', () => syncAll(data))
    await held.release()
  }
  try {
    server = await startPostgres(data, { settings: settingsOfTheLoad() })
    await nameUnfinished(server)
  } catch (error) {
    await close()
    throw error
  }
  const running = server
  return {
    url: running.url(unfinished),
    isEmbedded: true,
    async finish() {
      await ask(running.url('postgres'), `alter database ${unfinished} rename to ${finished}`)
      isFinished = true
      return running.url(finished)
    },
    close,
  }
}

/** Only for the load: after a power cut nothing of it counts. The next start of the stack has none of these. */
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

/** @throws CannotStart when there is a clinic already. */
async function nameUnfinished(server: LocalPostgres): Promise<void> {
  const { rows } = await ask(
    server.url('postgres'),
    `select datname as name from pg_database where datname in ('${finished}', '${unfinished}')`,
  )
  const names = rows.map(({ name }) => name)
  if (names.includes(finished)) {
    const client = new pg.Client(server.url(finished))
    await client.connect()
    await requireEmpty(client).finally(() => client.end())
    if (names.includes(unfinished))
      throw new CannotStart('There is an empty clinic beside an unfinished one: choose another --data-dir.')
    await ask(server.url('postgres'), `alter database ${finished} rename to ${unfinished}`)
  }
  await createDatabase(server, unfinished)
}

async function ask(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client(url)
  await client.connect()
  return client.query(statement).finally(() => client.end())
}

/** What a server without fsync has written is safe from a power cut only when each file is told to be. */
async function syncAll(directory: string): Promise<void> {
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = await open(join(entry.parentPath, entry.name), 'r+')
    await file.sync().finally(() => file.close())
  }
}
