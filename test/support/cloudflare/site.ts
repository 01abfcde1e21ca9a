import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestHarness, type TestHarness } from 'wrangler'
import type { Upload } from './api.ts'

export interface Site {
  /** The same for every version. */
  origin: string
  /** Serves this version from the next request, with these secrets. */
  run(upload: Upload, bindings: Record<string, string>): Promise<void>
  /** The Worker's errors since the last call. */
  takeErrors(): string[]
  stop(): Promise<void>
}

/**
 * An address that serves one uploaded Worker after another, with nothing but its upload.
 *
 * @param neon the address that answers instead of Neon's.
 */
export async function startSite(neon: string): Promise<Site> {
  let serving: { harness: TestHarness; origin: string; directory: string } | null = null
  const server = createServer((request, response) => forward(request, response, serving?.origin))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  async function close(): Promise<void> {
    await serving?.harness.close()
    if (serving) await rm(serving.directory, { recursive: true })
    serving = null
  }

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async run(upload, bindings) {
      const directory = await mkdtemp(join(tmpdir(), 'alobooking-site-'))
      const configPath = await unpack(upload, directory, neon)
      const prebuiltWorkerDir = join(directory, 'bundle')
      const harness = createTestHarness({ workers: [{ configPath, prebuiltWorkerDir, vars: bindings }] })
      const { origin } = (await harness.listen()).url
      await close()
      serving = { harness, origin, directory }
    },
    takeErrors() {
      const logs = serving?.harness.getLogs() ?? []
      serving?.harness.clearLogs()
      return logs.filter(({ level }) => level === 'error').map(({ message }) => message)
    },
    async stop() {
      await close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Writes the modules and a configuration from the upload only. */
async function unpack({ metadata, modules }: Upload, directory: string, neon: string): Promise<string> {
  const bundle = join(directory, 'bundle')
  await mkdir(bundle)
  for (const file of modules) await writeFile(join(bundle, file.name), Buffer.from(await file.arrayBuffer()))
  // A deployed Worker knows no other address than Neon's.
  const reroute = `const real = globalThis.fetch
    globalThis.fetch = (url, init) => real(/^https:..api[.].+.sql$/.test(url) ? ${JSON.stringify(neon)} : url, init);\n`
  const main = join(bundle, metadata.main_module)
  await writeFile(main, reroute + (await readFile(main, 'utf8')))
  const of = (type: string) => metadata.bindings.filter((binding) => binding.type === type)
  const config = {
    name: 'site',
    main,
    compatibility_date: metadata.compatibility_date,
    exports: metadata.exports,
    vars: Object.fromEntries(of('plain_text').map(({ name, text }) => [name, text])),
    ratelimits: of('ratelimit').map(({ type: _, ...binding }) => binding),
    queues: { producers: of('queue').map(({ name, queue_name }) => ({ binding: name, queue: queue_name })) },
    rules: [{ type: 'Text', globs: ['**/*.css', '**/*.client.js'], fallthrough: false }],
  }
  const configPath = join(directory, 'wrangler.json')
  await writeFile(configPath, JSON.stringify(config))
  return configPath
}

async function forward(request: IncomingMessage, response: ServerResponse, origin?: string): Promise<void> {
  if (!origin) return void response.writeHead(404).end('There is nothing here yet')
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const answer = await fetch(origin + request.url, {
    method: request.method ?? 'GET',
    headers: { 'Content-Type': request.headers['content-type'] ?? '' },
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    redirect: 'manual',
  })
  response.writeHead(
    answer.status,
    Object.fromEntries([...answer.headers].filter(([name]) => name !== 'content-encoding')),
  )
  response.end(await answer.text())
}
