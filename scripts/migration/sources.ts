import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { CannotStart } from '../local/cannot-start.ts'

const directory = fileURLToPath(new URL('../../drizzle/functions', import.meta.url))

/** One file of drizzle/functions: a function, or a composite type that functions take or return. */
export interface Source {
  kind: 'function' | 'type'
  /** The name of the file without `.sql`, and of what it creates. */
  name: string
  sql: string
}

export async function readSources(): Promise<Source[]> {
  const paths = (await readdir(directory, { recursive: true })).filter((path) => path.endsWith('.sql'))
  return Promise.all(
    paths.sort().map(async (path) => ({
      kind: path.startsWith('types') ? 'type' : 'function',
      name: basename(path, '.sql'),
      sql: (await readFile(join(directory, path), 'utf8')).trim(),
    })),
  )
}

/** "No such function" and "no such type": another file may create it. */
const isMissing = (error: unknown) =>
  error instanceof pg.DatabaseError && ['42883', '42704'].includes(error.code ?? '')

/**
 * Runs every file in a database that has none of its functions and types, inside the caller's transaction.
 *
 * @returns the files in the order in which they can be created: PostgreSQL resolves what a body calls at that moment.
 * @throws CannotStart naming a file that PostgreSQL refuses.
 */
export async function loadSources(client: pg.Client, sources: Source[]): Promise<Source[]> {
  const loaded: Source[] = []
  let waiting = sources
  while (waiting.length > 0) {
    const failed: { source: Source; error: unknown }[] = []
    for (const source of waiting) {
      const error = await tryToCreate(client, source)
      if (error === null) loaded.push(source)
      else failed.push({ source, error })
    }
    const [first] = failed
    if (first && (failed.length === waiting.length || !isMissing(first.error)))
      throw new CannotStart(`drizzle/functions, ${first.source.name}: ${(first.error as Error).message}.`)
    waiting = failed.map(({ source }) => source)
  }
  return loaded
}

async function tryToCreate(client: pg.Client, { sql }: Source): Promise<unknown> {
  await client.query('savepoint before_file')
  try {
    await client.query(sql)
    return null
  } catch (error) {
    await client.query('rollback to before_file')
    return error
  }
}
