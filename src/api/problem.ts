import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Refusal } from '../clinic/refusals.ts'

export type ProblemCode =
  | Refusal
  | 'not_signed_in'
  | 'unknown_key'
  | 'forbidden'
  | 'malformed_json'
  | 'malformed_key'
  | 'key_reused'
  | 'still_running'
  | 'precondition_required'
  | 'no_version'
  | 'not_found'
  | 'method_not_allowed'
  | 'not_acceptable'
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
    detail: 'Book another time: next_free_start_at, or another day where it is null.',
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
  too_many_holds: {
    status: 409,
    title: 'The patient holds two slots already',
    detail: 'Book or release one of them: DELETE /api/v1/holds/:id.',
  },
  hold_expired: {
    status: 409,
    title: 'The hold has expired',
    detail: 'Hold or book a slot anew.',
  },
  already_extended: {
    status: 409,
    title: 'The hold has been extended already',
    detail: 'Book it before expires_at.',
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
  malformed_key: {
    status: 400,
    title: 'The Idempotency-Key cannot be read',
    detail: 'Send 1 to 255 printable ASCII characters in quotes, such as a UUID.',
  },
  key_reused: {
    status: 422,
    title: 'The Idempotency-Key was used for another request',
    detail: 'Send the very same request again, or this one with a new key.',
  },
  still_running: {
    status: 409,
    title: 'The first request with this Idempotency-Key is not done yet',
    detail: 'Send it again after as many seconds as Retry-After says.',
  },
  precondition_required: {
    status: 428,
    title: 'Say which state of the appointment you looked at',
    detail: 'Send its ETag as If-Match, or If-Match: * to move it whatever it is by now.',
  },
  no_version: {
    status: 412,
    title: 'Only an appointment has a version to compare',
    detail: 'Leave If-Match out, or send If-Match: *.',
  },
  not_found: { status: 404, title: 'Not found', detail: 'Check the address and the ids.' },
  method_not_allowed: { status: 405, title: 'Method not allowed', detail: 'Use one that Allow lists.' },
  not_acceptable: {
    status: 406,
    title: 'The API speaks JSON only',
    detail: 'Send Accept: application/json, or no Accept at all.',
  },
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
  c.set('refusal', code)
  // RFC 6750, 3: how to sign in, and what was wrong with the key.
  if (code === 'not_signed_in') c.header('WWW-Authenticate', 'Bearer realm="AloBooking"')
  if (code === 'unknown_key') c.header('WWW-Authenticate', 'Bearer realm="AloBooking", error="invalid_token"')
  return c.json(body, status, { 'Content-Type': 'application/problem+json' })
}
