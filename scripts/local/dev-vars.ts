import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const file = fileURLToPath(new URL('../../.dev.vars', import.meta.url))

/** Makes `.dev.vars` with random values, unless it is there; only its owner may read it. */
export async function makeDevVars(): Promise<string> {
  if (!existsSync(file)) {
    const lines = [
      '# Made by npm start; .dev.vars.example explains each.',
      `AUTH_SECRET="${randomBytes(32).toString('hex')}"`,
      'RESEND_API_KEY="local"',
    ]
    await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' }).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
  return file
}
