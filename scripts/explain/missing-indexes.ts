import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openConnection } from '../local/connection.ts'

const migrations = fileURLToPath(new URL('../../migrations/', import.meta.url))

/**
 * The indexes that the migrations create, including those of constraints, but the database lacks or cannot use: one was
 * dropped, or its build was interrupted. PostgreSQL then takes a slower way.
 */
export async function findMissingIndexes(url: string): Promise<{ name: string; migration: string }[]> {
  await using client = await openConnection(url)
  const { rows } = await client.query(`
    select relname as name from pg_index join pg_class on pg_class.oid = indexrelid
    where relnamespace = 'public'::regnamespace and indisvalid and indisready and indislive`)
  const usable = new Set(rows.map(({ name }) => name))
  return [...(await madeByMigrations())]
    .map(([name, migration]) => ({ name, migration }))
    .filter(({ name }) => !usable.has(name))
}

/** By name, with the last migration that creates it. */
async function madeByMigrations(): Promise<Map<string, string>> {
  const files = (await readdir(migrations)).filter((file) => file.endsWith('.sql')).sort()
  const made = new Map<string, string>()
  for (const file of files) {
    const sql = (await readFile(migrations + file, 'utf8')).replace(/--[^\n]*/g, '')
    const found = sql.matchAll(
      /\bdrop (?:index|constraint) (?<gone>\w+)|\bcreate (?:unique )?index (?<index>\w+)|\bconstraint (?<rule>\w+)\s+exclude/g,
    )
    for (const { groups: { gone, index, rule } = {} } of found) {
      if (gone) made.delete(gone)
      const name = index ?? rule
      if (name) made.set(name, file)
    }
  }
  return made
}
