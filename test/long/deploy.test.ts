import { createHash } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { wrangler } from '../../scripts/local/wrangler.ts'
import { openEnvironments } from '../support/cloudflare/environments.ts'

// The real command, wrangler, PostgreSQL and the uploaded bundle under workerd; only Cloudflare's API is a stand-in.

const { staging, production, cloudflare, checkout, script, run, healthOf, migrationsOf } =
  await openEnvironments()
const first = checkout.head()

const deploy = (environment: string, ...flags: string[]) =>
  run(['scripts/deploy.ts', '--env', environment, '--timeout', '5', ...flags])

/** Checks that the run was refused with code 1, and returns its one line. */
function refused({ code, said }: { code: number | null; said: string }): string {
  expect(code).toBe(1)
  expect(said).toMatch(/^✘ .+\n$/)
  return said
}

it('an environment without its secrets is refused in one line that names them', async () => {
  expect(refused(await deploy('staging'))).toBe(
    '✘ staging lacks the secrets DATABASE_URL, AUTH_SECRET, RESEND_API_KEY. For the first deploy, pass them with: --secrets-file FILE\n',
  )
  expect(await migrationsOf('staging')).toBe(0)
})

it('a missing address or database is named, and a pooled address refused', async () => {
  const other = (changed: Record<string, string>) => run(['scripts/deploy.ts', '--env', 'staging'], changed)
  expect(refused(await other({ STAGING_DATABASE_URL: '' }))).toContain('STAGING_DATABASE_URL is not set')
  expect(refused(await other({ STAGING_URL: 'staging.example.com' }))).toContain(
    'STAGING_URL is not a valid address',
  )
  const pooled = 'postgres://owner@ep-x-pooler.eu-central-1.aws.neon.tech/clinic'
  expect(refused(await other({ STAGING_DATABASE_URL: pooled }))).toContain('without -pooler')
  expect(refused(await run(['scripts/deploy.ts']))).toContain('--env staging|production')
})

it('settings that are not safe are refused before anything changes', async () => {
  const weak = `${staging.secretsFile}.weak`
  await writeFile(
    weak,
    `DATABASE_URL="postgres://h/d"\nAUTH_SECRET="${'ab'.repeat(40)}"\nRESEND_API_KEY="re_a"\nRESEND_URL="http://h"\n`,
  )
  checkout.change('wrangler.toml', (text) => text.replaceAll('@clinic.id', '@example.com'))
  const said = refused(await deploy('staging', '--secrets-file', weak))
  expect(said).toMatch(/Unsafe settings for staging: .*RESEND_URL .+; AUTH_SECRET .+; MAIL_FROM .+/)
  expect(said).not.toContain('abab')
  expect(await migrationsOf('staging')).toBe(0)
  await rm(weak)
  checkout.change('wrangler.toml', (text) =>
    text.replaceAll('ENVIRONMENT = "staging"', 'ENVIRONMENT = "local"'),
  )
  expect(refused(await deploy('staging', '--secrets-file', staging.secretsFile))).toContain(
    'ENVIRONMENT is not staging',
  )
  checkout.goTo(first)
  const strong = createHash('sha256').update('staging').digest('hex')
  await writeFile(join(checkout.directory, '.dev.vars'), `AUTH_SECRET="${strong}"`)
  expect(refused(await deploy('staging', '--secrets-file', staging.secretsFile))).toContain(
    'is that of .dev.vars',
  )
  await rm(join(checkout.directory, '.dev.vars'))
})

it('a dry run says what it would do and does nothing', async () => {
  const { code, said } = await deploy('staging', '--dry-run', '--secrets-file', staging.secretsFile)
  expect(said).toContain('Would migrate: 0000_extensions, 0001_clinic_tables')
  expect(said).toContain(`Would deploy: ${first}`)
  expect(code).toBe(0)
  expect(await migrationsOf('staging')).toBe(0)
  expect(cloudflare.scripts.size).toBe(0)
})

it('the first deploy migrates, uploads and checks the site', async () => {
  const { code, said } = await deploy('staging', '--secrets-file', staging.secretsFile)
  expect(said).toMatch(
    /✔ Migrations .+\n {2}0000_extensions, 0001_clinic_tables, .+\n✔ Queues.+\n✔ Deploy .+\n✔ Smoke test/,
  )
  expect(code).toBe(0)
  expect(await healthOf('staging', first)).toEqual({ status: 'ok', is_this_release: true })
  expect(script('staging')).toMatchObject({ crons: ['17 19 * * *', '*/5 * * * *'], domains: [] })
  expect(cloudflare.queues).toMatchObject([
    { queue_name: 'alobooking-staging-messages', consumers: [{ script: 'alobooking-staging' }] },
  ])
  expect(script('staging').serving.metadata.exports).toMatchObject({ Public: { cache: { enabled: true } } })
  for (const secret of [createHash('sha256').update('staging').digest('hex'), 're_test'])
    expect(said).not.toContain(secret)
})

it('the next deploy has nothing to migrate and keeps the secrets', async () => {
  const { code, said } = await deploy('staging')
  expect(said).toContain('none pending')
  expect(code).toBe(0)
  expect(script('staging').versions).toHaveLength(2)
})

