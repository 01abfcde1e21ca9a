import { unstable_readConfig as readConfig } from 'wrangler'
import { CannotStart } from '../local/cannot-start.ts'

export const environments = ['staging', 'production'] as const
export type Environment = (typeof environments)[number]

export interface Target {
  environment: Environment
  /** The deployed Worker: scheme and host. */
  origin: string
  /** The database as its owner, without a pooler: migrations and locks need a session. */
  databaseUrl: string
  /** From wrangler.toml. */
  requiredSecrets: string[]
  /** From wrangler.toml: the names of its queues. */
  queues: string[]
  /** From wrangler.toml: the settings that are not secret. */
  vars: Record<string, unknown>
}

/**
 * Reads an environment's addresses from variables that carry its name, so that you cannot migrate one environment and
 * deploy to the other.
 *
 * @throws CannotStart naming the variable that is missing or invalid.
 */
export function readTarget(environment: Environment): Target {
  const config = readConfig({ config: 'wrangler.toml', env: environment })
  const databaseUrl = readVariable(environment, 'DATABASE_URL', /^postgres(ql)?:/)
  if (new URL(databaseUrl).hostname.split('.')[0]?.endsWith('-pooler'))
    throw new CannotStart(
      `${nameOf(environment, 'DATABASE_URL')} goes through Neon's pooler, which holds no locks. Use the direct address, without -pooler.`,
    )
  return {
    environment,
    origin: readOrigin(environment),
    databaseUrl,
    requiredSecrets: config.secrets?.required ?? [],
    queues: config.queues.producers?.map(({ queue }: { queue?: string }) => queue ?? '') ?? [],
    vars: config.vars,
  }
}

/** @throws CannotStart when the environment's address is not set. */
export function readOrigin(environment: Environment): string {
  return new URL(readVariable(environment, 'URL', /^https?:/)).origin
}

function readVariable(environment: Environment, what: string, protocol: RegExp): string {
  const name = nameOf(environment, what)
  const value = process.env[name] ?? ''
  if (!protocol.test(value) || !URL.canParse(value))
    throw new CannotStart(`${name} is ${value ? 'not a valid address' : 'not set'}. See docs/deploying.md.`)
  return value
}

const nameOf = (environment: Environment, what: string) => `${environment.toUpperCase()}_${what}`
