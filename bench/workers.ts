import { execFileSync } from 'node:child_process'
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, parse, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions as readWorkerOptions } from 'wrangler'
import { findOwn } from './processor-time.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const entries = {
  clinic: 'src/index.ts',
  /** The same with npm start's stand-in for Cloudflare's cache. */
  cached: 'scripts/local/entry.tsx',
  /** The same without observability: no log lines, no timing, no trace. */
  blind: 'dist/blind/src/index.ts',
  hello: 'bench/bare/hello.ts',
  insert: 'bench/bare/insert.ts',
} as const

export type WorkerName = keyof typeof entries

export const authSecret = 'a secret of the benchmark, long enough to sign with'

/** `await using` stops it. */
export interface RunningWorker extends AsyncDisposable {
  origin: string
  /** Its workerd. */
  pid: number
}

export interface Workers {
  /** Runs the bundle under miniflare, in its own workerd. */
  open(name: WorkerName, bindings?: Record<string, string>): Promise<RunningWorker>
  /** The uploaded files, in bytes. */
  weigh(name: WorkerName): Promise<{ plain: number; gzip: number }>
}

/** Bundles each Worker as for deployment, with rate limits that are never reached. */
export async function buildWorkers(directory: string): Promise<Workers> {
  const written = await readFile(join(root, 'wrangler.toml'), 'utf8')
  const compatibility = /^compatibility_date = .*$/m.exec(written)?.[0]
  const config = (name: WorkerName) => join(directory, `${name}.toml`)
  const bundle = (name: WorkerName) => join(directory, name)
  await makeBlind()
  for (const name of Object.keys(entries) as WorkerName[]) {
    const isClinic = name !== 'hello' && name !== 'insert'
    const entry = resolve(root, entries[name])
    const counted = join(directory, parse(entry).base)
    if (isClinic) await writeFile(counted, countingInMemory(entry, limitsIn(written)))
    const main = `main = ${JSON.stringify(isClinic ? counted : entry)}`
    const generous = isClinic
      ? written
          .replace(/limit = \d+/g, 'limit = 10000000')
          .replace(/^main = .*$/m, main)
          .replaceAll('"./src/', `"${root}/src/`)
          .replace(/^\[secrets\]\n.*\n/m, '')
      : `name = "${name}"\n${main}\n${compatibility}\n`
    await writeFile(config(name), generous)
    build(config(name), bundle(name))
  }
  return {
    open: (name, bindings = {}) => open(name, config(name), bundle(name), bindings),
    weigh: (name) => weigh(bundle(name)),
  }
}

async function makeBlind(): Promise<void> {
  const blind = join(root, 'dist/blind')
  await rm(blind, { recursive: true, force: true })
  for (const folder of ['src', 'drizzle', 'migrations'])
    await cp(join(root, folder), join(blind, folder), { recursive: true })
  const lookAway = 'export const logRequests = () => (_: unknown, next: () => Promise<void>) => next()'
  await writeFile(join(blind, 'src/observability/requests.ts'), lookAway)
}

function build(config: string, outdir: string): void {
  execFileSync(
    'npx',
    ['--no-install', 'wrangler', 'deploy', '--env=', '--dry-run', '--config', config, '--outdir', outdir],
    {
      cwd: root,
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
}

// Not wrangler's test harness: it puts a second workerd in front, and routes a Worker's fetches through Node, including every
// trip to the database.
async function open(
  name: WorkerName,
  config: string,
  bundle: string,
  bindings: Record<string, string>,
): Promise<RunningWorker> {
  const before = new Set(findOwn('workerd'))
  const { workerOptions } = readWorkerOptions(config)
  const vars = { AUTH_SECRET: authSecret, RESEND_API_KEY: 'none', ...bindings }
  const main = `${parse(entries[name]).name}.js`
  const assets = (await readdir(bundle)).filter((file) => /\.(css|client\.js)$/.test(file))
  const modules = [
    { type: 'ESModule' as const, path: join(bundle, main) },
    ...assets.map((file) => ({ type: 'Text' as const, path: join(bundle, file) })),
  ]
  const limits = Object.keys(workerOptions.ratelimits ?? {}).map((binding) => [binding, {}])
  const worker = {
    ...workerOptions,
    name,
    modulesRoot: bundle,
    modules,
    ratelimits: {},
    // Nobody is written to.
    queueProducers: {},
    queueConsumers: {},
    bindings: { ...(workerOptions.bindings as object), ...vars, ...Object.fromEntries(limits) },
  }
  // Log lines are written, so that they cost what they cost, but not shown: the terminal is for the table.
  const handleStructuredLogs = ({ level, message }: { level: string; message: string }) => {
    if (level === 'error') console.error(message)
  }
  const options = { host: '127.0.0.1', port: 0, cf: false, handleStructuredLogs, workers: [worker] }
  // Wrangler's types of these options are narrower than what it returns.
  const miniflare = new Miniflare(
    convertV4MiniflareOptions(options as unknown as Parameters<typeof convertV4MiniflareOptions>[0]),
  )
  await using opening = new AsyncDisposableStack()
  opening.defer(() => miniflare.dispose())
  const url = await miniflare.ready
  const pid = findOwn('workerd').find((pid) => !before.has(pid)) ?? 0
  const opened = opening.move()
  return { origin: url.origin, pid, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

const limitsIn = (config: string) => [...new Set(config.match(/[A-Z_]+_LIMIT/g))]

// Miniflare counts requests on disk, which limits them to about 200 a second. Cloudflare counts in memory, and so does this.
function countingInMemory(entry: string, limitNames: string[]): string {
  const path = JSON.stringify(entry)
  return `
    import clinic from ${path}
    export * from ${path}
    const counted = new Map()
    const counting = {
      async limit({ key }) {
        counted.set(key, (counted.get(key) ?? 0) + 1)
        return { success: counted.get(key) < Infinity }
      },
    }
    const limits = Object.fromEntries(${JSON.stringify(limitNames)}.map((name) => [name, counting]))
    export default { ...clinic, fetch: (request, env, ctx) => clinic.fetch(request, { ...env, ...limits }, ctx) }
  `
}

async function weigh(directory: string) {
  const names = (await readdir(directory)).filter((name) => /\.(js|css)$/.test(name))
  const files = await Promise.all(names.map((name) => readFile(join(directory, name))))
  const total = (of: (file: Buffer) => number) => files.reduce((sum, file) => sum + of(file), 0)
  return { plain: total((file) => file.length), gzip: total((file) => gzipSync(file).length) }
}
