export const introduction = `
Requests and answers are JSON objects with one key that names their content, such as \`{"appointment": {…}}\`. Send times with a UTC offset. Answers give times in UTC, and also in the local time of the location, with its IANA time zone.

- **Authentication.** Send \`Authorization: Bearer KEY\`. You need no key to read doctors, locations, visit types and free times.
- **Errors.** Problems are \`application/problem+json\` (RFC 9457). Decide on the stable \`code\`; \`type\` links to a page that explains it, and \`detail\` says what to do.
- **Safe retries.** Send an \`Idempotency-Key\` with every call that changes something. If you get no answer, repeat the identical request with the same key: you get the original answer, even if it was a refusal. Keys are kept for 24 hours.
- **No lost updates.** Appointments and the settings have an \`ETag\`. Send it as \`If-Match\`, and your change is refused if they have changed since you read them.
- **Pagination.** If a list has more results, its \`Link\` header has the next page as \`rel="next"\` (RFC 8288).
- **Typos.** Unknown fields and query parameters are refused, never ignored.
`.trim()

const string = { type: 'string' }
const ifMatch = {
  name: 'If-Match',
  in: 'header',
  description: 'The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)',
  schema: { type: 'string', pattern: '^(\\*|(W/)?"\\d{1,9}(-[0-9a-f]{8})?")$' },
  example: '"3"',
}

export const parameters = {
  'Idempotency-Key': {
    name: 'Idempotency-Key',
    in: 'header',
    description: '1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.',
    schema: {
      type: 'string',
      pattern: '^("([ !#-\\[\\]-~]|\\\\["\\\\]){1,255}"|[!#-+\\--:<-\\[\\]-~]{1,255})$',
    },
    example: '"8e03978e-40d5-43e8-bc93-6894a57f9324"',
  },
  'If-None-Match': {
    name: 'If-None-Match',
    in: 'header',
    description: 'The `ETag` of your copy. If it is still current, you get a 304 without a body.',
    schema: string,
    example: '"3"',
  },
  'If-Match': ifMatch,
  'Required-If-Match': { ...ifMatch, required: true },
}

export const headers = {
  'X-Request-Id': {
    description: 'Identifies this request in our logs. Include it when you contact us.',
    required: true,
    schema: string,
    example: '8e03978e-40d5-43e8-bc93-6894a57f9324',
  },
  ETag: {
    description:
      'The version of what you read. Send it as `If-None-Match` when you read it again, or as `If-Match` when you change it.',
    required: true,
    schema: string,
    example: '"3"',
  },
  Location: {
    description: 'The path of what was created',
    required: true,
    schema: string,
    example: '/api/v1/appointments/42',
  },
  'Content-Disposition': {
    description: 'Suggests a file name (RFC 6266). It contains no person’s name.',
    required: true,
    schema: string,
    example: 'attachment; filename="patient-3-2026-11-28.json"',
  },
  Deprecation: {
    description: 'Since when a field of the answer is deprecated (RFC 9745)',
    schema: string,
    example: '@1795910400',
  },
  Sunset: {
    description: 'When the deprecated field goes (RFC 8594)',
    schema: string,
    example: 'Tue, 30 Nov 2027 00:00:00 GMT',
  },
  'RateLimit-Policy': {
    description: 'The limit that applies, in requests per minute (draft-ietf-httpapi-ratelimit-headers)',
    schema: string,
    example: '"read";q=300;w=60',
  },
  RateLimit: {
    description: 'What is left of the limit. Only sent when nothing is left.',
    schema: string,
    example: '"read";r=0;t=60',
  },
  Link: {
    description: 'The next page (RFC 8288). The last page has none.',
    schema: string,
    example: '</api/v1/slots?visit_type_id=1&cursor=W10.c2lnbmVk>; rel="next"',
  },
  'Retry-After': {
    description: 'How many seconds to wait before you retry',
    schema: { type: 'integer', minimum: 0 },
    example: 5,
  },
  'WWW-Authenticate': {
    description: 'How to authenticate (RFC 6750)',
    required: true,
    schema: string,
    example: 'Bearer realm="AloBooking"',
  },
}
