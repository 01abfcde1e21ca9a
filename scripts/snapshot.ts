import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs, styleText } from 'node:util'
import { CannotStart, runCommand } from './local/cannot-start.ts'
import { findDatabase } from './local/data-directory.ts'
import { writeSnapshot } from './snapshot/write.ts'

// Copies a clinic without names, to reproduce a fault: npm run snapshot [-- FILE]

runCommand(async () => {
  const directory = resolve(process.env.DATA_DIR || '.data')
  const url = process.env.DATABASE_URL ?? (await findDatabase(directory))
  if (!url) throw new CannotStart('No stack is running. Run npm start first, or set DATABASE_URL.')
  const at = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const file = resolve(readFile() ?? `${directory}/snapshots/${at}.sql.gz`)
  const key = process.env.SNAPSHOT_KEY
  const onTable = (name: string, rows: number) =>
    console.log(`${styleText('green', '✔')} ${name} ${styleText('dim', String(rows))}`)
  await writeSnapshot({ url, file, key, onTable }).catch((error) => {
    // The message of PostgreSQL or the disk; the whole error might contain the address with its password.
    throw error.code ? new CannotStart(`${error.message || error.code}.`) : error
  })
  const megabytes = ((await stat(file)).size / 2 ** 20).toFixed(1)
  console.log(
    `\n${file}, ${megabytes} MB. It contains no names, but times and places may still identify a patient: guard it like the database.`,
  )
  console.log(`To open it: npm start -- --from ${file}`)
})

function readFile(): string | undefined {
  try {
    const { positionals } = parseArgs({ allowPositionals: true })
    if (positionals.length > 1) throw new Error('Name one file')
    return positionals[0]
  } catch (error) {
    throw new CannotStart(`${(error as Error).message.split('.')[0]}. Usage: npm run snapshot [-- FILE]`)
  }
}