it('production takes only what staging runs', async () => {
  checkout.change('src/env.ts', (text) => `${text}\n`)
  const other = refused(await deploy('production', '--secrets-file', production.secretsFile))
  expect(other).toContain(
    `Production takes only what staging runs, but staging fails: /healthz says that this is not staging with ${checkout.head()}.`,
  )
  expect(await migrationsOf('production')).toBe(0)

  checkout.goTo(first)
  const { code } = await deploy('production', '--secrets-file', production.secretsFile)
  expect(code).toBe(0)
  expect(await healthOf('production', first)).toEqual({ status: 'ok', is_this_release: true })
  expect(script('production')).toMatchObject({
    domains: ['booking.example.com'],
    subdomain: { enabled: false },
  })
})

it('production takes nothing while staging is down or another environment', async () => {
  const asStaging = (url: string) => run(['scripts/deploy.ts', '--env', 'production'], { STAGING_URL: url })
  expect(refused(await asStaging(production.site.origin))).toContain('this is not staging with')
  expect(refused(await asStaging('http://127.0.0.1:1'))).toContain('staging fails: /healthz does not answer')
})

it('uncommitted changes are not deployed', async () => {
  checkout.change('src/env.ts', (text) => `${text}\n`, false)
  expect(refused(await deploy('staging'))).toContain('The working tree has uncommitted changes')
  checkout.goTo(first)
})

it('a secret that disappeared is named', async () => {
  const { serving } = script('staging')
  const { AUTH_SECRET, ...rest } = serving.secrets
  serving.secrets = rest
  expect(refused(await deploy('staging'))).toBe(
    '✘ staging lacks the secret AUTH_SECRET. Set it with: npx wrangler secret put AUTH_SECRET --env staging\n',
  )
  serving.secrets = { ...rest, AUTH_SECRET: AUTH_SECRET ?? '' }
})

function addMigration(name: string, sql: string): void {
  checkout.change(`migrations/${name}.sql`, () => sql, false)
  checkout.change('migrations/meta/_journal.json', (text) => {
    const { entries, ...journal } = JSON.parse(text)
    const last = entries.at(-1)
    const added = { ...last, idx: last.idx + 1, when: last.when + 1, tag: name }
    return JSON.stringify({ ...journal, entries: [...entries, added] })
  })
}

it('a destructive migration is named and needs a flag', async () => {
  addMigration('9998_forget_keys', 'truncate idempotency_keys;')
  const before = await migrationsOf('staging')
  expect(refused(await deploy('staging'))).toContain(
    '9998_forget_keys empties idempotency_keys. If you intend this, use --allow-destructive',
  )
  expect(await migrationsOf('staging')).toBe(before)

  const { code, said } = await deploy('staging', '--allow-destructive')
  expect(said).toContain('\n  9998_forget_keys\n')
  expect(code).toBe(0)
  expect(await migrationsOf('staging')).toBe(before + 1)
})

it('a failed migration stops the deploy', async () => {
  const [before, good] = [checkout.head(), script('staging').serving]
  addMigration('9999_rooms', 'create table rooms (id bigint); select 1 / 0;')
  expect(refused(await deploy('staging'))).toBe('✘ Nothing was migrated or deployed: division by zero.\n')
  expect(script('staging').serving).toBe(good)
  expect((await staging.sql.query("select to_regclass('rooms') as made")).rows).toEqual([{ made: null }])
  checkout.goTo(before)
})

it('of two deploys at once the second is refused', async () => {
  const isHeld = Promise.withResolvers<void>()
  const mayGoOn = Promise.withResolvers<void>()
  cloudflare.onRequest = async (method) => {
    if (method !== 'PUT') return
    isHeld.resolve()
    await mayGoOn.promise
  }
  const one = deploy('staging')
  await isHeld.promise
  expect(refused(await deploy('staging'))).toContain('Another deploy to this database is running')
  mayGoOn.resolve()
  expect((await one).code).toBe(0)
  cloudflare.onRequest = async () => {}
})

it('when the deployed site is wrong, the named command rolls it back', async () => {
  const [good, before] = [script('staging').serving.id, checkout.head()]
  checkout.change('src/web/booking/slot-finder.tsx', (text) => text.replace('id="finder"', 'id="lost"'))
  const { code, said } = await deploy('staging')
  expect(code).toBe(1)
  expect(said).toContain(
    `✘ /booking has no form. To roll back: npx wrangler rollback ${good} --env staging\n`,
  )
  expect(await healthOf('staging', checkout.head())).toMatchObject({ is_this_release: true })

  const rolledBack = await run([wrangler, 'rollback', good, '--env', 'staging', '--yes'])
  expect(rolledBack.code, rolledBack.said).toBe(0)
  expect(await healthOf('staging', before)).toEqual({ status: 'ok', is_this_release: true })
})

it('Cloudflare’s reason for refusing an upload is shown', async () => {
  cloudflare.onRequest = async (method) => {
    if (method === 'PUT')
      throw Object.assign(new Error('Uncaught Error: startup'), { status: 400, code: 10_021 })
  }
  const { code, said } = await deploy('staging')
  cloudflare.onRequest = async () => {}
  expect(code).toBe(1)
  expect(said.split('\n').at(-2)).toMatch(/^✘ wrangler deploy: .+ Uncaught Error: startup \[code: 10021\]/)
})

it('a pull request gets its own Worker beside staging', async () => {
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
  const { code, said } = await run([wrangler, ...preview, '--secrets-file', staging.secretsFile])
  expect(code, said).toBe(0)
  const asked = new URLSearchParams({ environment: 'staging', release: 'of-the-pull-request' })
  const health = await (await fetch(`${site.origin}/healthz?${asked}`)).json()
  expect(health).toEqual({ status: 'ok', is_this_release: true })
  expect(script('staging').serving).toBe(serving)
})
