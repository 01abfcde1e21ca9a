export const introduction = `
A request is one JSON object under the name of what it is about, and so is an answer. Instants need an offset from UTC, and are answered in UTC, with the location's wall clock and IANA time zone beside them.

- **Keys.** \`Authorization: Bearer KEY\`. Anybody reads doctors, locations, visit types and free times.
- **No is an answer**: \`application/problem+json\` (RFC 9457) with a stable \`code\` to decide on; its \`type\` leads to what it means.
- **Once.** Every call that changes something takes an \`Idempotency-Key\` of your own, kept for 24 hours. Send a call that was not answered again, to the byte, with the same key, until it is: what the clinic decided is answered as at first, a refusal too.
- **Not over others.** An appointment has an \`ETag\`; a change with it as \`If-Match\` is refused when it is another by now.
- **Pages.** Lists end with \`Link: …; rel="next"\` when there is more (RFC 8288).
- **What is misspelt is refused**, in a body and among the parameters of an address that has some: nothing is left out unnoticed.
`.trim()

const string = { type: 'string' }
const ifMatch = {
  name: 'If-Match',
  in: 'header',
  description: 'The `ETag` of the state you have seen, or `*` for any (RFC 9110, 13.1.1)',
  schema: { type: 'string', pattern: '^(\\*|(W/)?"\\d{1,9}")$' },
  example: '"3"',
}

export const parameters = {
  'Idempotency-Key': {
    name: 'Idempotency-Key',
    in: 'header',
    description: '1 to 255 printable ASCII characters, in quotes or without; a UUID is good',
    schema: {
      type: 'string',
      pattern: '^("([ !#-\\[\\]-~]|\\\\["\\\\]){1,255}"|[!#-+\\--:<-\\[\\]-~]{1,255})$',
    },
    example: '"8e03978e-40d5-43e8-bc93-6894a57f9324"',
  },
  'If-None-Match': {
    name: 'If-None-Match',
    in: 'header',
    description: 'The `ETag` of what you have: if it is still the same, the answer is 304 without a body',
    schema: string,
    example: '"3"',
  },
  'If-Match': ifMatch,
  'Required-If-Match': { ...ifMatch, required: true },
}

export const headers = {
  'X-Request-Id': {
    description: 'Names this answer in our log',
    required: true,
    schema: string,
    example: '8e03978e-40d5-43e8-bc93-6894a57f9324',
  },
  ETag: {
    description: 'The state it is in: of an appointment for `If-Match`, of all for `If-None-Match`',
    required: true,
    schema: string,
    example: '"3"',
  },
  Location: {
    description: 'Where it is from now on',
    required: true,
    schema: string,
    example: '/api/v1/appointments/42',
  },
  'RateLimit-Policy': {
    description: 'How many requests a minute the limit allows (draft-ietf-httpapi-ratelimit-headers)',
    schema: string,
    example: '"read";q=300;w=60',
  },
  RateLimit: {
    description: 'What is left of it: nothing',
    schema: string,
    example: '"read";r=0;t=60',
  },
  Link: {
    description: 'The next page; absent on the last (RFC 8288)',
    schema: string,
    example: '</api/v1/slots?visit_type_id=1&cursor=W10.c2lnbmVk>; rel="next"',
  },
  'Retry-After': {
    description: 'After so many seconds it may be sent again',
    schema: { type: 'integer', minimum: 0 },
    example: 5,
  },
  'WWW-Authenticate': {
    description: 'How to sign in (RFC 6750)',
    required: true,
    schema: string,
    example: 'Bearer realm="AloBooking"',
  },
}
