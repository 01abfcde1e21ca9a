import { parseArgs } from 'node:util'
import { createQueue, deployWorker, findVersion, listSecrets } from './deploy/cloudflare.ts'
import { alone, findMigrations } from './deploy/database.ts'
import { missingSecrets, unsafeSettings } from './deploy/secrets.ts'
import { requireRelease, smokeTest } from './deploy/smoke.ts'
import { type Environment, environments, readOrigin, readTarget, type Target } from './deploy/target.ts'
import { readRelease } from './deploy/tree.ts'
import { CannotStart, runCommand } from './local/cannot-start.ts'
import { step } from './local/terminal.ts'
import { migrateDatabase } from './migrate.ts'

const usage =
  'npm run deploy -- --env staging|production [--dry-run] [--allow-destructive] [--secrets-file FILE] [--timeout SECONDS]'

interface Wish {
  environment: Environment
  isDryRun: boolean
  allowsDestruction: boolean
  secretsFile: string | undefined
  /** How long the smoke test is retried. */
  timeoutSeconds: number
}

runCommand(async () => {
  const wish = readFlags()
  const target = readTarget(wish.environment)
  const release = readRelease()
  if (wish.environment === 'production') await requireOnStaging(release)
  await alone(target.databaseUrl, async (client) => {
    const isNew = await requireSecrets(wish, target)
    const pending = await findMigrations(client, wish.allowsDestruction)
    const names = pending.map(({ name }) => name)
    const before = isNew ? null : await findVersion(wish.environment)
    if (wish.isDryRun) {
      await step('Bundle', () => deployWorker({ ...wish, release }))
      console.log(
        `Nothing was changed. Would migrate: ${names.join(', ') || 'nothing'}. Would deploy: ${release}.`,
      )
      return
    }
    const ran = await step('Migrations', () => migrateOrExplain(target.databaseUrl))
    console.log(ran.length > 0 ? `  ${ran.join(', ')}` : '  none pending')
    await step('Queues', () => Promise.all(target.queues.map(createQueue)))
    await step(`Deploy ${release.slice(0, 12)} to ${wish.environment}`, () =>
      deployWorker({ ...wish, release }),
    )
    await step(`Smoke test of ${target.origin}`, () =>
      smokeTest({ ...target, release }, wish.timeoutSeconds).catch((error: Error) => {
        throw new CannotStart(`${error.message}. ${wayBack(wish.environment, before)}`)
      }),
    )
  })
})

function readFlags(): Wish {
  try {
    const { values } = parseArgs({
      options: {
        env: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        'allow-destructive': { type: 'boolean', default: false },
        'secrets-file': { type: 'string' },
        timeout: { type: 'string', default: '60' },
      },
    })
    const environment = environments.find((name) => name === values.env)
    if (!environment) throw new Error('--env is required')
    return {
      environment,
      isDryRun: values['dry-run'],
      allowsDestruction: values['allow-destructive'],
      secretsFile: values['secrets-file'],
      timeoutSeconds: Number(values.timeout),
    }
  } catch (error) {
    throw new CannotStart(`${(error as Error).message.split('.')[0]}. Usage: ${usage}`)
  }
}

/** @throws CannotStart unless staging is healthy and runs this very commit. */
async function requireOnStaging(release: string): Promise<void> {
  const staging = { origin: readOrigin('staging'), environment: 'staging', release } as const
  await requireRelease(staging).catch((error: Error) => {
    throw new CannotStart(
      `Production takes only what staging runs, but staging fails: ${error.message}. First run: npm run deploy -- --env staging`,
    )
  })
}

/** @returns whether the Worker does not exist yet. @throws CannotStart naming each secret that is missing or unsafe. */
async function requireSecrets({ environment, secretsFile }: Wish, target: Target): Promise<boolean> {
  const { requiredSecrets } = target
  const set = await listSecrets(environment)
  const missing = await missingSecrets(requiredSecrets, set ?? [], secretsFile)
  if (missing.length > 0)
    throw new CannotStart(
      `${environment} lacks the ${missing.length === 1 ? 'secret' : 'secrets'} ${missing.join(', ')}. ` +
        (set
          ? `Set it with: npx wrangler secret put ${missing[0]} --env ${environment}`
          : 'For the first deploy, pass them with: --secrets-file FILE'),
    )
  const unsafe = await unsafeSettings(target, set ?? [], secretsFile)
  if (unsafe.length > 0) throw new CannotStart(`Unsafe settings for ${environment}: ${unsafe.join('; ')}.`)
  return set === null
}

// All pending migrations commit together or not at all.
function migrateOrExplain(databaseUrl: string): Promise<string[]> {
  return migrateDatabase(databaseUrl).catch((error: Error) => {
    const { message } = (error.cause as Error | undefined) ?? error
    throw new CannotStart(`Nothing was migrated or deployed: ${message}.`)
  })
}

function wayBack(environment: Environment, version: string | null): string {
  if (!version)
    return `There is no earlier release. To remove this one: npx wrangler delete --env ${environment}`
  return `To roll back: npx wrangler rollback ${version} --env ${environment}`
}
