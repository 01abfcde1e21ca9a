import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs, styleText } from 'node:util'
import { CannotStart, runCommand } from './local/cannot-start.ts'
import { findDatabase } from './local/data-directory.ts'
import { writeSnapshot } from './snapshot/write.ts'

// A copy of a clinic that names nobody, to look for a fault in: npm run snapshot [-- FILE]

runCommand(async () => {
  const directory = resolve(process.env.DATA_DIR || '.data')
  const url = process.env.DATABASE_URL ?? (await findDatabase(directory))
  if (!url) throw new CannotStart('No stack runs here. Run npm start first, or set DATABASE_URL.')
  const at = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const file = resolve(readFile() ?? `${directory}/snapshots/${at}.sql.gz`)
  const key = process.env.SNAPSHOT_KEY
  const onTable = (name: string, rows: number) =>
    console.log(`${styleText('green', '✔')} ${name} ${styleText('dim', String(rows))}`)
  await writeSnapshot({ url, file, key, onTable }).catch((error) => {
    // What PostgreSQL or the disk says, without the address, which may have a password in it.
    throw error.code ? new CannotStart(`${error.message || error.code}.`) : error
  })
  const megabytes = ((await stat(file)).size / 2 ** 20).toFixed(1)
  console.log(
    `\n${file}, ${megabytes} MB. It names nobody, but who was where when still tells: keep it as the database.`,
  )
  console.log(`To open it: npm start -- --from ${file}`)
})

function readFile(): string | undefined {
  try {
    const { positionals } = parseArgs({ allowPositionals: true })
    if (positionals.length > 1) throw new Error('One file')
    return positionals[0]
  } catch (error) {
    throw new CannotStart(`${(error as Error).message.split('.')[0]}. Usage: npm run snapshot [-- FILE]`)
  }
}
