import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBridge } from '../../scripts/local/bridge.ts'
import { wrangler } from '../../scripts/local/wrangler.ts'
import { asApp } from '../../scripts/migrate.ts'
import { openClinic } from '../support/clinic.ts'
import { type Cloudflare, startCloudflare } from '../support/cloudflare/api.ts'
import { makeCheckout } from '../support/cloudflare/checkout.ts'
import type { Site } from '../support/cloudflare/site.ts'

// The real command and the real wrangler, a real PostgreSQL, and the bundle that was uploaded under workerd; only
// Cloudflare's API is a stand-in.

const clinic = await openClinic({ worker: false })
const checkout = makeCheckout()
const first = checkout.head()
let cloudflare: Cloudflare
const sites: Record<string, Site> = {}
const databases: Record<string, pg.Pool> = {}
let env: Record<string, string>
let home: string

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'alobooking-deploy-'))
  const bridge = await startBridge()
  cloudflare = await startCloudflare({ NEON_BRIDGE_URL: bridge.url })
  env = {
    CLOUDFLARE_API_BASE_URL: cloudflare.url,
    CLOUDFLARE_API_TOKEN: 'of the stand-in',
    CLOUDFLARE_ACCOUNT_ID: 'clinic',
    WRANGLER_LOG_PATH: home,
  }
  for (const environment of ['staging', 'production']) {
    const database = new URL(clinic.databaseUrl)
    database.pathname += `_${environment}`
    await clinic.sql.query(`create database ${database.pathname.slice(1)}`)
    databases[environment] = new pg.Pool({ connectionString: database.href })
    const site = await cloudflare.openSite(`alobooking-${environment}`)
    sites[environment] = site
    env[`${environment.toUpperCase()}_URL`] = site.origin
    env[`${environment.toUpperCase()}_DATABASE_URL`] = database.href
    const lines = [
      `DATABASE_URL="${asApp(database.href)}"`,
      `AUTH_SECRET="${environment.repeat(5)}"`,
      'RESEND_API_KEY="re_test"',
    ]
    writeFileSync(join(home, environment), lines.join('\n'))
  }
  afterAll(async () => {
    await cloudflare.stop()
    await bridge.stop()
    await Promise.all(Object.values(databases).map((pool) => pool.end()))
    await rm(home, { recursive: true })
    checkout.remove()
  })
})

const deploy = (environment: string, ...flags: string[]) =>
  checkout.run(['scripts/deploy.ts', '--env', environment, '--patience', '5', ...flags], env)
const healthOf = async (environment: string) => (await fetch(`${sites[environment]?.origin}/healthz`)).json()
const script = (environment: string) => {
  const found = cloudflare.scripts.get(`alobooking-${environment}`)
  if (!found) throw new Error(`Nothing was deployed to ${environment}.`)
  return found
}
const migrationsOf = async (environment: string) => {
  const ran = databases[environment]?.query('select count(*)::int as many from drizzle.__drizzle_migrations')
  return ran?.then(({ rows }) => rows[0].many).catch(() => 0)
}

/** What was refused: one line, code 1, and nothing done. */
function refused({ code, said }: { code: number | null; said: string }): string {
  expect(code).toBe(1)
  expect(said).toMatch(/^✘ .+\n$/)
  return said
}

it('without its secrets an environment is refused in one line that names them, before anything is done', async () => {
  expect(refused(await deploy('staging'))).toBe(
    '✘ staging lacks the secrets DATABASE_URL, AUTH_SECRET, RESEND_API_KEY. A Worker that is yet to be made gets them with: --secrets-file FILE\n',
  )
  expect(await migrationsOf('staging')).toBe(0)
})

it('without an address or a database one line says so, and a pooled address is refused', async () => {
  const other = (changed: Record<string, string>) =>
    checkout.run(['scripts/deploy.ts', '--env', 'staging'], { ...env, ...changed })
  expect(refused(await other({ STAGING_DATABASE_URL: '' }))).toContain('STAGING_DATABASE_URL is not set')
  expect(refused(await other({ STAGING_URL: 'staging.example.com' }))).toContain('STAGING_URL is no address')
  const pooled = 'postgres://owner@ep-x-pooler.eu-central-1.aws.neon.tech/clinic'
  expect(refused(await other({ STAGING_DATABASE_URL: pooled }))).toContain('without -pooler')
  expect(refused(await checkout.run(['scripts/deploy.ts'], env))).toContain('--env staging|production')
})

it('a trial says what would be done, and does none of it', async () => {
  const { code, said } = await deploy('staging', '--dry-run', '--secrets-file', join(home, 'staging'))
  expect(said).toContain('To be migrated: 0000_extensions, 0001_clinic_tables')
  expect(said).toContain(`To be deployed: ${first}`)
  expect(code).toBe(0)
  expect(await migrationsOf('staging')).toBe(0)
  expect(cloudflare.scripts.size).toBe(0)
})

it('the first deploy migrates, uploads, and asks the deployed site', async () => {
  const { code, said } = await deploy('staging', '--secrets-file', join(home, 'staging'))
  expect(said).toMatch(
    /✔ Migrations .+\n {2}0000_extensions, 0001_clinic_tables, .+\n✔ Deploy .+\n✔ Smoke test/,
  )
  expect(code).toBe(0)
  expect(await healthOf('staging')).toMatchObject({ status: 'ok', environment: 'staging', release: first })
  expect(script('staging')).toMatchObject({ crons: ['17 19 * * *'], domains: [] })
  expect(script('staging').serving.metadata.exports).toMatchObject({ Public: { cache: { enabled: true } } })
  for (const secret of ['staging'.repeat(5), 're_test']) expect(said).not.toContain(secret)
})

