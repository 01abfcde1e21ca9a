import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll } from 'vitest'
import { startBridge } from '../../../scripts/local/bridge.ts'
import { asApp } from '../../../scripts/migrate.ts'
import { openClinic } from '../clinic.ts'
import { startCloudflare } from './api.ts'
import { makeCheckout } from './checkout.ts'
import type { Site } from './site.ts'

type Environment = 'staging' | 'production'

interface Place {
  site: Site
  sql: pg.Pool
  /** For `--secrets-file`. */
  secretsFile: string
}

/**
 * Staging and production before the first deploy: two empty databases, two addresses, an account at the stand-in for
 * Cloudflare and a checkout to deploy from. Open it at the top of the file, like `openClinic`.
 */
export async function openEnvironments() {
  const clinic = await openClinic({ worker: false })
  const home = await mkdtemp(join(tmpdir(), 'alobooking-deploy-'))
  const checkout = makeCheckout()
  checkout.change('wrangler.toml', (text) =>
    text
      .replaceAll('appointments@example.com', 'appointments@clinic.id')
      .replace(/(SITE_URL = ".*|CALENDAR_DOMAIN = ")example\.com/g, '$1clinic.id')
      .replaceAll('5550 1234', '5550 7788'),
  )
  const bridge = await startBridge()
  const cloudflare = await startCloudflare(bridge.url)
  const variables: Record<string, string> = {
    CLOUDFLARE_API_BASE_URL: cloudflare.url,
    CLOUDFLARE_API_TOKEN: 'of the stand-in',
    CLOUDFLARE_ACCOUNT_ID: 'clinic',
    WRANGLER_LOG_PATH: home,
  }

  async function open(environment: Environment): Promise<Place> {
    const database = new URL(clinic.databaseUrl)
    database.pathname += `_${environment}`
    await clinic.sql.query(`create database ${database.pathname.slice(1)}`)
    const site = await cloudflare.openSite(`alobooking-${environment}`)
    const name = environment.toUpperCase()
    variables[`${name}_URL`] = site.origin
    variables[`${name}_DATABASE_URL`] = database.href
    const secrets = {
      DATABASE_URL: asApp(database.href),
      AUTH_SECRET: createHash('sha256').update(environment).digest('hex'),
      RESEND_API_KEY: 're_test',
    }
    const secretsFile = join(home, environment)
    await writeFile(
      secretsFile,
      Object.entries(secrets)
        .map(([secret, value]) => `${secret}="${value}"\n`)
        .join(''),
    )
    return { site, sql: new pg.Pool({ connectionString: database.href }), secretsFile }
  }

  const places = { staging: await open('staging'), production: await open('production') }
  afterAll(async () => {
    await cloudflare.stop()
    await bridge.stop()
    await Promise.all(Object.values(places).map(({ sql }) => sql.end()))
    await rm(home, { recursive: true })
    checkout.remove()
  })
  return {
    ...places,
    cloudflare,
    checkout,
    /** The deployed version. */
    script(environment: Environment) {
      const found = cloudflare.scripts.get(`alobooking-${environment}`)
      if (!found) throw new Error(`Nothing was deployed to ${environment}.`)
      return found
    },
    /** Runs a script with all variables set, except as given. */
    run: (words: string[], otherwise: Record<string, string> = {}) =>
      checkout.run(words, { ...variables, ...otherwise }),
    /** What the site says of itself, asked whether it runs this release. */
    healthOf: async (environment: Environment, release: string) => {
      const asked = new URLSearchParams({ environment, release })
      return (await fetch(`${places[environment].site.origin}/healthz?${asked}`)).json()
    },
    /** The number of migrations of its database. */
    migrationsOf: (environment: Environment): Promise<number> =>
      places[environment].sql.query('select count(*)::int as many from drizzle.__drizzle_migrations').then(
        ({ rows }) => rows[0].many,
        () => 0,
      ),
  }
}
