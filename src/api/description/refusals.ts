import { type ProblemCode, problems } from '../problem.ts'
import { appointmentExample, sessionExample } from './appointment-examples.ts'
import { patientSummaryExample } from './examples.ts'
import type { RegisteredOperation } from './registry.ts'
import { concernedExample, conflictExample, linkedLocationExample } from './time-zones.ts'

/** Problems that every operation can answer. */
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

/** Every problem code of an operation: its own, and those that follow from its method, path and body. */
export function codesOf(operation: RegisteredOperation): ProblemCode[] {
  const { method, address, right, query, body, ifMatch, refusals = [] } = operation
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

/** The problem answers of an operation by status; each combination of codes is stored once in `responses`. */
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

/** What a problem adds to the members of RFC 9457. */
const particulars: Partial<Record<ProblemCode, object>> = {
  invalid: { errors: [{ pointer: '/appointment/start_at', detail: 'is required' }] },
  slot_taken: { next_free_start_at: '2026-11-23T02:30:00.000Z' },
  resource_taken: {
    next_free_start_at: '2026-11-23T02:30:00.000Z',
    missing: { type: 'doctor', id: 9, name: 'dr. Sari Wijaya' },
  },
  not_offered: { offered: [{ visit_type_id: 1, name: 'Consultation', minutes: 30 }] },
  session_full: { next_sessions: [sessionExample] },
  may_exist: { candidates: [patientSummaryExample] },
  identifier_taken: { holder: patientSummaryExample },
  has_future_appointments: { appointment_ids: [56] },
  would_strand: {
    stranded: [
      {
        id: 56,
        start_at: '2026-11-23T02:30:00.000Z',
        start_local: '2026-11-23T09:30',
        time_zone: 'Asia/Jakarta',
      },
    ],
  },
  wrong_status: { appointment_status: 'cancelled' },
  already_merged: { moved_to: 3 },
  appointments_overlap: { overlap: [appointmentExample, { ...appointmentExample, id: 57, doctor_id: 9 }] },
  keeps_needed: { concerned: concernedExample },
  clock_times_taken: { conflict_count: 1, conflicts: [conflictExample] },
  doctors_elsewhere: { locations: [linkedLocationExample] },
  records_differ: { differing: ['birth_date', 'nik'] },
}

/** One example for each code. */
export function problemExamples() {
  // No operation answers this one: only a method that the path lacks does.
  const { method_not_allowed: _, ...answered } = problems
  return Object.fromEntries(
    Object.entries(answered).map(([code, { status, title, detail }]) => {
      const body = { type: `/api/problems/${code}`, title, status, detail, code }
      return [code, { summary: title, value: { ...body, ...particulars[code as ProblemCode] } }]
    }),
  )
}
