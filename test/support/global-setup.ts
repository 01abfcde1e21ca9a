import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { createDatabase, startPostgres } from '../../scripts/local/postgres.ts'
import { migrateDatabase } from '../../scripts/migrate.ts'
import { type Certificate, makeCertificate } from './certificate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The test server; the path names a database. */
    postgresUrl: string
    /** The production bundle. */
    bundle: string
    /** wrangler.toml with limits that no test reaches by accident. */
    generousConfig: string
    /** The same, with the consumer of the queue of messages. */
    sendingConfig: string
    /** Of a server on `localhost` that the tests' Workers trust, with its key; both in PEM. */
    certificate: Certificate
  }
}

/** A database with all migrations and no data; each suite gets a copy. */
export const template = 'template_clinic'

/** One PostgreSQL for the whole run, without durability for speed, and one production build. */
export default async function setup(project: TestProject) {
  const directory = await mkdtemp(join(tmpdir(), 'alobooking-test-'))
  const certificate = await makeCertificate()
  // miniflare reads the variable once, when it is imported.
  process.env.NODE_EXTRA_CA_CERTS = join(directory, 'certificate.pem')
  await writeFile(process.env.NODE_EXTRA_CA_CERTS, certificate.cert)
  project.provide('certificate', certificate)

  const bundle = join(directory, 'bundle')
  execFileSync('npx', ['--no-install', 'wrangler', 'deploy', '--env=', '--dry-run', '--outdir', bundle], {
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })

  const settings = {
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    max_connections: '300',
    shared_preload_libraries: 'pg_stat_statements',
  }
  const server = await startPostgres(join(directory, 'postgres'), { settings })
  process.once('exit', () => {
    // It leads its own process group, so Ctrl-C alone would not stop it.
    server.kill()
    rmSync(directory, { recursive: true, force: true })
  })
  await createDatabase(server, template)
  await migrateDatabase(server.url(template))
  await leaveSmallIds(server.url(template))

  project.provide('postgresUrl', server.url(''))
  const config = (await readFile('wrangler.toml', 'utf8'))
    .replace(/limit = \d+/g, 'limit = 1000000')
    .replace('src/index.ts', resolve('src/index.ts'))
  const sendingConfig = join(directory, 'sending.toml')
  await writeFile(sendingConfig, config)
  const generousConfig = join(directory, 'wrangler.toml')
  await writeFile(generousConfig, config.replace(/^\[\[queues\.consumers\]\]\n(.+\n)+/gm, ''))
  project.provide('sendingConfig', sendingConfig)
  project.provide('bundle', bundle)
  project.provide('generousConfig', generousConfig)
  return async () => {
    await server.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

/** Accounts and API keys below 1000 are made up by tests; see admission.ts. */
async function leaveSmallIds(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('alter table accounts alter id restart with 1000')
  await client.query('alter table api_keys alter id restart with 1000')
  await client.end()
}
