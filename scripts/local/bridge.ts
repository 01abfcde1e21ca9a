import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

interface Options {
  port?: number
  /** Called once for each HTTP request, with the statements it carries. */
  onTrip?: (queries: Query[]) => void
  /** Each request waits for it before it reaches PostgreSQL. */
  beforeTrip?: () => Promise<unknown>
  /** Called with the size of each answer. */
  onAnswer?: (bytes: number) => void
  /** Called with each notice of PostgreSQL. */
  onNotice?: (notice: string) => void
  /** Settings of each session, such as `statement_timeout`; they win over those of the role. */
  settings?: Record<string, string>
  /** How far away the database seems: added to each trip. */
  delayMs?: number
  /** Which fault to inject into this request. */
  fault?: (queries: Query[]) => Fault | undefined
}

/**
 * What a network does: it loses the request before anything happens, or the answer afterwards; it cuts the answer off; a
 * proxy answers 500; the answer, or even the work, happens only after the client has given up.
 */
export type Fault =
  | 'request lost'
  | 'answer lost'
  | 'answer cut off'
  | 'answer 500'
  | 'answer too late'
  | 'work too late'

/**
 * Speaks Neon's HTTP protocol (`POST /sql`) in front of a plain PostgreSQL, so that production's driver works locally. Every
 * value travels as PostgreSQL's own text, as the driver requests. Like Neon's proxy, it cancels the statement of a client
 * that hangs up.
 */
export async function startBridge(options: Options = {}) {
  const pools = new Map<string, pg.Pool>()
  const server = createServer(async (request, response) => {
    const abandoned = hangingUp(response)
    const body = await read(request).catch(() => null)
    if (!body) return response.writeHead(400).end('{"message":"This is not a query"}')
    const queries = 'queries' in body ? body.queries : [body]
    options.onTrip?.(queries)
    await options.beforeTrip?.()
    if (options.delayMs) await pause(options.delayMs)
    const pool = poolFor(request, pools, options)
    const work = (heard?: AbortSignal) => answerTo(request, body, pool, heard).catch(describe)
    const fault = options.fault?.(queries)
    const answer = await suffer(fault, work, abandoned)
    if (!answer) return request.socket.destroy()
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    const written = JSON.stringify(answer.body)
    options.onAnswer?.(Buffer.byteLength(written))
    if (fault !== 'answer cut off') return response.end(written)
    response.write(written.slice(0, -1), () => request.socket.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const stop = async () => {
    server.closeAllConnections()
    server.close()
    await Promise.all([...pools.values()].map((pool) => pool.end()))
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sql`,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** Neon speaks HTTP itself; any other PostgreSQL needs the bridge. */
export function needsBridge(databaseUrl: string): boolean {
  return !new URL(databaseUrl).hostname.endsWith('.neon.tech')
}

export interface Query {
  query: string
  params?: unknown[]
}

type Body = Query | { queries: Query[] }

interface Answer {
  status: number
  body: unknown
}

/** Null when there must be no answer at all. */
async function suffer(
  fault: Fault | undefined,
  work: (heard?: AbortSignal) => Promise<Answer>,
  abandoned: AbortSignal,
): Promise<Answer | null> {
  if (fault === 'request lost') return null
  if (fault === 'work too late') await aborted(abandoned)
  const answer = await work(fault === 'work too late' ? undefined : abandoned)
  if (fault === 'answer too late') await aborted(abandoned)
  if (fault === 'answer 500') return { status: 500, body: { message: 'A proxy failed' } }
  return fault === 'answer lost' ? null : answer
}

/** Aborts when the client closes the connection before its answer is complete. */
function hangingUp(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new Error('The client hung up'))
  })
  return controller.signal
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

const asText = { getTypeParser: () => (value: string) => value }

async function answerTo(
  request: IncomingMessage,
  body: Body,
  pool: pg.Pool,
  abandoned?: AbortSignal,
): Promise<Answer> {
  const client = await pool.connect()
  const cancel = () => void cancelStatement(client, pool)
  abandoned?.addEventListener('abort', cancel, { once: true })
  try {
    abandoned?.throwIfAborted()
    if (!('queries' in body)) return { status: 200, body: await run(client, body) }
    return { status: 200, body: { results: await transact(client, body.queries, request, abandoned) } }
  } finally {
    abandoned?.removeEventListener('abort', cancel)
    // A late cancellation must not reach another client's statement.
    client.release(abandoned?.aborted)
  }
}

/** Needs a connection of its own, because the other one is waiting. */
async function cancelStatement(client: pg.PoolClient, { options }: pg.Pool): Promise<void> {
  const { processID } = client as pg.PoolClient & { processID: number }
  const other = new pg.Client(options)
  other.on('error', () => {})
  try {
    await other.connect()
    await other.query('select pg_cancel_backend($1)', [processID])
  } catch {
    // PostgreSQL is away, and so is the statement.
  }
  await other.end().catch(() => {})
}

async function transact(
  client: pg.PoolClient,
  queries: Query[],
  request: IncomingMessage,
  abandoned?: AbortSignal,
) {
  const isolation = request.headers['neon-batch-isolation-level']
  const level = isolation ? ` isolation level ${String(isolation).replace(/([a-z])([A-Z])/g, '$1 $2')}` : ''
  const access = request.headers['neon-batch-read-only'] === 'true' ? ' read only' : ''
  await client.query(`begin${level}${access}`)
  try {
    const results = []
    for (const query of queries) {
      abandoned?.throwIfAborted()
      results.push(await run(client, query))
    }
    abandoned?.throwIfAborted()
    await client.query('commit')
    return results
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

async function run(client: pg.PoolClient, { query, params = [] }: Query) {
  const result = await client.query({ text: query, values: params, rowMode: 'array', types: asText })
  const fields = result.fields.map(({ name, dataTypeID }) => ({ name, dataTypeID }))
  return { command: result.command, rowCount: result.rowCount, rows: result.rows, fields, rowAsArray: true }
}

function poolFor(
  request: IncomingMessage,
  pools: Map<string, pg.Pool>,
  { onNotice, settings = {} }: Options,
): pg.Pool {
  const connectionString = String(request.headers['neon-connection-string'] ?? '')
  const known = pools.get(connectionString)
  if (known) return known
  // Like Neon's proxy: sessions and their plans are kept for five idle minutes, and the last one used is reused first.
  const idleTimeoutMillis = 5 * 60_000
  const options = Object.entries({ timezone: 'UTC', ...settings }).map(
    ([name, value]) => `-c ${name}=${value}`,
  )
  const pool = new pg.Pool({ connectionString, max: 32, idleTimeoutMillis, options: options.join(' ') })
  // The pool replaces a connection that the server ends; the next query reports what is wrong.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    client.on('error', () => {})
    if (onNotice) client.on('notice', ({ message }) => onNotice(message ?? ''))
  })
  pools.set(connectionString, pool)
  return pool
}

async function read(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}

/** Neon answers 400 with PostgreSQL's own fields, and 500 if it cannot reach PostgreSQL. */
function describe(error: unknown) {
  const { message, code, constraint, detail, hint, severity, schema, table, column } =
    error as pg.DatabaseError
  const asked = error instanceof pg.DatabaseError
  return {
    status: asked ? 400 : 500,
    body: { message, code, constraint, detail, hint, severity, schema, table, column },
  }
}
