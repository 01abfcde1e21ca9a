import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'

/**
 * Answers Neon's HTTP protocol (`POST /sql`) in front of a plain PostgreSQL, so that the one driver of
 * production serves here too. Every value travels as PostgreSQL's own text, as the driver asks.
 *
 * `onTrip` is called once for each HTTP request, with the statements it carries.
 */
export async function startBridge(options: { port?: number; onTrip?: OnTrip } = {}) {
  const pools = new Map<string, pg.Pool>()
  const server = createServer(async (request, response) => {
    const answer = await answerTo(request, pools, options.onTrip).catch(describe)
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer.body))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sql`,
    async stop() {
      server.closeAllConnections()
      server.close()
      await Promise.all([...pools.values()].map((pool) => pool.end()))
    },
  }
}

/** A Neon project speaks HTTP itself; any other PostgreSQL needs the bridge. */
export function needsBridge(databaseUrl: string): boolean {
  return !new URL(databaseUrl).hostname.endsWith('.neon.tech')
}

export interface Query {
  query: string
  params?: unknown[]
}

type OnTrip = (queries: Query[]) => void

const asText = { getTypeParser: () => (value: string) => value }

async function answerTo(request: IncomingMessage, pools: Map<string, pg.Pool>, onTrip?: OnTrip) {
  const connectionString = String(request.headers['neon-connection-string'] ?? '')
  const body = JSON.parse(await read(request)) as Query | { queries: Query[] }
  const queries = 'queries' in body ? body.queries : [body]
  onTrip?.(queries)
  const client = await poolFor(connectionString, pools).connect()
  try {
    if (!('queries' in body)) return { status: 200, body: await run(client, body) }
    return { status: 200, body: { results: await transact(client, queries, request) } }
  } finally {
    client.release()
  }
}

async function transact(client: pg.PoolClient, queries: Query[], request: IncomingMessage) {
  const isolation = request.headers['neon-batch-isolation-level']
  const level = isolation ? ` isolation level ${String(isolation).replace(/([a-z])([A-Z])/g, '$1 $2')}` : ''
  const access = request.headers['neon-batch-read-only'] === 'true' ? ' read only' : ''
  await client.query(`begin${level}${access}`)
  try {
    const results = []
    for (const query of queries) results.push(await run(client, query))
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

function poolFor(connectionString: string, pools: Map<string, pg.Pool>): pg.Pool {
  const known = pools.get(connectionString)
  if (known) return known
  const pool = new pg.Pool({ connectionString, max: 32, options: '-c timezone=UTC' })
  // An idle connection that the server ends is replaced by the pool; the next query says what is wrong.
  pool.on('error', () => {})
  pools.set(connectionString, pool)
  return pool
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** Neon answers 400 with PostgreSQL's own fields, and 500 when it has no PostgreSQL to ask. */
function describe(error: unknown) {
  const { message, code, constraint, detail, hint, severity, schema, table, column } =
    error as pg.DatabaseError
  const asked = error instanceof pg.DatabaseError
  return {
    status: asked ? 400 : 500,
    body: { message, code, constraint, detail, hint, severity, schema, table, column },
  }
}
