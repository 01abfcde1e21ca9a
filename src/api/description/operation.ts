import type * as z from 'zod'
import type { Right } from '../../clinic/accounts/guard.ts'
import type { Appointment } from '../../clinic/appointments/find.ts'
import type { ProblemCode } from '../problem.ts'

/**
 * The one description of an operation. Its OpenAPI entry, its sample call and most of its tests follow from it, together
 * with its method, path and right.
 */
export interface Operation {
  operationId: string
  summary: string
  description?: string
  /** Without one, the operation is public. */
  right?: Right
  /** The schemas that the route validates with. */
  query?: z.ZodObject | z.ZodPipe<z.ZodObject>
  body?: z.ZodType
  /** Notes on parameters or fields of the body. */
  fields?: Record<string, string>
  ifMatch?: 'optional' | 'required'
  /** Whether the answer has an ETag and can be a 304. */
  isTagged?: true
  /** Whether an old id answers with the record that took its place. */
  moves?: true
  /** Problems beyond the common ones. */
  refusals?: ProblemCode[]
  answer: Answer
  /** An example body. Sample calls send it too, with ids and times of the clinic they are sent to. */
  example?: object
  /** The appointment that the call is about: booked and in the future, unless it says otherwise. */
  appointment?: { status?: Appointment['status']; isToday?: true }
}

export interface Answer {
  status: 200 | 201 | 204
  summary: string
  /** The whole body; a 204 has none. */
  body?: z.ZodObject
  headers?: ('ETag' | 'Location' | 'Link' | 'Content-Disposition' | 'Deprecation' | 'Sunset')[]
  example?: object
}

/** A group of operations, keyed by method and path, such as `GET /doctors/{id}`. */
export interface Section {
  name: string
  description: string
  operations: Record<string, Operation>
}

type Verb = (...given: never[]) => Promise<unknown>
type RefusalOf<V extends Verb> =
  Extract<Awaited<ReturnType<V>>, { ok: false }> extends { refusal: infer R } ? R & ProblemCode : never

/** Exactly the refusals of these verbs; one too many or too few does not compile. */
export function refusalsOf<V extends Verb>(reasons: Record<RefusalOf<V>, true>): ProblemCode[] {
  return Object.keys(reasons) as ProblemCode[]
}
