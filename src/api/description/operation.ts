import type * as z from 'zod'
import type { Right } from '../../clinic/accounts/guard.ts'
import type { ProblemCode } from '../problem.ts'

/** What is said of one route, beyond what follows from its method, its address and its right. */
export interface Operation {
  /** The name of the call in a client. */
  operationId: string
  summary: string
  description?: string
  /** The guard's; without one anybody may ask. */
  right?: Right
  /** What the route validates by. */
  query?: z.ZodObject
  body?: z.ZodObject
  /** What its shape does not say of a parameter, or of a field of the body. */
  fields?: Record<string, string>
  /** Whether the call may, or must, say which state it has seen. */
  ifMatch?: 'optional' | 'required'
  /** Whether who has the answer already is told so, by its ETag. */
  isTagged?: true
  /** Reasons of its own to say no. */
  refusals?: ProblemCode[]
  answer: Answer
  /** A body that could be sent. */
  example?: object
}

export interface Answer {
  status: 200 | 201 | 204
  summary: string
  /** The whole body; none of 204. */
  body?: z.ZodObject
  headers?: ('ETag' | 'Location' | 'Link')[]
  example?: object
}

/** What is described together: by method and address, such as `GET /doctors/{id}`. */
export interface Section {
  name: string
  description: string
  operations: Record<string, Operation>
}

type Verb = (...given: never[]) => Promise<unknown>
type RefusalOf<V extends Verb> =
  Extract<Awaited<ReturnType<V>>, { ok: false }> extends { refusal: infer R } ? R & ProblemCode : never

/** Every reason for which these verbs say no, and no other: the compiler compares. */
export function refusalsOf<V extends Verb>(reasons: Record<RefusalOf<V>, true>): ProblemCode[] {
  return Object.keys(reasons) as ProblemCode[]
}
