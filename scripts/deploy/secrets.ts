import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { findUnsafe, standIns } from '../../src/env.ts'
import { CannotStart } from '../local/cannot-start.ts'
import type { Target } from './target.ts'

const devVars = fileURLToPath(new URL('../../.dev.vars', import.meta.url))

/** The required secrets that are neither set nor in the file, which has lines such as `AUTH_SECRET="…"`. */
export async function missingSecrets(required: string[], set: string[], file?: string): Promise<string[]> {
  const given = file ? parseEnv(await read(file)) : {}
  return required.filter((name) => !set.includes(name) && !given[name])
}

/**
 * What is wrong with the settings that are known before a deploy: those of wrangler.toml and of the file, and the names of
 * the secrets that are set.
 */
export async function unsafeSettings(
  { environment, vars }: Pick<Target, 'environment' | 'vars'>,
  set: string[],
  file?: string,
): Promise<string[]> {
  const given = file ? parseEnv(await read(file)) : {}
  const local = parseEnv(await readFile(devVars, 'utf8').catch(() => ''))
  return [
    ...(vars.ENVIRONMENT === environment ? [] : [`ENVIRONMENT is not ${environment} in wrangler.toml`]),
    ...findUnsafe({
      ...Object.fromEntries(set.filter((name) => standIns.includes(name)).map((name) => [name, ''])),
      ...vars,
      ...given,
    }),
    ...(local.AUTH_SECRET && local.AUTH_SECRET === given.AUTH_SECRET
      ? ['AUTH_SECRET is that of .dev.vars']
      : []),
  ]
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error) => {
    throw new CannotStart(`${file} cannot be read: ${error.code}.`)
  })
}
