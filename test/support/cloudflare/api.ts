import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Site, startSite } from './site.ts'

/** An upload by wrangler: the modules and their bindings. */
export interface Upload {
  metadata: {
    main_module: string
    compatibility_date: string
    exports: Record<string, unknown>
    bindings: {
      name: string
      type: string
      text?: string
      namespace_id?: string
      queue_name?: string
      simple?: unknown
    }[]
  }
  modules: File[]
}

interface Version extends Upload {
  id: string
  secrets: Record<string, string>
}

interface Queue {
  queue_id: string
  queue_name: string
  consumers: { type: string; consumer_id: string; script: string; settings: unknown }[]
}

interface Script {
  versions: Version[]
  serving: Version
  crons: string[]
  domains: string[]
  subdomain: { enabled: boolean; previews_enabled: boolean }
}

export interface Cloudflare {
  /** For `CLOUDFLARE_API_BASE_URL`. */
  url: string
  /** By the Worker's name. */
  scripts: Map<string, Script>
  queues: Queue[]
  /** Serves what is deployed under this name, and 404 before that. */
  openSite(name: string): Promise<Site>
  /** Runs before each request to the API; an error with a status and a code becomes the answer. */
  onRequest: (method: string, path: string) => Promise<void>
  stop(): Promise<void>
}

interface Asked {
  method: string
  name: string
  script: Script | undefined
  path: string[]
  request: IncomingMessage
  body: Buffer
}

