import { type ProblemCode, problems } from '../problem.ts'
import type { Operation } from './operation.ts'

/** What anybody may be told, whatever they ask. */
const always: ProblemCode[] = [
  'unknown_key',
  'not_acceptable',
  'too_many_requests',
  'unavailable',
  'internal',
]
const ofChanges: ProblemCode[] = [
  'not_signed_in',
  'malformed_key',
  'key_reused',
  'still_running',
  'too_large',
]
const ofBodies: ProblemCode[] = ['malformed_json', 'unsupported_media_type', 'invalid']

/** Every code with which an operation says no: its own, and those that follow from how it is asked. */
export function codesOf(method: string, address: string, operation: Operation): ProblemCode[] {
  const { right, query, body, ifMatch, refusals = [] } = operation
  const codes = new Set<ProblemCode>([
    ...refusals,
    ...always,
    ...(method === 'GET' ? [] : ofChanges),
    ...(method === 'GET' || ifMatch ? [] : (['no_version'] as const)),
    ...(body ? ofBodies : []),
    ...(query ? (['invalid'] as const) : []),
    ...(right ? (['not_signed_in', 'forbidden'] as const) : []),
    ...(address.includes('{') ? (['not_found'] as const) : []),
    ...(ifMatch === 'required' ? (['precondition_required'] as const) : []),
  ])
  return (Object.keys(problems) as ProblemCode[]).filter((code) => codes.has(code))
}

/** The answers in which an operation says no, by their status; each is put once among `responses`. */
export function refusingAnswers(codes: ProblemCode[], responses: Record<string, object>) {
  const byStatus = Map.groupBy(codes, (code) => problems[code].status)
  const answers = [...byStatus].map(([status, codes]) => {
    const name = codes.join('.')
    responses[name] ??= refusingAnswer(codes)
    return [status, { $ref: `#/components/responses/${name}` }]
  })
  return Object.fromEntries(answers)
}

function refusingAnswer(codes: ProblemCode[]) {
  return {
    description: codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
    headers: headersOf(codes),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            { type: 'object', properties: { code: { type: 'string', enum: codes } } },
          ],
        },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  }
}

/** What every answer has. */
export const headersOfAll = {
  'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' },
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimit-Policy' },
}

function headersOf(codes: ProblemCode[]) {
  const saysWhen: ProblemCode[] = ['too_many_requests', 'unavailable', 'still_running']
  const isAbout = (asked: ProblemCode[]) => codes.some((code) => asked.includes(code))
  return {
    ...headersOfAll,
    ...(isAbout(['too_many_requests']) && { RateLimit: { $ref: '#/components/headers/RateLimit' } }),
    ...(isAbout(saysWhen) && { 'Retry-After': { $ref: '#/components/headers/Retry-After' } }),
    ...(isAbout(['not_signed_in', 'unknown_key']) && {
      'WWW-Authenticate': { $ref: '#/components/headers/WWW-Authenticate' },
    }),
  }
}

/** What each refusal adds to the members of RFC 9457. */
const particulars: Partial<Record<ProblemCode, object>> = {
  invalid: { errors: [{ pointer: '/appointment/start_at', detail: 'is required' }] },
  slot_taken: { next_free_start_at: '2026-11-23T02:30:00.000Z' },
  wrong_status: { appointment_status: 'cancelled' },
}

/** One for each code that an operation answers. */
export function problemExamples() {
  // The address of an operation does not answer it: another method of that address does.
  const { method_not_allowed: _, ...answered } = problems
  return Object.fromEntries(
    Object.entries(answered).map(([code, { status, title, detail }]) => {
      const body = { type: `/api/problems/${code}`, title, status, detail, code }
      return [code, { summary: title, value: { ...body, ...particulars[code as ProblemCode] } }]
    }),
  )
}
