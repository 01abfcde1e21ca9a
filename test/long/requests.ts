import * as fc from 'fast-check'
import { faultsOf, type JsonSchema, type Operation, resolve } from '../support/description.ts'

/** A request to an operation; `asked` has its path and query parameters. */
export interface Sent {
  path: Record<string, unknown>
  query: Record<string, unknown>
  headers: Record<string, unknown>
  body?: unknown
}

/** Existing ids of each noun, by field name or address. */
export type Known = Record<string, number[]>

const aFewDays = Date.parse('2027-03-01T00:00:00Z')
const quarter = 15 * 60_000

/** Times in any format: on quarters of a few days, so that they collide, or at any moment. */
const instant = fc
  .tuple(
    fc.oneof(
      fc.integer({ min: 0, max: 500 }).map((quarters) => new Date(aFewDays + quarters * quarter)),
      fc.date({ min: new Date('1901-01-01'), max: new Date('2998-12-31'), noInvalidDate: true }),
    ),
    fc.constantFrom('Z', 'z', '+00:00', '-0000', 'no seconds'),
  )
  .map(([at, form]) => {
    const written = at.toISOString().slice(0, 19)
    return form === 'no seconds' ? `${written.slice(0, 16)}Z` : written + form
  })

const date = fc
  .date({ min: new Date('2026-11-01'), max: new Date('2028-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))

const birthDate = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))

const zone = fc.constantFrom('Asia/Jakarta', 'Europe/Berlin', 'America/New_York', 'UTC', 'Nowhere/At_all')

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((written) => written.trim() !== '' && !/[\p{C}\p{Zl}\p{Zp}]|\p{DI}|^\p{M}+$|\u2800/u.test(written))

const named: Record<string, fc.Arbitrary<unknown>> = {
  Instant: instant,
  Minute: instant.map((written) => written.replace(/(T\d\d:\d\d):\d\d/, '$1:00')),
  MinuteOrWallClock: instant.map((written) =>
    written.replace(/(T\d\d:\d\d):\d\d/, '$1:00').replace(/-0000$/, ''),
  ),
  CalendarDate: date,
  WallClock: fc
    .tuple(date, fc.constantFrom('00:00', '09:00', '12:30'))
    .map(([day, clock]) => `${day}T${clock}`),
  Email: fc.nat({ max: 999_999 }).map((n) => `Patient.${n}@Example.com`),
}

/** Values that a schema of the description allows, for the field `name`. */
function allowed(schema: JsonSchema, known: Known, name = ''): fc.Arbitrary<unknown> {
  const one = (part: unknown, of = name) => allowed(part as JsonSchema, known, of)
  if (typeof schema.$ref === 'string') return ofReference(schema.$ref, known, name)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum)
  if ('const' in schema) return fc.constant(schema.const)
  const choices = schema.anyOf ?? schema.oneOf
  if (Array.isArray(choices)) return fc.oneof(...choices.map((choice) => one(choice)))
  switch (schema.type) {
    case 'object': {
      const { properties = {}, required = [] } = schema as {
        properties?: Record<string, JsonSchema>
        required?: string[]
      }
      return record(
        Object.entries(properties).map(([of, field]) => [of, one(field, of), required.includes(of)]),
        known,
      )
    }
    case 'array':
      return fc.uniqueArray(one(schema.items), {
        selector: (item) => JSON.stringify(item),
        minLength: Number(schema.minItems ?? 0),
        maxLength: Math.min(4, Number(schema.maxItems ?? 4)),
      })
    case 'integer':
      return fc.integer({ min: Number(schema.minimum), max: Number(schema.maximum) })
    case 'number':
      return fc.integer({ min: Number(schema.minimum), max: Number(schema.maximum) })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return ofString(schema, name)
  }
}

/** Includes few of the optional fields, as more would often cause refusals. */
function record(fields: [name: string, value: fc.Arbitrary<unknown>, required: boolean][], known: Known) {
  const drawn = fields.map(([name, value, required]) => {
    const entry = value.map((value) => [[name, value]])
    const isLikely = name in known && !/^(colleague|companion|resource)_ids$/.test(name)
    const absent = { weight: isLikely ? 1 : 3, arbitrary: fc.constant([]) }
    return required ? entry : fc.oneof(absent, { weight: 1, arbitrary: entry })
  })
  return fc.tuple(...drawn).map((entries) => Object.fromEntries(entries.flat()) as Record<string, unknown>)
}

function ofReference(reference: string, known: Known, name: string): fc.Arbitrary<unknown> {
  const component = reference.split('/').at(-1) ?? ''
  if (component !== 'Id') return named[component] ?? allowed(resolve<JsonSchema>(reference), known, name)
  const there = fc.constantFrom(...(known[name] ?? [1]))
  const anywhere = fc.integer({ min: 1_000_000, max: 999_999_999_999_999 })
  return fc.oneof(
    { weight: 4, arbitrary: there },
    { weight: 1, arbitrary: there.map((id) => `00${id}`) },
    { weight: 1, arbitrary: anywhere },
  )
}

