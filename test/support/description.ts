import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describeApi } from '../../src/api/description/document.ts'

export type JsonSchema = { [keyword: string]: unknown }

interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema: JsonSchema
}

interface Described {
  headers: Record<string, { $ref: string }>
  content?: Record<string, { schema: JsonSchema; example?: unknown; examples?: object }>
}

interface DescribedOperation {
  operationId: string
  parameters: (Parameter | { $ref: string })[]
  requestBody?: { content: { 'application/json': { schema: JsonSchema; example: unknown } } }
  responses: Record<string, Described | { $ref: string }>
}

export interface Operation extends Omit<DescribedOperation, 'parameters' | 'responses'> {
  method: string
  /** `/doctors/{id}`. */
  address: string
  parameters: Parameter[]
  responses: Record<string, Described>
}

/** Stricter than promised to clients: answers may contain only what is described. */
export const description = describeApi()
close(description.components.schemas)
close(description.paths)

const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }))
ajv.addSchema(description, 'description')

/** The part of the description at `#/…`. */
export function resolve<T>(reference: string): T {
  const parts = reference.slice(2).split('/')
  return parts.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], description) as T
}

const resolved = <T extends object>(one: T | { $ref: string }): T =>
  '$ref' in one ? resolve<T>(one.$ref) : one

/** Every described operation. */
export const operations: Operation[] = Object.entries(description.paths).flatMap(([address, methods]) =>
  Object.entries(methods as Record<string, DescribedOperation>).map(([method, operation]) => ({
    ...operation,
    method: method.toUpperCase(),
    address,
    parameters: operation.parameters.map(resolved),
    responses: Object.fromEntries(
      Object.entries(operation.responses).map(([status, answer]) => [status, resolved(answer)]),
    ),
  })),
)

const matchers = operations.map((operation) => ({
  operation,
  matches: new RegExp(`^${operation.address.replace(/\{\w+\}/g, '([^/]+)')}$`),
}))

/** The operation of a request with its path values; a HEAD counts as a GET. A path without values comes first. */
export function findOperation(method: string, path: string) {
  const asked = method === 'HEAD' ? 'GET' : method
  const isWritten = operations.some(({ address }) => address === path)
  for (const { operation, matches } of matchers) {
    if (isWritten && operation.address !== path) continue
    const values = operation.method === asked && matches.exec(path)
    if (values) return { operation, values: values.slice(1) }
  }
  return undefined
}

const validators = new Map<JsonSchema, ValidateFunction>()

/** The faults of a value against a schema of the description. */
export function faultsOf(value: unknown, schema: JsonSchema, what: string): string[] {
  const validate = validators.get(schema) ?? ajv.compile(inDescription(schema))
  validators.set(schema, validate)
  if (validate(value)) return []
  const errors: ErrorObject[] = validate.errors ?? []
  return errors.map(
    ({ instancePath, message, params }) => `${what}${instancePath} ${message} ${JSON.stringify(params)}`,
  )
}

/** Text from an address, converted to the described type. */
export function readParameter(text: string, schema: JsonSchema): unknown {
  return schema.type === 'integer' && /^\d+$/.test(text) ? Number(text) : text
}

function inDescription(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"description#/'))
}

function close(schema: unknown): void {
  if (typeof schema !== 'object' || schema === null) return
  const { type, properties } = schema as JsonSchema
  if (type === 'object' && properties) Object.assign(schema, { additionalProperties: false })
  for (const part of Object.values(schema)) close(part)
}