class ApiError extends Error {
  readonly status: number
  readonly code: number
  constructor(status: number, code: number, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/**
 * The parts of Cloudflare's API that wrangler's deploy, secret, deployments and rollback use, for one account. Uploads
 * really run, in workerd.
 *
 * @param neon the address that stands in for Neon.
 */
export async function startCloudflare(neon: string): Promise<Cloudflare> {
  const scripts = new Map<string, Script>()
  const sites = new Map<string, Site>()
  const queues: Queue[] = []

  async function serve(name: string, version: Version): Promise<void> {
    const script = scripts.get(name)
    await sites.get(name)?.run(version, version.secrets)
    if (script) script.serving = version
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://api')
    const path = url.pathname.replace('/client/v4/accounts/clinic/workers/', '').split('/')
    const name = path[1] ?? ''
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const asked = {
      method: request.method ?? '',
      name,
      script: scripts.get(name),
      path,
      request,
      body: Buffer.concat(chunks),
    }
    const answering = cloudflare
      .onRequest(asked.method, url.pathname)
      .then(() =>
        path[3] === 'accounts' ? answerAboutQueues(asked, url, queues) : answerTo(asked, scripts, serve),
      )
    const [status, answer] = await answering.then(
      (result) => [200, { success: true, errors: [], messages: [], result }] as const,
      ({ status = 500, code = 10_013, message }) =>
        [status, { success: false, errors: [{ code, message }], messages: [], result: null }] as const,
    )
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cloudflare: Cloudflare = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/client/v4`,
    scripts,
    queues,
    onRequest: async () => {},
    async openSite(name) {
      const site = await startSite(neon)
      sites.set(name, site)
      return site
    },
    async stop() {
      await Promise.all([...sites.values()].map((site) => site.stop()))
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return cloudflare
}

/** Paths such as `/client/v4/accounts/clinic/queues/<id>/consumers`. */
function answerAboutQueues({ method, path, body }: Asked, { searchParams }: URL, queues: Queue[]): unknown {
  const [queueId, what] = path.slice(6)
  const route = `${method} ${path[5]} ${what ?? ''}`.trim()
  if (route === 'GET queues') {
    const names = searchParams.getAll('name')
    return queues.filter(({ queue_name }) => names.includes(queue_name))
  }
  const given = JSON.parse(String(body))
  if (route === 'POST queues') {
    const { queue_name } = given
    if (queues.some((queue) => queue.queue_name === queue_name))
      throw new ApiError(409, 11_009, `Queue name '${queue_name}' is already taken.`)
    queues.push({ queue_id: randomUUID(), queue_name, consumers: [] })
    return queues.at(-1)
  }
  const queue = queues.find(({ queue_id }) => queue_id === queueId)
  if (!queue || what !== 'consumers') throw new ApiError(404, 11_000, `No such route: ${route}`)
  const { type, script_name: script, settings } = given
  queue.consumers = [{ type, consumer_id: randomUUID(), script, settings }]
  return queue.consumers[0]
}

type Serve = (name: string, version: Version) => Promise<void>

async function answerTo(asked: Asked, scripts: Map<string, Script>, serve: Serve): Promise<unknown> {
  const { method, name, script, path } = asked
  const route = `${method} ${path[0]} ${path.slice(2).join(' ')}`.trim()
  if (`${method} ${path}` === 'GET subdomain') return { subdomain: 'clinic' }
  if (route === 'PUT scripts') return upload(asked, scripts, serve)
  if (!script)
    throw new ApiError(
      404,
      route === 'GET services' ? 10_090 : 10_007,
      'This Worker does not exist on your account.',
    )
  switch (route) {
    case 'GET services':
      return {
        id: name,
        default_environment: {
          environment: 'production',
          script: { id: name, tag: name, last_deployed_from: 'wrangler' },
        },
      }
    case 'GET scripts secrets':
      return Object.keys(script.serving.secrets).map((secret) => ({ name: secret, type: 'secret_text' }))
    case 'GET scripts settings':
      return { bindings: script.serving.metadata.bindings }
    case 'PATCH scripts script-settings':
      return {}
    case 'GET workers':
      return { id: name, name, subdomain: script.subdomain }
    case 'POST scripts subdomain':
      script.subdomain = { ...script.subdomain, ...JSON.parse(String(asked.body)) }
      return script.subdomain
    case 'PUT scripts schedules':
      script.crons = JSON.parse(String(asked.body)).map(({ cron }: { cron: string }) => cron)
      return { schedules: [] }
    case 'POST scripts domains changeset':
      return { added: JSON.parse(String(asked.body)), removed: [], updated: [], conflicting: [] }
    case 'PUT scripts domains records':
      script.domains = JSON.parse(String(asked.body)).origins.map(
        ({ hostname }: { hostname: string }) => hostname,
      )
      return []
    case 'GET scripts deployments':
      return { deployments: [deploymentOf(script)] }
    case 'POST scripts deployments':
      return rollBack(asked, script, serve)
  }
  const version = script.versions.find(({ id }) => path[2] === 'versions' && path[3] === id)
  if (method === 'GET' && version) return versionToJson(version)
  throw new ApiError(404, 7_003, `No such route: ${route}`)
}

const startedOn = '2026-11-23T01:00:00.000Z'
const author = { author_email: 'admin@example.com', created_on: startedOn, source: 'wrangler' }

function deploymentOf({ serving }: Script) {
  return {
    id: serving.id,
    ...author,
    strategy: 'percentage',
    versions: [{ version_id: serving.id, percentage: 100 }],
  }
}

function versionToJson({ id, metadata }: Version) {
  return {
    id,
    number: 1,
    metadata: author,
    annotations: {},
    resources: { bindings: metadata.bindings, script: {}, script_runtime: {} },
  }
}

async function upload({ name, script, request, body }: Asked, scripts: Map<string, Script>, serve: Serve) {
  const headers = { 'Content-Type': request.headers['content-type'] ?? '' }
  const form = await new Response(new Uint8Array(body), { headers }).formData()
  const metadata: Upload['metadata'] = JSON.parse(String(form.get('metadata')))
  const modules = [...form.values()].filter((part) => part instanceof File)
  const kept = script?.serving.secrets ?? {}
  const before = script?.serving.metadata.bindings ?? []
  metadata.bindings = metadata.bindings.map((binding) => {
    const { name, type } = binding
    if (type !== 'inherit' || name in kept) return binding
    const inherited = before.find((one) => one.name === name)
    if (!inherited) throw new ApiError(400, 10_057, `inherit binding '${name}' is invalid: it does not exist`)
    return inherited
  })
  const given = metadata.bindings
    .filter(({ type }) => type === 'secret_text')
    .map((of) => [of.name, of.text ?? ''])
  const version = { id: randomUUID(), metadata, modules, secrets: { ...kept, ...Object.fromEntries(given) } }
  if (script) script.versions.unshift(version)
  else
    scripts.set(name, {
      versions: [version],
      serving: version,
      crons: [],
      domains: [],
      subdomain: { enabled: false, previews_enabled: false },
    })
  await serve(name, version)
  return { id: name, etag: version.id, deployment_id: version.id, startup_time_ms: 20, has_modules: true }
}

async function rollBack({ name, body }: Asked, script: Script, serve: Serve) {
  const [{ version_id: id }] = JSON.parse(String(body)).versions
  const version = script.versions.find((one) => one.id === id)
  if (!version) throw new ApiError(404, 10_007, 'No such version.')
  await serve(name, version)
  return deploymentOf(script)
}
