import * as z from 'zod'
import type { RegisteredOperation } from './registry.ts'

/** The clinic that sample calls are sent to, by what they need of it. */
export interface SampleClinic {
  /** Finds or makes what a path names, by its collection: `doctors` in `/doctors/{id}`. */
  things: Record<string, (wanted: Wanted) => Promise<number | string>>
  /** Values for the fields of a body or a query, by name. Other fields keep the value of the example. */
  fields: Record<string, (operation: RegisteredOperation) => unknown>
}

interface Wanted {
  /** Undefined for addresses that are not operations of the API. */
  operation: RegisteredOperation | undefined
  /** What the path names before it: the doctor whose time off it is. */
  parent: number | string | undefined
  /** Such as `/booking/holds/:id`, when it is asked for one. */
  route?: string
}

export interface SampleCall {
  method: string
  /** With its query. */
  path: string
  headers: Record<string, string>
  body: string | null
}

/** A call that succeeds if its caller has the right. */
export async function sampleCall(operation: RegisteredOperation, clinic: SampleClinic): Promise<SampleCall> {
  const { method, example } = operation
  const body = example ? JSON.stringify(await fill(example, clinic, operation)) : null
  return {
    method,
    path: `${await samplePath(operation, clinic)}${await sampleQuery(operation, clinic)}`,
    headers: {
      ...(body !== null && { 'Content-Type': 'application/json' }),
      ...(operation.ifMatch === 'required' && { 'If-Match': '*' }),
    },
    body,
  }
}

/** The path of an operation, or of any other route such as `/booking/holds/:id`, with real ids in it. */
export async function samplePath(
  of: RegisteredOperation | string,
  { things }: SampleClinic,
): Promise<string> {
  const operation = typeof of === 'string' ? undefined : of
  const route = typeof of === 'string' ? of : of.route.replace(/^\w+ /, '')
  let [path, parent]: [string, Wanted['parent']] = [route, undefined]
  for (const [, collection = ''] of route.matchAll(/([\w-]+)\/:/g)) {
    parent = await things[collection]?.({ operation, parent, route })
    if (parent === undefined) throw new Error(`${route}: the sample clinic has no ${collection}.`)
    path = path.replace(/:\w+/, String(parent))
  }
  return path
}

/** The parameters that must not be left out. */
async function sampleQuery(operation: RegisteredOperation, { fields }: SampleClinic): Promise<string> {
  const written = new URLSearchParams()
  for (const [name, shape] of Object.entries(shapeOf(operation.query))) {
    if (isOptional(shape)) continue
    const value = await fields[name]?.(operation)
    if (value === undefined) throw new Error(`${operation.route}: the sample clinic has no ${name}.`)
    written.set(name, String(value))
  }
  return written.size > 0 ? `?${written}` : ''
}

function shapeOf(query: RegisteredOperation['query']): z.ZodRawShape {
  if (!query) return {}
  return query instanceof z.ZodPipe ? query.in.shape : query.shape
}

const isOptional = (shape: z.core.$ZodType) => z.safeParse(shape, undefined).success

async function fill(
  example: unknown,
  clinic: SampleClinic,
  operation: RegisteredOperation,
): Promise<unknown> {
  if (Array.isArray(example)) return Promise.all(example.map((one) => fill(one, clinic, operation)))
  if (typeof example !== 'object' || example === null) return example
  const filled: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(example)) {
    const field = Object.hasOwn(clinic.fields, name) ? clinic.fields[name] : undefined
    filled[name] = await (field ? field(operation) : fill(value, clinic, operation))
  }
  return filled
}
