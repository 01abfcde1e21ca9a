import * as z from 'zod'
import type { cancelAppointment } from '../../clinic/appointments/cancel.ts'
import type { checkIn } from '../../clinic/appointments/check-in.ts'
import type { completeAppointment } from '../../clinic/appointments/complete.ts'
import type { markNoShow } from '../../clinic/appointments/mark-no-show.ts'
import type { undo } from '../../clinic/appointments/undo.ts'
import { appointment, appointmentEvent } from '../answers.ts'
import { cancellationBody } from '../appointment-changes.ts'
import { appointmentExample, eventExample } from './examples.ts'
import { type Answer, type Operation, refusalsOf, type Section } from './operation.ts'

const standard = { wrong_status: true, stale: true } as const
type Status = (typeof appointmentExample)['status']

const changed = (status: Status): Answer => ({
  status: 200,
  summary: 'The appointment as it now is',
  body: z.object({ appointment }),
  headers: ['ETag'],
  example: { appointment: { ...appointmentExample, status } },
})

/** What is noted on the day, or taken back. */
const onTheDay = (
  operationId: string,
  summary: string,
  status: Status,
  refusals: Operation['refusals'],
): Operation => ({
  operationId,
  summary,
  description: 'What is so already is answered as it is.',
  right: 'run the day',
  ifMatch: 'optional',
  refusals: refusals ?? [],
  answer: changed(status),
})

const checkingIn = refusalsOf<typeof checkIn>({ ...standard, not_today: true })
const completing = refusalsOf<typeof completeAppointment>(standard)
const missing = refusalsOf<typeof markNoShow>({ ...standard, not_yet: true })
const undoing = refusalsOf<typeof undo>({
  ...standard,
  not_today: true,
  slot_taken: true,
  patient_busy: true,
})

export const appointmentChanges: Section = {
  name: 'The day',
  description: 'What becomes of an appointment, and what happened to it.',
  operations: {
    'POST /appointments/{id}/cancellation': {
      operationId: 'cancelAppointment',
      summary: 'Cancels an appointment',
      description:
        'A patient in time, and the front desk always, with a reason. Cancelled again it is the same.',
      right: 'change appointments',
      ifMatch: 'optional',
      body: cancellationBody,
      fields: { reason: 'The front desk must give one' },
      refusals: refusalsOf<typeof cancelAppointment>({ ...standard, too_late: true, invalid: true }),
      example: { cancellation: { reason: 'Feeling better' } },
      answer: changed('cancelled'),
    },
    'POST /appointments/{id}/arrival': onTheDay(
      'checkIn',
      'Notes that the patient is there',
      'arrived',
      checkingIn,
    ),
    'DELETE /appointments/{id}/arrival': onTheDay('undoCheckIn', 'Takes that back', 'booked', undoing),
    'POST /appointments/{id}/completion': onTheDay(
      'completeAppointment',
      'Notes that the visit is over',
      'fulfilled',
      completing,
    ),
    'DELETE /appointments/{id}/completion': onTheDay('undoCompletion', 'Takes that back', 'arrived', undoing),
    'POST /appointments/{id}/no-show': onTheDay(
      'markNoShow',
      'Notes that the patient did not come',
      'noshow',
      missing,
    ),
    'DELETE /appointments/{id}/no-show': onTheDay('undoNoShow', 'Takes that back', 'booked', undoing),
    'GET /appointments/{id}/events': {
      operationId: 'listAppointmentEvents',
      summary: 'Lists what happened to an appointment',
      description: 'From first to last: who, when, why, and what it was before and after.',
      right: 'see what happened',
      answer: {
        status: 200,
        summary: 'All that happened',
        body: z.object({ events: z.array(appointmentEvent) }),
        example: { events: [eventExample] },
      },
    },
  },
}
