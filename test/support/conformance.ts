import {
  faultsOf,
  findOperation,
  type JsonSchema,
  type Operation,
  readParameter,
  resolve,
} from './description.ts'
import { reportError } from './quiet.ts'

// Checks every API request and answer of every test against the description; a difference fails the test.

const api = '/api/v1'
const original = Symbol.for('unchecked fetch')
const kept = globalThis as { [original]?: typeof fetch }
kept[original] ??= globalThis.fetch
const ask = kept[original]

interface Exchange {
  method: string
  url: URL
  headers: Headers
  body: unknown
  response: Response
}

globalThis.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input)
  if (!url.pathname.startsWith(`${api}/`)) return ask(input, init)
  const request = input instanceof Request ? input.clone() : null
  const { method = 'GET', headers, body } = request ?? init ?? {}
  const response = await ask(input, init)
  const sent = { method, url, headers: new Headers(headers), body: request ? await request.text() : body }
  for (const fault of await differences({ ...sent, response: response.clone() })) reportError(fault)
  return response
}

/** The differences between the description and an answer or a granted request. */
async function differences(exchange: Exchange): Promise<string[]> {
  const { method, url, response } = exchange
  const asked = findOperation(method, url.pathname.slice(api.length))
  const where = `${method} ${url.pathname} → ${response.status}:`
  const faults = asked
    ? [
        ...(await faultsOfAnswer(exchange, asked.operation)),
        ...(response.ok ? faultsOfRequest(exchange, asked.operation, asked.values) : []),
      ]
    : faultsOfUnknown(exchange)
  return faults.map((fault) => `${where} ${fault}`)
}

/** Anything without an operation must be refused. */
function faultsOfUnknown({ method, url, response }: Exchange): string[] {
  const isItself = method === 'OPTIONS' || url.pathname === `${api}/openapi.json`
  return response.status >= 400 || isItself ? [] : ['no such operation is described']
}

async function faultsOfAnswer({ method, response }: Exchange, { responses }: Operation): Promise<string[]> {
  const answer = responses[response.status]
  if (!answer) return ['no such status is described']
  const headers = Object.entries(answer.headers).flatMap(([name, { $ref }]) => {
    const { required, schema } = resolve<{ required?: boolean; schema: JsonSchema }>($ref)
    const value = response.headers.get(name)
    if (value === null) return required ? [`the header ${name} is missing`] : []
    return faultsOf(readParameter(value, schema), schema, `the header ${name}`)
  })
  if (method === 'HEAD') return headers
  const text = await response.text().catch(() => null)
  // Some tests break the connection on purpose.
  if (text === null) return []
  const [type, described] = Object.entries(answer.content ?? {})[0] ?? []
  if (!type || !described) return text ? ['a body that is not described'] : headers
  const sent = response.headers.get('Content-Type')?.split(';')[0]
  if (sent !== type) return [`${sent} where ${type} is described`]
  return [...headers, ...faultsOf(JSON.parse(text), described.schema, 'the answer')]
}

function faultsOfRequest(
  { url, headers, body }: Exchange,
  { address, parameters, requestBody }: Operation,
  values: string[],
): string[] {
  const inPath = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  const written = (name: string, where: string) => {
    if (where === 'header') return headers.get(name)
    return where === 'path' ? (values[inPath.indexOf(name)] ?? null) : url.searchParams.get(name)
  }
  const wrong = parameters.flatMap(({ name, in: where, required, schema }) => {
    const value = written(name, where)
    if (value === null) return required ? [`${name} is required`] : []
    return faultsOf(readParameter(value, schema), schema, name)
  })
  const known = parameters.filter((one) => one.in === 'query').map(({ name }) => name)
  // An operation without parameters ignores them.
  const unknown = [...url.searchParams.keys()].filter((name) => known[0] && !known.includes(name))
  const schema = requestBody?.content['application/json'].schema
  return [
    ...wrong,
    ...unknown.map((name) => `${name} is no parameter`),
    ...(schema && body && typeof body === 'string' ? faultsOf(JSON.parse(body), schema, 'the body') : []),
  ]
}
