import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { CannotStart } from '../local/cannot-start.ts'
import { quiet, wrangler } from '../local/wrangler.ts'
import type { Environment } from './target.ts'

/** The names of the secrets that are set; null if the Worker does not exist yet. */
export async function listSecrets(environment: Environment): Promise<string[] | null> {
  const answer = await run(['secret', 'list', '--format', 'json', '--env', environment])
  if (answer.isGood) return JSON.parse(answer.said).map(({ name }: { name: string }) => name)
  if (/Worker ".+" .*not found/.test(answer.said)) return null
  throw new CannotStart(`wrangler secret list: ${reasonIn(answer.said)}`)
}

/** The version that serves the most requests now. */
export async function findVersion(environment: Environment): Promise<string> {
  const answer = await run(['deployments', 'status', '--json', '--env', environment])
  if (!answer.isGood) throw new CannotStart(`wrangler deployments status: ${reasonIn(answer.said)}`)
  const versions: { version_id: string; percentage: number }[] = JSON.parse(answer.said).versions
  const [most] = versions.sort((one, other) => other.percentage - one.percentage)
  if (!most) throw new CannotStart('wrangler deployments status names no version.')
  return most.version_id
}

/** Creates a queue unless it is there. */
export async function createQueue(name: string): Promise<void> {
  const answer = await run(['queues', 'create', name])
  if (!answer.isGood && !/already (taken|exists)/.test(answer.said))
    throw new CannotStart(`wrangler queues create: ${reasonIn(answer.said)}`)
}

interface Upload {
  environment: Environment
  /** The commit. */
  release: string
  /** Bundles without uploading. */
  isDryRun: boolean
  /** Secrets to set with this version. */
  secretsFile?: string | undefined
}

/** Uploads the working tree and makes it serve. */
export async function deployWorker({ environment, release, isDryRun, secretsFile }: Upload): Promise<void> {
  const answer = await run([
    'deploy',
    ...['--env', environment, '--var', `RELEASE:${release}`, '--tag', release.slice(0, 12)],
    ...(isDryRun ? ['--dry-run'] : []),
    ...(secretsFile ? ['--secrets-file', secretsFile] : []),
  ])
  if (!answer.isGood) throw new CannotStart(`wrangler deploy: ${reasonIn(answer.said)}`)
}

/** Wrangler's output; if it fails, also what it wrote to stderr. */
async function run(words: string[]): Promise<{ isGood: boolean; said: string }> {
  const child = spawn(process.execPath, [wrangler, ...words], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...quiet, NO_COLOR: '1' },
  })
  let [output, complaints] = ['', '']
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  return code === 0 ? { isGood: true, said: output } : { isGood: false, said: output + complaints }
}

/** Wrangler's error in one line, without colours, without the advice to open an issue and the path of its log. */
function reasonIn(said: string): string {
  const plain = stripVTControlCharacters(said)
  const [, reason = plain] = plain.split(/✘ \[ERROR\] /)
  const lines = reason.split('\n').map((line) => line.trim())
  const end = lines.findIndex((line) => /^(🪵|If you think this is a bug)/u.test(line))
  return lines
    .slice(0, end < 0 ? undefined : end)
    .filter(Boolean)
    .join(' ')
}
