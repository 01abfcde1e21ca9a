import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'

const file = fileURLToPath(new URL('../../.dev.vars', import.meta.url))

/** Creates `.dev.vars` with random values unless it exists; only its owner may read it. */
export async function makeDevVars(): Promise<string> {
  if (!existsSync(file)) {
    const lines = [
      '# Created by npm start; .dev.vars.example explains each.',
      `AUTH_SECRET="${randomBytes(32).toString('hex')}"`,
      'RESEND_API_KEY="local"',
    ]
    await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' }).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
  return file
}

/** The secret with which a local stack signs its cookies. */
export async function readAuthSecret(): Promise<string> {
  const variables = parseEnv(await readFile(await makeDevVars(), 'utf8'))
  return process.env.AUTH_SECRET ?? variables.AUTH_SECRET ?? ''
}
