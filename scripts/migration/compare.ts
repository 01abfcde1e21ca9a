import type pg from 'pg'
import { CannotStart } from '../local/cannot-start.ts'
import { findAmbiguities, findDifferences } from './differences.ts'
import { describeRoutines, dropRoutines, type Routine } from './routines.ts'
import { loadSources, type Source } from './sources.ts'

/**
 * Compares a migrated database with the files without changing it.
 *
 * @param pending statements that the next migration runs before its functions change, such as those for its tables.
 * @returns the statements that bring the functions in line with the files; they have been tried.
 * @throws CannotStart for a file that PostgreSQL refuses, or a change that it cannot make.
 */
export async function compareWithFiles(
  client: pg.Client,
  sources: Source[],
  release: string,
  pending: string[] = [],
): Promise<string[]> {
  await client.query('begin')
  try {
    for (const statement of pending) await client.query(statement)
    const migrated = await describeRoutines(client)
    await client.query('savepoint migrated')
    await dropRoutines(client, migrated)
    const ordered = await loadSources(client, sources)
    const written = await describeRoutines(client)
    await client.query('rollback to migrated')
    const statements = findDifferences({ migrated, written, sources: ordered, release })
    await tryOut(client, statements)
    requireSame(await describeRoutines(client), written)
    return statements
  } finally {
    await client.query('rollback')
  }
}

async function tryOut(client: pg.Client, statements: string[]): Promise<void> {
  for (const statement of statements)
    await client.query(statement).catch((error: Error) => {
      const [what] = /create or replace function \w+|(alter|drop|create) .*/.exec(statement) ?? []
      throw new CannotStart(
        `${what}: ${error.message}. Where PostgreSQL cannot replace, give the new one another name; the old one stays for a release.`,
      )
    })
}

function requireSame(made: Routine[], written: Routine[]): void {
  const definitions = new Map(made.map(({ kind, signature, definition }) => [kind + signature, definition]))
  const other = written.find(
    ({ kind, signature, definition }) => definitions.get(kind + signature) !== definition,
  )
  if (other)
    throw new CannotStart(`${other.name} cannot be brought to what its file says; give it another name.`)
  const [ambiguous] = findAmbiguities(made)
  if (ambiguous)
    throw new CannotStart(
      `A call might mean ${ambiguous}, and both stay for a release. Give the new one another name.`,
    )
}
