/** The parts of our OpenAPI document that the reference shows. */
export interface OpenApi {
  info: { title: string; summary: string; description: string; version: string }
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Operation>>
  components: {
    schemas: Record<string, Schema>
    parameters: Record<string, Parameter>
    responses: Record<string, Answer>
    examples: Record<string, { value: { status: number; title: string; detail: string } }>
  }
}

export interface Operation {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  security: { key?: string[] }[]
  parameters: (Parameter | Reference)[]
  requestBody?: { content: { 'application/json': { schema: Schema; example: unknown } } }
  responses: Record<string, Answer | Reference>
}

export interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  schema: Schema
}

export interface Answer {
  description: string
  headers: Record<string, unknown>
  content?: Record<string, { schema: Schema; example?: unknown; examples?: Record<string, unknown> }>
}

export interface Reference {
  $ref: string
}

export interface Schema {
  $ref?: string
  type?: string | string[]
  description?: string
  enum?: unknown[]
  default?: unknown
  minimum?: number
  maximum?: number
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  allOf?: Schema[]
}

/** Follows a `$ref` within the document; anything else is returned as it is. */
export function resolve<T extends object>(document: OpenApi, one: T | Reference): T {
  if (!('$ref' in one) || typeof one.$ref !== 'string') return one as T
  const parts = one.$ref.slice(2).split('/')
  return parts.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], document) as T
}
