import { createHash } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url))
const breakpoint = '--> statement-breakpoint'

/** The folder's contents, to be restored if a migration cannot be made. */
export async function readFolder(): Promise<Map<string, string>> {
  const paths = (await readdir(migrationsFolder, { recursive: true })).filter((path) => /\.\w+$/.test(path))
  return new Map(
    await Promise.all(
      paths.map(async (path) => [path, await readFile(join(migrationsFolder, path), 'utf8')] as const),
    ),
  )
}

export async function putBack(before: Map<string, string>): Promise<void> {
  for (const [path, text] of await readFolder()) {
    const was = before.get(path)
    if (was === undefined) await rm(join(migrationsFolder, path))
    else if (was !== text) await writeFile(join(migrationsFolder, path), was)
  }
}

/** The name of the new migration, without `.sql`. */
export async function findNew(before: Map<string, string>): Promise<string | undefined> {
  const found = [...(await readFolder()).keys()].find((path) => path.endsWith('.sql') && !before.has(path))
  return found?.replace('.sql', '')
}

export async function readStatements(name: string): Promise<string[]> {
  const text = await readFile(join(migrationsFolder, `${name}.sql`), 'utf8')
  return text.split(breakpoint).filter((statement) => statement.replace(/^--.*$/gm, '').trim() !== '')
}

export async function writeStatements(name: string, statements: string[]): Promise<void> {
  const text = statements.map((statement) => `${statement.trim().replace(/;$/, '')};`)
  await writeFile(join(migrationsFolder, `${name}.sql`), `${text.join(`\n${breakpoint}\n`)}\n`)
}

/** One line per migration, in the format of `sha256sum`. */
export async function hashMigrations(): Promise<string> {
  const files = [...(await readFolder())].filter(([path]) => path.endsWith('.sql')).sort()
  return files.map(([path, text]) => `${createHash('sha256').update(text).digest('hex')}  ${path}\n`).join('')
}

const sums = 'SHA256SUMS'

export async function writeHashes(): Promise<void> {
  await writeFile(join(migrationsFolder, sums), await hashMigrations())
}
