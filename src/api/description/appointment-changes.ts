import * as z from 'zod'
import type { cancelAppointment } from '../../clinic/appointments/cancel.ts'
import type { changePeople } from '../../clinic/appointments/change-people.ts'
import type { changeVisitType } from '../../clinic/appointments/change-visit-type.ts'
import type { confirmAppointment } from '../../clinic/appointments/confirm.ts'
import type { declineAppointment } from '../../clinic/appointments/decline.ts'
import type { leaveNote } from '../../clinic/appointments/note.ts'
import type { reassignAppointment } from '../../clinic/appointments/reassign.ts'
import type { undoLastChange } from '../../clinic/appointments/undo-last.ts'
import { appointmentEvent } from '../appointment-answers.ts'
import {
  cancellationBody,
  declineBody,
  noteBody,
  participantsBody,
  reassignmentBody,
  visitTypeBody,
} from '../appointment-changes.ts'
import { eventExample } from './appointment-examples.ts'
import { changed, daySteps, standard } from './day-steps.ts'
import { refusalsOf, type Section } from './operation.ts'
import { anyTimeRefusal, overrideSaid } from './wish.ts'

export const appointmentChanges: Section = {
  name: 'The day',
  description: 'Cancel, check in, start, complete, mark a no-show, undo, leave a note, and read the history.',
  operations: {
    'POST /appointments/{id}/cancellation': {
      operationId: 'cancelAppointment',
      summary: 'Cancel an appointment',
      description:
        'Patients can cancel up to `cancellation_notice_minutes` before the start. The front desk can cancel at any time, and must give a reason. Cancelling twice changes nothing.',
      right: 'change appointments',
      ifMatch: 'optional',
      body: cancellationBody,
      fields: { reason: 'Required for the front desk' },
      refusals: refusalsOf<typeof cancelAppointment>({ ...standard, too_late: true, invalid: true }),
      example: { cancellation: { reason: 'Feeling better' } },
      answer: changed('cancelled'),
    },
    'POST /appointments/{id}/confirmation': {
      operationId: 'confirmAppointment',
      summary: 'Confirm a request',
      description:
        'For an appointment that waits for approval. Doctors confirm their own. Confirming twice changes nothing.',
      right: 'run the day',
      ifMatch: 'optional',
      refusals: refusalsOf<typeof confirmAppointment>(standard),
      appointment: { status: 'pending' },
      answer: changed('booked'),
    },
    'POST /appointments/{id}/decline': {
      operationId: 'declineAppointment',
      summary: 'Decline a request',
      description:
        'For an appointment that waits for approval. It is cancelled, and its time is free at once. The patient can read the reason in `decline_reason`.',
      right: 'run the day',
      ifMatch: 'optional',
      body: declineBody,
      refusals: refusalsOf<typeof declineAppointment>(standard),
      example: { decline: { reason: 'Please bring a referral first' } },
      appointment: { status: 'pending' },
      answer: changed('cancelled'),
    },
    'POST /appointments/{id}/reassignment': {
      operationId: 'reassignAppointment',
      summary: 'Give an appointment to another patient',
      description:
        'For an appointment that was booked for the wrong person. It keeps its id, time and doctor. If the other patient has an appointment at that time, you get `patient_busy` with that appointment in `overlap`.',
      right: 'reassign appointments',
      ifMatch: 'required',
      body: reassignmentBody,
      fields: { patient_id: 'Whose appointment it should have been', reason: 'Kept in the history' },
      refusals: [
        ...refusalsOf<typeof reassignAppointment>({
          ...standard,
          patient_busy: true,
          patient_inactive: true,
          patient_erased: true,
        }),
      ],
      example: { reassignment: { patient_id: 4, reason: 'Booked for the wrong sister' } },
      answer: changed('booked'),
    },
    'PUT /appointments/{id}/participants': {
      operationId: 'changeParticipants',
      summary: 'Change who takes part',
      description:
        'Replaces the colleagues and companions of an appointment: send everyone who should take part. If one of them cannot come, nothing changes, and `missing` says who. The doctor, the patient and the people that the visit type needs stay.',
      right: 'reassign appointments',
      ifMatch: 'required',
      body: participantsBody,
      fields: {
        colleague_ids: 'Further doctors, nurses or interpreters, at most 10; none if you leave it out',
        companion_ids: 'Further patients who come along, at most 10; none if you leave it out',
        override_reason: 'Lets a colleague come outside their hours, and records why',
      },
      refusals: refusalsOf<typeof changePeople>({
        ...standard,
        patient_busy: true,
        resource_taken: true,
        outside_hours: true,
        patient_inactive: true,
        invalid: true,
      }),
      example: { participants: { companion_ids: [4] } },
      answer: changed('booked'),
    },
    'PUT /appointments/{id}/visit-type': {
      operationId: 'changeVisitType',
      summary: 'Give an appointment another visit type',
      description:
        'The start stays the same. The new visit type sets the end, the buffers, and which rooms, devices and colleagues it takes; if something is in the way, nothing changes. The rules are those of a move. Sessions and their places keep their visit type. A patient cannot change a booked appointment to a visit type with `requires_approval`; a request stays a request.',
      right: 'change appointments',
      ifMatch: 'required',
      body: visitTypeBody,
      fields: { visit_type_id: 'One that the doctor offers', override_reason: overrideSaid },
      refusals: refusalsOf<typeof changeVisitType>({
        ...standard,
        ...anyTimeRefusal,
        not_offered: true,
        in_the_past: true,
        session_needed: true,
        approval_needed: true,
        phone_needed: true,
        too_late: true,
        invalid: true,
      }),
      example: { visit_type: { visit_type_id: 2 } },
      answer: changed('booked'),
    },
    ...daySteps,
    'POST /appointments/{id}/undo': {
      operationId: 'undoLastChange',
      summary: 'Undo the last change',
      description:
        'Takes back the last change, whatever it was: a check-in, a start, a completion, a no-show, a cancellation, a decline, a confirmation, a move, another visit type or another patient. A booking or a walk-in that the clinic made is cancelled. Possible on the day of the change; cancellations and moves also until the start. If the time was taken meanwhile, nothing changes. Undoing the same version twice changes nothing.',
      right: 'run the day',
      ifMatch: 'required',
      refusals: refusalsOf<typeof undoLastChange>({
        ...standard,
        nothing_to_undo: true,
        not_today: true,
        hold_expired: true,
        patient_erased: true,
        patient_inactive: true,
        session_full: true,
        slot_taken: true,
        patient_busy: true,
        resource_taken: true,
      }),
      appointment: { status: 'arrived', isToday: true },
      answer: changed('booked'),
    },
    'PUT /appointments/{id}/note': {
      operationId: 'leaveNote',
      summary: 'Leave a note',
      description: 'For staff: patients never see it. It replaces the note before; `null` clears it.',
      right: 'run the day',
      ifMatch: 'optional',
      body: noteBody,
      fields: { note: 'At most 500 characters, or null' },
      refusals: refusalsOf<typeof leaveNote>(standard),
      example: { note: { note: 'Needs a wheelchair at the entrance' } },
      answer: changed('booked'),
    },
    'GET /appointments/{id}/events': {
      operationId: 'listAppointmentEvents',
      summary: 'List the history of an appointment',
      description:
        'Every change, oldest first: who made it, when and why, and the appointment before and after.',
      right: 'see what happened',
      answer: {
        status: 200,
        summary: 'The events, oldest first',
        body: z.object({ events: z.array(appointmentEvent) }),
        example: { events: [eventExample] },
      },
    },
  },
}
