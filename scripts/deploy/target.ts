import { unstable_readConfig as readConfig } from 'wrangler'
import { CannotStart } from '../local/cannot-start.ts'

export const environments = ['staging', 'production'] as const
export type Environment = (typeof environments)[number]

/** Where one environment is. */
export interface Target {
  environment: Environment
  /** Of the deployed Worker: scheme and host. */
  origin: string
  /** Of the owner of its database, past any pooler: migrations and locks need a session. */
  databaseUrl: string
  /** What wrangler.toml says must be set as a secret. */
  requiredSecrets: string[]
}

/**
 * Reads where an environment is out of variables that carry its name, so that nobody migrates the one database and
 * deploys to the other.
 *
 * @throws CannotStart naming every variable that is missing or of no use.
 */
export function readTarget(environment: Environment): Target {
  const config = readConfig({ config: 'wrangler.toml', env: environment })
  const databaseUrl = readVariable(environment, 'DATABASE_URL', /^postgres(ql)?:/)
  if (new URL(databaseUrl).hostname.split('.')[0]?.endsWith('-pooler'))
    throw new CannotStart(
      `${nameOf(environment, 'DATABASE_URL')} leads through Neon's pooler, which keeps no lock; take the direct address, without -pooler.`,
    )
  return {
    environment,
    origin: readOrigin(environment),
    databaseUrl,
    requiredSecrets: config.secrets?.required ?? [],
  }
}

/** @throws CannotStart when the environment's address is not known. */
export function readOrigin(environment: Environment): string {
  return new URL(readVariable(environment, 'URL', /^https?:/)).origin
}

function readVariable(environment: Environment, what: string, protocol: RegExp): string {
  const name = nameOf(environment, what)
  const value = process.env[name] ?? ''
  if (!protocol.test(value) || !URL.canParse(value))
    throw new CannotStart(
      `${name} is ${value ? 'no address' : 'not set'}; docs/deploying.md says where it comes from.`,
    )
  return value
}

const nameOf = (environment: Environment, what: string) => `${environment.toUpperCase()}_${what}`
