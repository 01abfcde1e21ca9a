import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Refusal } from '../clinic/refusals.ts'
import type { HttpRefusal } from '../http/refuse.ts'
import { locationProblems } from './location-problems.ts'
import { messageProblems } from './message-problems.ts'
import { patientProblems } from './patient-problems.ts'
import { requestProblems } from './request-problems.ts'
import { seriesProblems } from './series-problems.ts'
import { sessionProblems } from './session-problems.ts'

/** An unknown cursor is an `invalid` parameter. */
export type ProblemCode = Refusal | Exclude<HttpRefusal, 'unknown_cursor'> | 'would_strand'

interface Problem {
  status: ContentfulStatusCode
  title: string
  /** What to do next. */
  detail: string
  /** Adds the clinic's number to the detail. */
  callsClinic?: true
}

/** Every problem the API can answer, by the stable code that clients decide on. */
export const problems: Record<ProblemCode, Problem> = {
  ...patientProblems,
  ...messageProblems,
  ...seriesProblems,
  ...locationProblems,
  slot_taken: {
    status: 409,
    title: 'The doctor already has an appointment at that time',
    detail:
      'Choose another time. `next_free_start_at` is the next free start on that day; if it is null, choose another day.',
  },
  patient_busy: {
    status: 409,
    title: 'The patient already has an appointment at that time',
    detail: 'Choose another time, or first cancel or move the other appointment.',
  },
  resource_taken: {
    status: 409,
    title: 'A colleague, room or device that is needed is not free at that time',
    detail:
      'Choose another time. `next_free_start_at` is the next start on that day that suits everyone; if it is null, choose another day.',
  },
  outside_hours: {
    status: 422,
    title: 'The time is outside the doctor’s hours',
    detail:
      'Choose a time that lies entirely within the doctor’s hours. The front desk can send `override_reason` to book it anyway.',
  },
  off_grid: {
    status: 422,
    title: 'Appointments cannot start at that time',
    detail: 'Use a `start_at` from `GET /api/v1/doctors/{id}/slots`.',
  },
  short_notice: {
    status: 422,
    title: 'The time is too soon for this visit type',
    detail: 'Choose a start at least `notice_minutes` from now; the visit type sets that number.',
  },
  beyond_horizon: {
    status: 422,
    title: 'The time is too far ahead for this visit type',
    detail:
      'Choose a start within the next `horizon_days` days; the visit type sets that number. The front desk can send `override_reason` to book it anyway.',
  },
  day_full: {
    status: 422,
    title: 'The doctor takes no more appointments of this visit type that day',
    detail: 'Choose another day or another doctor.',
  },
  not_offered: {
    status: 422,
    title: 'The doctor does not offer this visit type',
    detail:
      '`offered` lists the visit types of the doctor, with their lengths. Send the `visit_type_id` of one, or ask the front desk to book another for you. Groups have no free times: see `GET /api/v1/sessions`.',
  },
  ...sessionProblems,
  in_the_past: {
    status: 422,
    title: 'The time is in the past',
    detail: 'Choose a start in the future.',
  },
  approval_needed: {
    status: 422,
    title: 'The clinic has to approve this visit type first',
    detail: 'Book it as a new appointment, or ask the front desk to change this one.',
  },
  too_late: {
    status: 422,
    title: 'It is too late to change the appointment',
    detail: 'Call the clinic: the front desk can still change it.',
    callsClinic: true,
  },
  not_yet: {
    status: 422,
    title: 'The appointment has not started',
    detail: 'Try again after `start_at`.',
  },
  not_today: {
    status: 422,
    title: 'This cannot be done today',
    detail: 'Take walk-ins and check in on the day of the appointment; undo a change on the day it was made.',
  },
  wrong_status: {
    status: 409,
    title: 'The status of the appointment does not allow this',
    detail: 'Read the appointment again: its status may have changed.',
  },
  nothing_to_undo: {
    status: 409,
    title: 'There is nothing to undo',
    detail:
      'The last change was not made by the clinic, or cannot be undone. `GET /api/v1/appointments/{id}/events` lists the changes.',
  },
  language_not_offered: {
    status: 422,
    title: 'The default language is none of the clinic’s languages',
    detail: 'Choose a `messages_language` that is in `languages`, or add it there.',
  },
  too_many_holds: {
    status: 409,
    title: 'The account already holds as many slots as it may',
    detail: 'Book one of them, or release one with `DELETE /api/v1/holds/{id}`.',
  },
  too_many_appointments: {
    status: 409,
    title: 'The account has as many open appointments as it may book online',
    detail: 'Cancel one that is no longer needed, or call the clinic: the front desk can book more.',
    callsClinic: true,
  },
  hold_expired: {
    status: 409,
    title: 'The hold has expired',
    detail: 'Hold the slot again if it is still free, or choose another one.',
  },
  already_extended: {
    status: 409,
    title: 'The hold has already been extended once',
    detail: 'Book it before `expires_at`.',
  },
  not_your_patient: {
    status: 403,
    title: 'Your account cannot act for this patient',
    detail: 'Use a patient of your account, or leave `patient_id` out to book for yourself.',
  },
  last_admin: {
    status: 409,
    title: 'The account is the last admin',
    detail: 'Make another account an admin first.',
  },
  invalid: {
    status: 422,
    title: 'Some values are missing or invalid',
    detail: 'Fix the fields listed in `errors`.',
  },
  ...requestProblems,
}

interface Particulars {
  detail?: string
  /** By JSON pointer in a body, by parameter in a query. */
  errors?: ({ pointer: string; detail: string } | { parameter: string; detail: string })[]
  [extension: string]: unknown
}

export function isProblemCode(written: string): written is ProblemCode {
  return Object.hasOwn(problems, written)
}

/** Answers RFC 9457 `application/problem+json`; `type` is the page that explains the code. */
export function problem(c: Context, code: ProblemCode, particulars: Particulars = {}): Response {
  const { status, title, ...known } = problems[code]
  const detail = known.callsClinic ? `${known.detail} Its number is ${c.get('clinicPhone')}.` : known.detail
  const body = { type: `/api/problems/${code}`, title, status, detail, code, ...particulars }
  c.set('refusal', code)
  // RFC 6750, 3.
  if (code === 'not_signed_in') c.header('WWW-Authenticate', 'Bearer realm="AloBooking"')
  if (code === 'unknown_key') c.header('WWW-Authenticate', 'Bearer realm="AloBooking", error="invalid_token"')
  return c.json(body, status, { 'Content-Type': 'application/problem+json' })
}
