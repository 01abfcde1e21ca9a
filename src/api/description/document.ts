import * as z from 'zod'
import { rights } from '../../clinic/accounts/guard.ts'
import { patientFlags } from '../../clinic/patients/flags.ts'
import type { Operation } from './operation.ts'
import { problem } from './problem.ts'
import { codesOf, headersOfAll, problemExamples, refusingAnswers } from './refusals.ts'
import { operations, type RegisteredOperation, sections } from './registry.ts'
import { describeExactly } from './shapes.ts'
import { headers, introduction, parameters } from './words.ts'

type JsonSchema = z.core.JSONSchema.BaseSchema

/** The description of everything below `/api/v1`, as an OpenAPI 3.1 document. */
export function describeApi() {
  const schemas: Record<string, JsonSchema> = {}
  const responses: Record<string, object> = {}
  const shape = shaping(schemas)
  shape(z.object({ problem }), 'output')
  const paths: Record<string, Record<string, object>> = {}
  for (const operation of operations) {
    const { method, address } = operation
    paths[address] ??= {}
    paths[address][method.toLowerCase()] = {
      tags: [operation.section],
      ...describeOperation(operation, shape),
      responses: {
        [operation.answer.status]: describeAnswer(operation, shape),
        ...(operation.moves && { 301: { $ref: '#/components/responses/Moved' } }),
        ...(operation.isTagged && { 304: { $ref: '#/components/responses/NotModified' } }),
        ...refusingAnswers(codesOf(operation), responses),
      },
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'AloBooking',
      version: '1.0.0',
      summary: 'Book a clinic’s free times, without double bookings',
      description: introduction,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    tags: sections.map(({ name, description }) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description:
            'An API key. It needs the scope that the operation names, and a role that is allowed to call it.',
        },
      },
      schemas: Object.fromEntries(Object.entries(schemas).sort(([one], [other]) => (one < other ? -1 : 1))),
      responses: { ...responses, NotModified: notModified, Moved: moved },
      parameters,
      headers,
      examples: problemExamples(),
    },
  }
}

type Shape = ReturnType<typeof shaping>

/** Turns a zod schema into JSON Schema; named schemas are collected in `schemas`. */
function shaping(schemas: Record<string, JsonSchema>) {
  return (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => {
    const written = z.toJSONSchema(schema, {
      io,
      override(described) {
        describeExactly(described)
        // Answers may gain fields later; requests must not have unknown ones.
        if (io === 'output') delete described.jsonSchema.additionalProperties
      },
    })
    const named = JSON.stringify(written).replaceAll('#/$defs/', '#/components/schemas/')
    const { $schema: _, $defs = {}, ...shape } = JSON.parse(named) as JsonSchema
    for (const [id, { id: _, ...shape }] of Object.entries($defs)) schemas[id] = shape
    return shape
  }
}

function describeOperation(operation: RegisteredOperation, shape: Shape) {
  const { operationId, summary, description, right, body, fields, example } = operation
  return {
    operationId,
    summary,
    description: [description, right && mayCall(right)].filter(Boolean).join(' ') || undefined,
    security: right ? [{ key: [rights[right].scope] }] : [{}, { key: [] }],
    parameters: parametersOf(operation, shape),
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: noted(shape(body, 'input'), fields), example } },
      },
    }),
  }
}

const people = { patient: 'patients', front_desk: 'the front desk', doctor: 'doctors', admin: 'admins' }

function mayCall(right: keyof typeof rights): string {
  const who = Object.entries(people).filter(([kind]) => (rights[right].kinds as string[]).includes(kind))
  return `Allowed for ${new Intl.ListFormat('en-GB').format(who.map(([, name]) => name))}.`
}

/** Parts of an address that are no ids. */
const named: Record<string, { schema: object; example: string }> = {
  flag: { schema: { type: 'string', enum: patientFlags }, example: 'balance' },
}

function parametersOf(
  { method, address, query, fields, ifMatch, isTagged }: RegisteredOperation,
  shape: Shape,
) {
  const inPath = [...address.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    ...(named[name] ?? { schema: { type: 'integer', minimum: 1 }, example: 7 }),
  }))
  const { properties = {}, required = [] } = query ? shape(query, 'input') : {}
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...((fields?.[name] ?? common[name]) && { description: fields?.[name] ?? common[name] }),
    schema,
  }))
  const referred = [
    ...(method === 'GET' ? [] : ['Idempotency-Key']),
    ...(isTagged ? ['If-None-Match'] : []),
    ...(ifMatch === 'required' ? ['Required-If-Match'] : []),
    ...(ifMatch === 'optional' ? ['If-Match'] : []),
  ].map((name) => ({ $ref: `#/components/parameters/${name}` }))
  return [...inPath, ...inQuery, ...referred]
}

/** Descriptions of parameters that several operations share. */
const common: Record<string, string> = {
  cursor: 'Where the next page starts. Take it from the `Link` header of the previous page of the same list.',
}

/** Adds the notes on the fields of the one object in the body’s envelope. */
function noted(body: JsonSchema, fields: Record<string, string> = {}): JsonSchema {
  for (const field of Object.values(body.properties ?? {})) {
    const { properties = {} } = field as JsonSchema
    for (const [name, said] of Object.entries(fields))
      if (properties[name]) Object.assign(properties[name], { description: said })
  }
  return body
}

function describeAnswer({ isTagged, answer }: Operation, shape: Shape) {
  const { summary, body, headers = [], example } = answer
  const own = new Set([...headers, ...(isTagged ? ['ETag'] : [])])
  return {
    description: summary,
    headers: { ...headersOfAll, ...referring([...own]) },
    ...(body && { content: { 'application/json': { schema: shape(body, 'output'), example } } }),
  }
}

const referring = (headers: string[]) =>
  Object.fromEntries(headers.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

const moved = {
  description: 'The record was merged into another: use that one from now on.',
  headers: { ...headersOfAll, Location: { $ref: '#/components/headers/Location' } },
  content: {
    'application/json': {
      schema: {
        type: 'object',
        properties: { moved_to: { type: 'integer', description: 'The record that took its place' } },
        required: ['moved_to'],
      },
      example: { moved_to: 3 },
    },
  },
}

const notModified = {
  description: 'Not modified: your copy is current',
  headers: { ...headersOfAll, ...referring(['ETag']) },
}
