import { spawnSync } from 'node:child_process'
import { mkdtempDisposable, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { CannotStart, runCommand } from './local/cannot-start.ts'
import { openConnection } from './local/connection.ts'
import { createDatabase, startPostgres } from './local/postgres.ts'
import { migrateDatabase } from './migrate.ts'
import { compareWithFiles } from './migration/compare.ts'
import {
  findNew,
  putBack,
  readFolder,
  readStatements,
  writeHashes,
  writeStatements,
} from './migration/files.ts'
import { readSources } from './migration/sources.ts'

const usage = 'npm run migration -- --name SOME_NAME [--custom], or npm run migration -- --check'
const root = fileURLToPath(new URL('..', import.meta.url))

runCommand(async () => {
  const { name, isCustom, isCheck } = readFlags()
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  await withMigratedDatabase(async (client) => {
    if (isCheck) await check(client, version)
    else await makeMigration(client, version, name, isCustom)
  })
})

function readFlags() {
  try {
    const { values } = parseArgs({
      options: { name: { type: 'string' }, custom: { type: 'boolean' }, check: { type: 'boolean' } },
    })
    const { name, custom: isCustom = false, check: isCheck = false } = values
    if (!isCheck && !/^[a-z][a-z0-9_-]*$/.test(name ?? '')) throw new Error('--name says what it does')
    return { name: (name ?? '').replaceAll('-', '_'), isCustom, isCheck }
  } catch (error) {
    throw new CannotStart(`${(error as Error).message.split('.')[0]}. Usage: ${usage}`)
  }
}

/** Gives the work a PostgreSQL of its own with every migration applied. */
async function withMigratedDatabase(work: (client: pg.Client) => Promise<void>): Promise<void> {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'alobooking-migration-'))
  const settings = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }
  await using server = await startPostgres(join(directory.path, 'postgres'), { settings })
  await createDatabase(server, 'migrated')
  await migrateDatabase(server.url('migrated'))
  await using client = await openConnection(server.url('migrated'))
  await work(client)
}

async function check(client: pg.Client, version: string): Promise<void> {
  const statements = await compareWithFiles(client, await readSources(), version)
  if (statements.length > 0)
    throw new CannotStart(
      `The migrations do not make what drizzle/functions says. Run: npm run migration -- --name SOME_NAME\n\n${statements.join('\n\n')}`,
    )
  console.log('✔ The migrations make what drizzle/functions says.')
}

async function makeMigration(
  client: pg.Client,
  version: string,
  name: string,
  isCustom: boolean,
): Promise<void> {
  const before = await readFolder()
  try {
    runDrizzleKit('--name', name, ...(isCustom ? ['--custom'] : []))
    const forTables = await findNew(before)
    const tables = forTables ? await readStatements(forTables) : []
    const functions = await compareWithFiles(client, await readSources(), version, tables)
    if (!forTables && functions.length === 0) {
      console.log('Nothing has changed, neither tables nor functions; no migration was written.')
      return
    }
    if (!forTables) runDrizzleKit('--name', name, '--custom')
    const made = forTables ?? (await findNew(before))
    if (!made) throw new Error('drizzle-kit wrote no migration')
    if (functions.length > 0) await writeStatements(made, [...tables, ...functions])
    await writeHashes()
    console.log(`✔ migrations/${made}.sql, which changes functions with ${functions.length} statements`)
  } catch (error) {
    await putBack(before)
    throw error
  }
}

function runDrizzleKit(...flags: string[]): void {
  const command = join(root, 'node_modules/drizzle-kit/bin.cjs')
  const { status } = spawnSync(process.execPath, [command, 'generate', ...flags], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) throw new CannotStart('drizzle-kit could not compare the tables.')
}
