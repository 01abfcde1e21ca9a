import { readFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import { CannotStart } from '../local/cannot-start.ts'

/** The required secrets that are neither set nor in the file, which has lines such as `AUTH_SECRET="…"`. */
export async function missingSecrets(required: string[], set: string[], file?: string): Promise<string[]> {
  const given = file ? parseEnv(await read(file)) : {}
  return required.filter((name) => !set.includes(name) && !given[name])
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error) => {
    throw new CannotStart(`${file} cannot be read: ${error.code}.`)
  })
}
