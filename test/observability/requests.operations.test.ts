import { beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../src/api/description/registry.ts'
import { type SampleCall, sampleCall } from '../../src/api/description/sample.ts'
import { openClinic } from '../support/clinic.ts'
import { operations as described, type JsonSchema, resolve } from '../support/description.ts'
import { openAdmin } from '../support/people.ts'
import { openSampleClinic } from '../support/sample-clinic.ts'

// Every operation, with personal data wherever it takes text.

const clinic = await openClinic()
const sample = openSampleClinic(clinic)
let admin: string
beforeAll(async () => {
  admin = await openAdmin(clinic.sql)
})

const secrets = { text: 'Ketut Dharma', email: 'ketut@example.com', network: '203.0.113.77' }

/** What a person could write there; undefined where only numbers, times or choices are allowed. */
function secretFor(schema: JsonSchema): string | undefined {
  if (schema.$ref === '#/components/schemas/Email') return secrets.email
  return String(schema.pattern).startsWith('^\\s*') ? secrets.text : undefined
}

/** The fields of the one object in a body, whichever of its forms has them. */
function fieldsOf(schema: JsonSchema): [name: string, field: JsonSchema][] {
  if (typeof schema.$ref === 'string') return fieldsOf(resolve(schema.$ref))
  const forms = (schema.anyOf ?? []) as JsonSchema[]
  return [
    ...Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>),
    ...forms.flatMap(fieldsOf),
  ]
}

const textsIn = (fields: [string, JsonSchema][]) =>
  Object.fromEntries(
    fields.flatMap(([name, field]) => {
      const secret = secretFor(field)
      return secret === undefined ? [] : [[name, secret]]
    }),
  )

describe.each(described.map((operation) => [operation.operationId, operation] as const))('%s', (id, one) => {
  const operation = operations.find(({ operationId }) => operationId === id)
  if (!operation) throw new Error(`${id} is not registered.`)
  const [[noun, body] = []] = fieldsOf(one.requestBody?.content['application/json'].schema ?? {})
  const inBody = textsIn(fieldsOf(body ?? {}))
  const inQuery = textsIn(
    one.parameters.filter((parameter) => parameter.in === 'query').map(({ name, schema }) => [name, schema]),
  )

  const send = ({ method, path, headers, body }: SampleCall) =>
    fetch(clinic.origin + path, {
      method,
      headers: { Authorization: `Bearer ${admin}`, 'CF-Connecting-IP': secrets.network, ...headers },
      body,
    })

  /** The call with all texts in its body and its query. */
  function withTexts(call: SampleCall): SampleCall {
    const url = new URL(call.path, clinic.origin)
    for (const [name, text] of Object.entries({ ...inQuery, note: secrets.text }))
      url.searchParams.set(name, text)
    const written = JSON.parse(call.body ?? '{}')
    if (noun && !Array.isArray(written[noun])) Object.assign(written[noun], inBody)
    return { ...call, path: url.pathname + url.search, body: call.body && JSON.stringify(written) }
  }

  it('logs nothing that a person wrote', async () => {
    clinic.takeLines()
    const call = await sampleCall(operation, sample)
    await send(withTexts(call))
    await send({ ...call, path: call.path.replace(/\/\d+/g, `/${encodeURIComponent(secrets.text)}`) })
    const lines = clinic.takeLines()
    expect(lines.filter(({ message }) => message === 'request')).toHaveLength(2)
    const log = JSON.stringify(lines)
    for (const secret of [...Object.values(secrets), admin])
      for (const written of [secret, encodeURIComponent(secret), secret.replaceAll(' ', '+')])
        expect(log).not.toContain(written)
  })
})

it('some operations take text', () => {
  const schemas = described.map((one) => JSON.stringify([one.parameters, one.requestBody]))
  expect(schemas.filter((schema) => schema.includes('^\\\\s*')).length).toBeGreaterThan(5)
})
