import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Fault, Refusal } from '../clinic/refusals.ts'

type ProblemCode =
  | Refusal
  | 'malformed_json'
  | 'not_found'
  | 'method_not_allowed'
  | 'too_large'
  | 'unsupported_media_type'
  | 'unavailable'
  | 'internal'

interface Problem {
  status: ContentfulStatusCode
  title: string
  /** What to do next. */
  detail: string
}

/** Every way in which the API says no, by the stable code that clients decide on. */
export const problems: Record<ProblemCode, Problem> = {
  slot_taken: {
    status: 409,
    title: 'The doctor has another appointment at that time',
    detail: 'Book another time.',
  },
  patient_busy: {
    status: 409,
    title: 'The patient has another appointment at that time',
    detail: 'Book another time.',
  },
  outside_hours: {
    status: 422,
    title: "The time is outside the doctor's hours",
    detail: 'Book a time that lies whole within the hours of the doctor.',
  },
  in_the_past: { status: 422, title: 'The time has passed', detail: 'Book a start that is still to come.' },
  invalid: { status: 422, title: 'Values are missing or wrong', detail: 'Mend the fields listed in errors.' },
  malformed_json: { status: 400, title: 'The body is not JSON', detail: 'Send one JSON document in UTF-8.' },
  not_found: { status: 404, title: 'Not found', detail: 'Check the address and the ids.' },
  method_not_allowed: { status: 405, title: 'Method not allowed', detail: 'Use one that Allow lists.' },
  too_large: { status: 413, title: 'The body is too large', detail: 'Send at most 16 KB.' },
  unsupported_media_type: {
    status: 415,
    title: 'The body must be JSON',
    detail: 'Send it with Content-Type: application/json.',
  },
  unavailable: {
    status: 503,
    title: 'The clinic cannot be reached just now',
    detail: 'Try again in a few seconds. Only what was confirmed is booked for certain.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong on our side',
    detail: 'Try again. If it stays so, report the X-Request-Id of this answer.',
  },
}

/** What is wrong with one value, in the API's words. */
export const faults: Record<Fault, string> = {
  missing: 'is required',
  not_an_object: 'must be a JSON object',
  not_an_id: 'must be a whole number, or a string of its digits',
  not_a_time: 'must be an ISO 8601 date and time, such as 2026-11-23T09:00:00+07:00',
  no_offset: 'needs an offset from UTC, such as +07:00, or Z',
  not_after_start: 'must be later than start_at',
  too_short: 'must be at least 5 minutes after start_at',
  too_long: 'must be at most 8 hours after start_at',
}

interface Particulars {
  detail?: string
  errors?: { pointer: string; detail: string }[]
  [extension: string]: unknown
}

export function isProblemCode(written: string): written is ProblemCode {
  return Object.hasOwn(problems, written)
}

/** A refusal as RFC 9457 `application/problem+json`; `type` leads to an explanation of the code. */
export function problem(c: Context, code: ProblemCode, particulars: Particulars = {}): Response {
  const { status, title, detail } = problems[code]
  const body = { type: `/api/problems/${code}`, title, status, detail, code, ...particulars }
  return c.json(body, status, { 'Content-Type': 'application/problem+json' })
}