it('the next finds nothing to migrate, and keeps the secrets', async () => {
  const { code, said } = await deploy('staging')
  expect(said).toContain('there were none')
  expect(code).toBe(0)
  expect(script('staging').versions).toHaveLength(2)
})

it('production takes what staging runs, and nothing else', async () => {
  checkout.change('src/env.ts', (text) => `${text}\n`)
  const other = refused(await deploy('production', '--secrets-file', join(home, 'production')))
  expect(other).toContain(
    `Production takes only what staging runs: that is ${first}, and this is ${checkout.head()}.`,
  )
  expect(await migrationsOf('production')).toBe(0)

  checkout.goTo(first)
  const { code } = await deploy('production', '--secrets-file', join(home, 'production'))
  expect(code).toBe(0)
  expect(await healthOf('production')).toMatchObject({ environment: 'production', release: first })
  expect(script('production')).toMatchObject({
    domains: ['booking.example.com'],
    subdomain: { enabled: false },
  })
})

it('production takes nothing while staging is not there, or is another environment', async () => {
  const asStaging = (url?: string) =>
    checkout.run(['scripts/deploy.ts', '--env', 'production'], { ...env, STAGING_URL: url ?? '' })
  expect(refused(await asStaging(sites.production?.origin))).toContain('this is production, not staging')
  expect(refused(await asStaging('http://127.0.0.1:1'))).toContain('of staging /healthz does not answer')
})

it('what no commit says is not deployed', async () => {
  checkout.change('src/env.ts', (text) => `${text}\n`, false)
  expect(refused(await deploy('staging'))).toContain('The tree is not clean')
  checkout.goTo(first)
})

it('a secret that has gone is named', async () => {
  const { serving } = script('staging')
  const { AUTH_SECRET, ...rest } = serving.secrets
  serving.secrets = rest
  expect(refused(await deploy('staging'))).toBe(
    '✘ staging lacks the secret AUTH_SECRET. Set it with: npx wrangler secret put AUTH_SECRET --env staging\n',
  )
  serving.secrets = { ...rest, AUTH_SECRET: AUTH_SECRET ?? '' }
})

it('a destructive migration runs only by a flag, and is named', async () => {
  checkout.change('migrations/9999_forget_keys.sql', () => 'truncate idempotency_keys;', false)
  checkout.change('migrations/meta/_journal.json', (text) => {
    const journal = JSON.parse(text)
    const when = journal.entries.at(-1).when + 1
    journal.entries.push({
      idx: journal.entries.length,
      version: '7',
      when,
      tag: '9999_forget_keys',
      breakpoints: true,
    })
    return JSON.stringify(journal)
  })
  const before = await migrationsOf('staging')
  expect(refused(await deploy('staging'))).toContain(
    '9999_forget_keys empties idempotency_keys. If that is meant: --allow-destructive',
  )
  expect(await migrationsOf('staging')).toBe(before)

  const { code, said } = await deploy('staging', '--allow-destructive')
  expect(said).toContain('\n  9999_forget_keys\n')
  expect(code).toBe(0)
  expect(await migrationsOf('staging')).toBe(before + 1)
})

describe('of two deploys at once', () => {
  it('the second is refused, and the first goes on', async () => {
    const isHeld = Promise.withResolvers<void>()
    const mayGoOn = Promise.withResolvers<void>()
    cloudflare.onRequest = async (method) => {
      if (method !== 'PUT') return
      isHeld.resolve()
      await mayGoOn.promise
    }
    const one = deploy('staging')
    await isHeld.promise
    expect(refused(await deploy('staging'))).toContain('Another deploy to this database is under way')
    mayGoOn.resolve()
    expect((await one).code).toBe(0)
    cloudflare.onRequest = async () => {}
  })
})

it('when the deployed site is not right, the command that rolls back is named, and does', async () => {
  const [good, before] = [script('staging').serving.id, checkout.head()]
  checkout.change('src/web/booking/slot-finder.tsx', (text) => text.replace('id="finder"', 'id="lost"'))
  const { code, said } = await deploy('staging')
  expect(code).toBe(1)
  expect(said).toContain(
    `✘ /booking has no form. To roll back: npx wrangler rollback ${good} --env staging\n`,
  )
  expect(await healthOf('staging')).toMatchObject({ release: checkout.head() })

  const rolledBack = await checkout.run([wrangler, 'rollback', good, '--env', 'staging', '--yes'], env)
  expect(rolledBack.code, rolledBack.said).toBe(0)
  expect(await healthOf('staging')).toMatchObject({ status: 'ok', release: before })
})

it('when Cloudflare refuses the upload, its reason is told', async () => {
  cloudflare.onRequest = async (method) => {
    if (method === 'PUT')
      throw Object.assign(new Error('Uncaught Error: startup'), { status: 400, code: 10_021 })
  }
  const { code, said } = await deploy('staging')
  cloudflare.onRequest = async () => {}
  expect(code).toBe(1)
  expect(said.split('\n').at(-2)).toMatch(/^✘ wrangler deploy: .+ Uncaught Error: startup \[code: 10021\]/)
})

it('a pull request gets a Worker of its own beside staging', async () => {
  const { serving } = script('staging')
  const site = await cloudflare.openSite('alobooking-pr-12')
  const preview = [
    'deploy',
    '--env',
    'staging',
    '--name',
    'alobooking-pr-12',
    '--var',
    'RELEASE:of-the-pull-request',
  ]
  const { code, said } = await checkout.run(
    [wrangler, ...preview, '--secrets-file', join(home, 'staging')],
    env,
  )
  expect(code, said).toBe(0)
  const health = await (await fetch(`${site.origin}/healthz`)).json()
  expect(health).toMatchObject({ status: 'ok', environment: 'staging', release: 'of-the-pull-request' })
  expect(script('staging').serving).toBe(serving)
})