function ofString(schema: JsonSchema, name: string): fc.Arbitrary<unknown> {
  if (name === 'time_zone') return zone
  if (name === 'birth_date') return birthDate
  if (name === 'languages') return fc.constantFrom('id', 'en-GB', 'zh-hant')
  // Reused keys are tested elsewhere.
  if (name === 'Idempotency-Key') return fc.uuid().map((key) => `"${key}"`)
  const pattern = String(schema.pattern)
  return pattern.startsWith('^\\s*') ? text : fc.stringMatching(new RegExp(pattern))
}

/** A request that the description allows. */
export function validRequest({ address, parameters, requestBody }: Operation, known: Known) {
  const of = (where: string) => parameters.filter((parameter) => parameter.in === where)
  const drawn = (where: string) =>
    record(
      of(where).map(({ name, schema, required = false }) => [name, allowed(schema, known, name), required]),
      known,
    )
  const ids = known[address] ?? [1]
  const schema = requestBody?.content['application/json'].schema
  return fc.record<Sent>(
    {
      path: fc.record({
        id: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: fc.nat() }),
        absenceId: fc.integer({ min: 1, max: 40 }),
        flag: fc.constantFrom('form_missing', 'interpreter', 'balance'),
      }),
      query: drawn('query'),
      headers: drawn('header'),
      ...(schema && { body: allowed(schema, known) }),
    },
    { noNullPrototype: true },
  )
}

const nonsense = fc.constantFrom<unknown>(
  null,
  true,
  -1,
  0,
  1.5,
  1e300,
  '',
  ' ',
  'x'.repeat(600),
  '\u0000',
  'a\ud800',
  '2026-02-30T09:00:00',
  '2026-13-01',
  '9999999999999999',
  [],
  [[]],
  {},
  { id: 1 },
)

/** A request that the description forbids: an allowed one with one thing broken. */
export function invalidRequest(operation: Operation, known: Known): fc.Arbitrary<Sent> | null {
  const { parameters, requestBody } = operation
  const schema = requestBody?.content['application/json'].schema
  const inQuery = parameters.filter((parameter) => parameter.in === 'query')
  const spoilt = [
    ...(schema ? [fc.tuple(fc.constant('body'), nonsense, fc.nat()).map(spoilBody(schema))] : []),
    ...(inQuery[0]
      ? [fc.tuple(fc.constantFrom(...inQuery, null), nonsense).map(([one, value]) => spoilQuery(one, value))]
      : []),
    ...(operation.method === 'GET' ? [] : [fc.constant(spoilKey)]),
    ...(operation.address.includes('{id}') ? [fc.constantFrom('abc', '0', '-1', '1.5').map(spoilPath)] : []),
  ]
  if (spoilt.length === 0) return null
  return fc
    .tuple(validRequest(operation, known), fc.oneof(...spoilt))
    .map(([sent, spoil]) => spoil(structuredClone(sent)))
    .filter((sent) => sent !== null)
}

type Spoil = (sent: Sent) => Sent | null

const spoilKey: Spoil = (sent) => ({ ...sent, headers: { ...sent.headers, 'Idempotency-Key': '"' } })

const spoilPath =
  (id: string): Spoil =>
  (sent) => ({ ...sent, path: { ...sent.path, id } })

function spoilQuery(one: Operation['parameters'][number] | null, value: unknown): Spoil {
  return (sent) => {
    if (one === null) return { ...sent, query: { ...sent.query, nothing: 'known' } }
    const { [one.name]: _, ...others } = sent.query
    if (value === null) return one.required ? { ...sent, query: others } : null
    // An address cannot carry half a surrogate pair.
    const carried = String(value).toWellFormed()
    if (typeof value === 'object' || faultsOf(carried, one.schema, '').length === 0) return null
    return { ...sent, query: { ...others, [one.name]: value } }
  }
}

/** Replaces one place in the body with nonsense, removes it or adds one. */
function spoilBody(schema: JsonSchema) {
  return ([, value, where]: [string, unknown, number]): Spoil =>
    (sent) => {
      const places = placesIn(sent.body)
      const [object, key] = places[where % places.length] ?? [sent, 'body']
      const ways = [
        () => Object.assign(object, { [key]: value }),
        () => delete (object as Record<string, unknown>)[key],
        () => Object.assign(object, { [`${key}s`]: value }),
      ]
      ways[where % ways.length]?.()
      return sent.body === undefined || faultsOf(sent.body, schema, '').length === 0 ? null : sent
    }
}

function placesIn(value: unknown): [object, string][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => [[value, key], ...placesIn(part)])
}
