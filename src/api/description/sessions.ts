import * as z from 'zod'
import type { beginSession } from '../../clinic/appointments/begin-session.ts'
import type { cancelSession, moveSession, resizeSession } from '../../clinic/appointments/change-session.ts'
import { session } from '../appointment-answers.ts'
import {
  resizingBody,
  sessionBody,
  sessionCancellationBody,
  sessionMovingBody,
  sessionsSearch,
} from '../sessions.ts'
import { appointmentExample, sessionExample } from './appointment-examples.ts'
import { type Answer, refusalsOf, type Section } from './operation.ts'
import { anyTimeRefusal } from './wish.ts'

const shown: Answer = {
  status: 200,
  summary: 'The session',
  body: z.object({ session }),
  example: { session: sessionExample },
}
const override_reason = 'Allows a time outside the doctor’s hours, and records why'

export const sessions: Section = {
  name: 'Sessions',
  description:
    'Groups: a session is a time at which a doctor sees several patients, each with a place. To book or hold a place, send `session_id` to `POST /appointments` or `POST /holds`. Each patient gets an appointment of their own and does not see who else takes part.',
  operations: {
    'GET /sessions': {
      operationId: 'listSessions',
      summary: 'List sessions, sorted by start',
      description:
        'The sessions that can be booked now, with how many places are left. Staff get all sessions, including cancelled ones.',
      query: sessionsSearch,
      fields: {
        from: 'Only sessions that start at or after this instant. If it is missing or in the past, the list starts now; staff can look back.',
        to: 'Only sessions that start before this instant',
        limit: 'Maximum number of results per page',
      },
      answer: {
        status: 200,
        summary: 'A page of sessions',
        body: z.object({ sessions: z.array(session) }),
        headers: ['Link'],
        example: { sessions: [sessionExample] },
      },
    },
    'POST /sessions': {
      operationId: 'beginSession',
      summary: 'Set up a session',
      description:
        'Takes the doctor once for everyone, for the length of the visit type, which must have a `capacity`.',
      right: 'manage sessions',
      body: sessionBody,
      fields: {
        capacity: 'Defaults to that of the visit type',
        override_reason,
      },
      refusals: [
        'not_found',
        ...refusalsOf<typeof beginSession>({
          ...anyTimeRefusal,
          not_offered: true,
          not_a_group: true,
          in_the_past: true,
          patient_inactive: true,
          invalid: true,
        }),
      ],
      example: { session: { doctor_id: 7, visit_type_id: 1, start_at: '2026-11-23T09:00:00+07:00' } },
      answer: { ...shown, status: 201, summary: 'The new session', headers: ['Location'] },
    },
    'GET /sessions/{id}': {
      operationId: 'getSession',
      summary: 'Get a session and who takes part',
      description: 'Doctors see their own.',
      isTagged: true,
      right: 'see participants',
      answer: {
        ...shown,
        example: {
          session: {
            ...sessionExample,
            participants: [{ ...appointmentExample, session_id: sessionExample.id }],
          },
        },
      },
    },
    'PATCH /sessions/{id}': {
      operationId: 'resizeSession',
      summary: 'Change how many may take part',
      right: 'manage sessions',
      body: resizingBody,
      refusals: refusalsOf<typeof resizeSession>({ too_few_places: true, wrong_status: true, stale: true }),
      example: { session: { capacity: 10 } },
      answer: shown,
    },
    'POST /sessions/{id}/cancellation': {
      operationId: 'cancelSession',
      summary: 'Cancel a session',
      description:
        'Cancels the appointments of all who take part, too: all of them or none. Cancelling twice changes nothing.',
      right: 'manage sessions',
      body: sessionCancellationBody,
      fields: { reason: 'Kept in the history of each appointment' },
      refusals: refusalsOf<typeof cancelSession>({ too_late: true, wrong_status: true, stale: true }),
      example: { cancellation: { reason: 'The trainer is ill' } },
      answer: { ...shown, example: { session: { ...sessionExample, status: 'cancelled' } } },
    },
    'POST /sessions/{id}/rescheduling': {
      operationId: 'moveSession',
      summary: 'Move a session',
      description:
        'Moves it to another time or doctor with everyone who takes part: all of them or none. If some of them, or people who come with them, aren’t free then, you get `patient_busy`, and `appointment_ids` lists their appointments in this session.',
      right: 'manage sessions',
      body: sessionMovingBody,
      fields: { doctor_id: 'Defaults to the current doctor', override_reason },
      refusals: refusalsOf<typeof moveSession>({
        ...anyTimeRefusal,
        not_offered: true,
        in_the_past: true,
        session_needed: true,
        too_late: true,
        wrong_status: true,
        stale: true,
        invalid: true,
      }),
      example: { rescheduling: { start_at: '2026-11-24T09:00:00+07:00' } },
      answer: shown,
    },
  },
}
