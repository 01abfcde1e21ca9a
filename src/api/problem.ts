import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Fault, Refusal } from '../clinic/refusals.ts'

type ProblemCode =
  | Refusal
  | 'not_signed_in'
  | 'unknown_key'
  | 'forbidden'
  | 'malformed_json'
  | 'not_found'
  | 'method_not_allowed'
  | 'too_large'
  | 'unsupported_media_type'
  | 'too_many_requests'
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
  off_grid: {
    status: 422,
    title: 'Appointments do not start at that time',
    detail: 'Book one of the starts that GET /api/v1/doctors/:id/slots offers.',
  },
  short_notice: {
    status: 422,
    title: 'The visit needs more notice',
    detail: 'Book a later start; the visit type says how many minutes ahead in notice_minutes.',
  },
  beyond_horizon: {
    status: 422,
    title: 'The visit cannot be booked so far ahead yet',
    detail: 'Book an earlier start; the visit type says how many days ahead in horizon_days.',
  },
  day_full: {
    status: 422,
    title: 'The doctor has no more visits of this type on that day',
    detail: 'Book another day or another doctor.',
  },
  not_offered: {
    status: 422,
    title: 'No such visit can be booked there',
    detail: 'Choose a visit_type_id that GET /api/v1/doctors/:id lists, or ask the front desk.',
  },
  in_the_past: { status: 422, title: 'The time has passed', detail: 'Book a start that is still to come.' },
  too_late: {
    status: 422,
    title: 'It is too late for that',
    detail: 'Call the clinic: only the front desk can still do it.',
  },
  not_yet: { status: 422, title: 'The appointment has not begun', detail: 'Wait until its start.' },
  not_today: {
    status: 422,
    title: 'That can be done on one day only',
    detail: 'Check in on the day of the appointment; take back on the day on which it was noted.',
  },
  wrong_status: {
    status: 409,
    title: 'The status of the appointment does not allow that',
    detail: 'Look at its status; it may have changed meanwhile.',
  },
  stale: {
    status: 412,
    title: 'The appointment has changed since you looked',
    detail: 'Get it again, and decide anew with its new ETag.',
  },
  not_your_patient: {
    status: 403,
    title: 'You may not act for that patient',
    detail: 'Leave patient_id out to book for yourself, or name a patient of your account.',
  },
  invalid: { status: 422, title: 'Values are missing or wrong', detail: 'Mend the fields listed in errors.' },
  not_signed_in: {
    status: 401,
    title: 'Nobody is signed in',
    detail: 'Send an API key: Authorization: Bearer KEY.',
  },
  unknown_key: {
    status: 401,
    title: 'The key is unknown, expired or revoked',
    detail: 'Ask an admin of the clinic for a new one.',
  },
  forbidden: {
    status: 403,
    title: 'The key may not do that',
    detail: 'Use a key whose role and scopes allow it.',
  },
  malformed_json: { status: 400, title: 'The body is not JSON', detail: 'Send one JSON document in UTF-8.' },
  not_found: { status: 404, title: 'Not found', detail: 'Check the address and the ids.' },
  method_not_allowed: { status: 405, title: 'Method not allowed', detail: 'Use one that Allow lists.' },
  too_large: { status: 413, title: 'The body is too large', detail: 'Send at most 16 KB.' },
  unsupported_media_type: {
    status: 415,
    title: 'The body must be JSON',
    detail: 'Send it with Content-Type: application/json.',
  },
  too_many_requests: {
    status: 429,
    title: 'Too many requests',
    detail: 'Wait as many seconds as Retry-After says.',
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
const faults: Record<Fault, string> = {
  missing: 'is required',
  not_an_object: 'must be a JSON object',
  not_expected: 'is not known here: look at its spelling, or leave it out',
  not_an_id: 'must be a whole number, or a string of its digits',
  not_a_time: 'must be an ISO 8601 date and time, such as 2026-11-23T09:00:00+07:00',
  no_offset: 'needs an offset from UTC, such as +07:00, or Z',
  not_after_start: 'must be later than start_at',
  too_short: 'must be at least 5 minutes after start_at',
  too_long: 'must be at most 8 hours after start_at',
  not_the_length: 'must be as long after start_at as the visit type says; leave it out',
  not_an_email: 'must be an e-mail address',
  not_a_name: 'must not contain control characters',
  too_long_a_name: 'must be at most 100 characters',
  not_a_choice: 'must be one of the documented values',
  already_registered: 'belongs to another patient already',
  not_a_clock_time: 'must be a wall-clock time from 00:00 to 24:00',
  not_a_date: 'must be a date, such as 2026-11-23',
  not_after_opening: 'must be later',
  not_a_wall_clock: 'must be a wall-clock date and time without offset, such as 2026-12-24T12:00',
  not_a_grid: 'must be a multiple of 5 that divides 1440, such as 15 or 20',
  not_a_zone: 'must be an IANA time zone, such as Asia/Jakarta',
  not_a_cursor: 'must be one that this address has answered; begin without it',
  out_of_range: 'must be a whole number',
  too_far_away: 'must lie nearer to today',
  window_too_long: 'must be at most 61 days after from',
  absence_too_long: 'must be at most two years after starts_at',
  not_a_list: 'must be a list of at most 100',
  too_long_a_text: 'must be at most 500 characters',
  unknown: 'is not known here',
  already_there: 'belongs to another already',
}

interface Particulars {
  detail?: string
  /** Of a body, by JSON pointer; of an address, by parameter. */
  errors?: ({ pointer: string; detail: string } | { parameter: string; detail: string })[]
  [extension: string]: unknown
}

export function isProblemCode(written: string): written is ProblemCode {
  return Object.hasOwn(problems, written)
}

/** A refusal as RFC 9457 `application/problem+json`; `type` leads to an explanation of the code. */
export function problem(c: Context, code: ProblemCode, particulars: Particulars = {}): Response {
  const { status, title, detail } = problems[code]
  const body = { type: `/api/problems/${code}`, title, status, detail, code, ...particulars }
  // RFC 6750, 3: how to sign in, and what was wrong with the key.
  if (code === 'not_signed_in') c.header('WWW-Authenticate', 'Bearer realm="AloBooking"')
  if (code === 'unknown_key') c.header('WWW-Authenticate', 'Bearer realm="AloBooking", error="invalid_token"')
  return c.json(body, status, { 'Content-Type': 'application/problem+json' })
}

interface Issue {
  path: PropertyKey[]
  message: string
  /** Of an object, what it should not have. */
  keys?: string[]
  minimum?: unknown
  maximum?: unknown
}

/** A zod issue, whose message is a fault, as an entry of `errors` with its JSON pointer (RFC 6901). */
export function toError(issue: Issue) {
  return { pointer: issue.path.map((key) => `/${String(key)}`).join(''), detail: explain(issue) }
}

function explain({ message, minimum, maximum }: Issue): string {
  const words = faults[message as Fault] ?? message
  if (message !== 'out_of_range') return words
  if (minimum !== undefined) return `${words} of at least ${minimum}`
  return maximum === undefined ? words : `${words} of at most ${maximum}`
}

/** One reason for each field is enough: what fails one check often fails the next. */
function firstOfEach(issues: Issue[]): Issue[] {
  const each = issues.flatMap(({ keys, ...issue }) =>
    keys ? keys.map((key) => ({ ...issue, path: [...issue.path, key] })) : issue,
  )
  return [...Map.groupBy(each, ({ path }) => path.join('/')).values()].flatMap(([first]) => first ?? [])
}

type ZodResult = { success: true } | { success: false; error: { issues: Issue[] } }

/** The hook for `zValidator` of a body: every field that is wrong, at once. */
export function refuseInvalid(read: ZodResult, c: Context): Response | undefined {
  return read.success
    ? undefined
    : problem(c, 'invalid', { errors: firstOfEach(read.error.issues).map(toError) })
}

/** The hook for `zValidator` of a query: every parameter that is wrong, at once. */
export function refuseInvalidQuery(read: ZodResult, c: Context): Response | undefined {
  return read.success ? undefined : refuseParameters(c, read.error.issues)
}

/** How the API writes what the clinic calls. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** What the clinic found wrong with what an address asks for, by the clinic's own names. */
export function refuseNamed(c: Context, faults: Record<string, Fault>): Response {
  return refuseParameters(
    c,
    Object.entries(faults).map(([name, message]) => ({ path: [snakeCase(name)], message })),
  )
}

function refuseParameters(c: Context, issues: Issue[]): Response {
  const errors = firstOfEach(issues).map((issue) => ({
    parameter: String(issue.path[0]),
    detail: explain(issue),
  }))
  return problem(c, 'invalid', { errors })
}
