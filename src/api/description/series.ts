import * as z from 'zod'
import type { bookSeries } from '../../clinic/series/book.ts'
import type { cancelSeries } from '../../clinic/series/cancel.ts'
import type { previewSeries } from '../../clinic/series/preview.ts'
import type { rescheduleSeries } from '../../clinic/series/reschedule.ts'
import { seriesBody, seriesCancellationBody, seriesReschedulingBody } from '../series.ts'
import { plannedDate, series as seriesShape } from '../series-answers.ts'
import { appointmentExample, plannedDateExample, seriesExample } from './appointment-examples.ts'
import { type Answer, refusalsOf, type Section } from './operation.ts'

const planned = { invalid: true, not_offered: true, patient_inactive: true } as const

const fieldsSaid = {
  minutes: 'How long each takes. Required without a `visit_type_id`; otherwise it replaces that length.',
  start_at:
    'The first start: an instant, or a local time at the location. All others have the same local time, before and after a clock change.',
  every: 'Repeat every so many days or weeks',
  weekdays: 'ISO 8601: 1 is Monday. Only with `week`; defaults to the weekday of `start_at`.',
  count: 'How many dates the rule has. Send this or `until`.',
  until: 'The last day on which an appointment may fall',
  skip: 'Dates of the rule to leave out. They still count: ten dates with one left out make nine appointments.',
  changes: 'Another start for single dates of the rule, such as an alternative from the preview',
  override_reason:
    'Allows dates outside the doctor’s hours or beyond the horizon. It is recorded for those dates only.',
  reason_for_visit: 'In the patient’s own words',
}

const example = {
  series: {
    patient_id: 3,
    doctor_id: 7,
    visit_type_id: 1,
    start_at: '2026-11-23T09:00:00+07:00',
    rule: { every: 1, unit: 'week', count: 10 },
  },
}

const shown: Answer = {
  status: 200,
  summary: 'The series',
  body: z.object({ series: seriesShape }),
  headers: ['ETag'],
  example: { series: seriesExample },
}

const changeSaid = {
  from: 'The id of an appointment of the series',
  scope: '`this`: only that appointment; `following`: that one and all that follow it',
}

export const series: Section = {
  name: 'Series',
  description: 'Book a course of treatment in one call, and change what is left of it. Front desk only.',
  operations: {
    'POST /series': {
      operationId: 'bookSeries',
      summary: 'Book a series of appointments',
      description:
        'Books at most 52 appointments: all of them or none. If a date is refused, you get `dates_refused` with the refused dates and up to three free times near each.',
      right: 'plan series',
      body: seriesBody,
      fields: fieldsSaid,
      refusals: ['not_found', ...refusalsOf<typeof bookSeries>({ ...planned, dates_refused: true })],
      example,
      answer: { ...shown, status: 201, summary: 'The new series', headers: ['ETag', 'Location'] },
    },
    'POST /series/preview': {
      operationId: 'previewSeries',
      summary: 'Preview a series of appointments',
      description:
        'Returns every date, with its conflict if it has one, and free times near it. Books nothing.',
      right: 'plan series',
      body: seriesBody,
      fields: fieldsSaid,
      refusals: ['not_found', ...refusalsOf<typeof previewSeries>(planned)],
      example,
      answer: {
        status: 200,
        summary: 'Every date, sorted by start',
        body: z.object({ dates: z.array(plannedDate) }),
        example: { dates: [plannedDateExample] },
      },
    },
    'GET /series/{id}': {
      operationId: 'getSeries',
      summary: 'Get a series with its appointments',
      description: 'Patients and doctors see the appointments that are their own.',
      isTagged: true,
      right: 'see appointments',
      answer: shown,
    },
    'POST /series/{id}/rescheduling': {
      operationId: 'rescheduleSeries',
      summary: 'Move an appointment of a series, or that one and all that follow it',
      description:
        'Moves all of them by the same amount of local time as the one in `from`, or none. Appointments that have begun, are over or are cancelled stay as they are. If one cannot move, you get `dates_refused` with its `appointment_id`.',
      right: 'plan series',
      ifMatch: 'optional',
      body: seriesReschedulingBody,
      fields: {
        ...changeSaid,
        start_at: 'The new start of the appointment in `from`: an instant, or a local time at the location',
        doctor_id: 'Defaults to the current doctor. Send this, `start_at` or both.',
        override_reason: 'Allows times outside the doctor’s hours, and records why',
      },
      refusals: refusalsOf<typeof rescheduleSeries>({
        stale: true,
        wrong_status: true,
        not_offered: true,
        dates_refused: true,
      }),
      example: {
        rescheduling: {
          from: appointmentExample.id,
          scope: 'following',
          start_at: '2026-11-24T10:30:00+07:00',
        },
      },
      answer: { ...shown, summary: 'The series as it is now' },
    },
    'POST /series/{id}/cancellation': {
      operationId: 'cancelSeries',
      summary: 'Cancel an appointment of a series, or that one and all that follow it',
      description:
        'Their time is free at once. Appointments that have begun or are over stay as they are. Cancelling twice changes nothing.',
      right: 'plan series',
      ifMatch: 'optional',
      body: seriesCancellationBody,
      fields: { ...changeSaid, reason: 'Kept in the history of each appointment' },
      refusals: refusalsOf<typeof cancelSeries>({ stale: true, wrong_status: true }),
      example: {
        cancellation: { from: appointmentExample.id, scope: 'following', reason: 'Feeling better' },
      },
      answer: { ...shown, summary: 'The series as it is now' },
    },
  },
}
