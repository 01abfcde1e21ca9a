import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unstable_readConfig as readConfig } from 'wrangler'
import { readSettings } from '../src/env.ts'
import { jobs } from '../src/jobs/cron.ts'

/** Part of wrangler's configuration, whose own type is in a package that wrangler does not bring. */
interface Config {
  name: string
  vars: Record<string, string>
  secrets?: { required: string[] }
  ratelimits: { name: string; namespace_id: string }[]
  send_email: { name: string }[]
  queues: { producers: { binding: string; queue: string }[]; consumers: { queue: string }[] }
  analytics_engine_datasets: { binding: string; dataset: string }[]
  observability: unknown
  exports: unknown
  triggers: { crons: string[] }
}

/** How wrangler reads wrangler.toml for each environment, with its rules of inheritance. */
const environments = ['local', 'staging', 'production'].map((name) => {
  const config: Config = readConfig({ config: 'wrangler.toml', env: name === 'local' ? '' : name })
  return { name, config }
})
const secrets: Record<string, string> = {
  DATABASE_URL: 'postgres://user:hush@host/clinic',
  AUTH_SECRET: createHash('sha256').update('of the environments').digest('hex'),
  RESEND_API_KEY: 're_hush',
}

/** What the clinic replaces in wrangler.toml. */
const chosen = {
  MAIL_FROM: 'Clinic <appointments@clinic.id>',
  SITE_URL: 'https://booking.clinic.id',
  CALENDAR_DOMAIN: 'clinic.id',
  CLINIC_PHONE: '+62 21 5550 7788',
}

/** The bindings of a Worker in this environment with its secrets set. */
function bindingsOf(config: Config): Record<string, unknown> {
  const limit = async () => ({ success: true })
  return {
    ...config.vars,
    ...chosen,
    ...Object.fromEntries(config.secrets?.required?.map((name) => [name, secrets[name]]) ?? []),
    ...Object.fromEntries(config.ratelimits.map(({ name }) => [name, { limit }])),
    ...Object.fromEntries(config.send_email.map(({ name }) => [name, { send: limit }])),
    ...Object.fromEntries(config.queues.producers.map(({ binding }) => [binding, { send: limit }])),
    ...Object.fromEntries(config.analytics_engine_datasets.map(({ binding }) => [binding, {}])),
  }
}

describe.each(environments)('the environment $name', ({ name, config }) => {
  it('binds everything the code reads, and its own name', () => {
    expect(readSettings(bindingsOf(config))).toMatchObject({ ENVIRONMENT: name })
  })

  it.skipIf(name === 'local')('is refused with the examples of wrangler.toml', () => {
    const read = () => readSettings({ ...bindingsOf(config), ...config.vars })
    expect(read).toThrow(
      `Unsafe settings for ${name}: MAIL_FROM is an example, use an address of the clinic; SITE_URL is an example`,
    )
  })

  it('caches only the public entrypoint, and can purge it', () => {
    expect(config.exports).toEqual({
      default: { type: 'worker', cache: { enabled: false } },
      Public: { type: 'worker', cache: { enabled: true } },
      Purger: { type: 'durable-object', storage: 'sqlite' },
      DeskFeed: { type: 'durable-object', storage: 'sqlite' },
    })
  })

  it('consumes the queue that it fills', () => {
    const { producers, consumers } = config.queues
    expect(producers.map(({ binding }) => binding)).toEqual(['MESSAGES'])
    expect(consumers.map(({ queue }) => queue)).toEqual(producers.map(({ queue }) => queue))
  })

  it('keeps the Worker’s logs, but not Cloudflare’s log of each address', () => {
    expect(config.observability).toMatchObject({
      enabled: true,
      logs: { enabled: true, invocation_logs: false },
    })
  })

  it('works without Analytics Engine', () => {
    const { FAILURES: _, ...needed } = bindingsOf(config)
    expect(readSettings(needed)).not.toHaveProperty('FAILURES')
  })

  it('has a cron trigger for every job', () => {
    expect(config.triggers.crons).toEqual(Object.keys(jobs))
  })

  it('has no settings for local stand-ins', () => {
    expect(Object.keys(bindingsOf(config))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(NEON_BRIDGE|RESEND)_URL$/)]),
    )
  })

  it('is bundled without a warning, with these bindings', () => {
    const directory = mkdtempSync(join(tmpdir(), 'alobooking-environment-'))
    const wrangler = ['--no-install', 'wrangler', 'deploy', '--dry-run', '--outdir', directory]
    const { stdout, stderr } = spawnSync('npx', [...wrangler, `--env=${name === 'local' ? '' : name}`], {
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true', NO_COLOR: '1' },
      encoding: 'utf8',
    })
    rmSync(directory, { recursive: true })
    const bound = [...stdout.matchAll(/^env\.(\w+)/gm)].map(([, binding]) => binding)
    const notSecret = Object.keys(bindingsOf(config)).filter((binding) => !(binding in secrets))
    expect(bound.sort()).toEqual(notSecret.sort())
    expect(stderr).toBe('')
  })
})

it('all environments have the same bindings and share no counters', () => {
  const names = environments.map(({ config }) => Object.keys(bindingsOf(config)).sort())
  expect(new Set(names.map(String)).size).toBe(1)
  const counters = environments.flatMap(({ config }) => config.ratelimits.map((of) => of.namespace_id))
  expect(new Set(counters).size).toBe(counters.length)
  const datasets = environments.flatMap(({ config }) =>
    config.analytics_engine_datasets.map((of) => of.dataset),
  )
  expect(new Set(datasets).size).toBe(environments.length)
  const workers = environments.map(({ config }) => config.name)
  expect(new Set(workers).size).toBe(environments.length)
})
