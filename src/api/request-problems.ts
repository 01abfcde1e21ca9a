import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { HttpRefusal } from '../http/refuse.ts'

/** The problems of a request itself, before it reaches a verb. An unknown cursor is an `invalid` parameter. */
export const requestProblems = {
  not_signed_in: {
    status: 401,
    title: 'An API key is required',
    detail: 'Send your key in the header `Authorization: Bearer KEY`.',
  },
  unknown_key: {
    status: 401,
    title: 'The API key is unknown, expired or revoked',
    detail: 'Check the key, or ask an admin of the clinic for a new one.',
  },
  forbidden: {
    status: 403,
    title: 'The API key does not allow this',
    detail: 'Use a key whose role and scopes allow this call.',
  },
  malformed_json: {
    status: 400,
    title: 'The body is not valid JSON',
    detail: 'Send one JSON document, encoded as UTF-8.',
  },
  malformed_key: {
    status: 400,
    title: 'The Idempotency-Key is malformed',
    detail: 'Send 1 to 255 printable ASCII characters in double quotes, such as a UUID.',
  },
  key_reused: {
    status: 422,
    title: 'The Idempotency-Key was already used for a different request',
    detail: 'Use a new key for this request, or repeat the first request exactly as it was.',
  },
  still_running: {
    status: 409,
    title: 'The first request with this Idempotency-Key is still running',
    detail: 'Send the same request again after the number of seconds in `Retry-After`.',
  },
  precondition_required: {
    status: 428,
    title: 'The If-Match header is required',
    detail: 'Send the `ETag` of what you read, or `If-Match: *` to change it in any state.',
  },
  stale: {
    status: 412,
    title: 'It has changed since you read it',
    detail: 'Read it again, decide whether your change still applies, and send its new `ETag` as `If-Match`.',
  },
  would_strand: {
    status: 409,
    title: 'It still has appointments ahead',
    detail:
      'Nothing has changed. `stranded` lists these appointments: move or cancel them first, or send their ids in `may_strand` to leave them as they are, for the front desk to call the patients.',
  },
  no_version: {
    status: 412,
    title: 'This has no version for If-Match',
    detail: 'Remove the header, or send `If-Match: *`.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    detail: 'Check the path and the ids, and that your key may see it.',
  },
  method_not_allowed: {
    status: 405,
    title: 'The method is not allowed here',
    detail: 'Use one of the methods in the `Allow` header.',
  },
  not_acceptable: {
    status: 406,
    title: 'The API only answers in JSON',
    detail: 'Send `Accept: application/json`, or leave the header out.',
  },
  too_large: { status: 413, title: 'The body is too large', detail: 'Send at most 16 KB.' },
  unsupported_media_type: {
    status: 415,
    title: 'The body must be JSON',
    detail: 'Send it with `Content-Type: application/json`.',
  },
  too_many_requests: {
    status: 429,
    title: 'Too many requests',
    detail: 'Wait the number of seconds in `Retry-After`, then try again.',
  },
  unavailable: {
    status: 503,
    title: 'The service is temporarily unavailable',
    detail:
      'Try again after the number of seconds in `Retry-After`, with the same `Idempotency-Key`. Nothing is booked unless an answer confirmed it.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong on our side',
    detail: 'Try again. If it keeps happening, send us the `X-Request-Id` of this answer.',
  },
} satisfies Record<
  Exclude<HttpRefusal, 'unknown_cursor'> | 'would_strand',
  { status: ContentfulStatusCode; title: string; detail: string }
>
