import * as z from 'zod'
import type { bookAppointment } from '../../clinic/appointments/book.ts'
import type { bookHold } from '../../clinic/appointments/book-hold.ts'
import type { joinSession } from '../../clinic/appointments/join-session.ts'
import type { rescheduleAppointment } from '../../clinic/appointments/reschedule.ts'
import type { takeWalkIn } from '../../clinic/appointments/walk-in.ts'
import { closed, id, minute } from '../../clinic/shapes.ts'
import { appointment, visitTypeChosen } from '../appointment-answers.ts'
import { appointmentsSearch, bookingBody, movingBody } from '../appointments.ts'
import { walkInBody } from '../walk-ins.ts'
import { appointmentExample, choiceExample } from './appointment-examples.ts'
import { type Answer, refusalsOf, type Section } from './operation.ts'
import { anyTimeRefusal, overrideSaid, wishFieldsSaid } from './wish.ts'

const { hold_id: _, session_id: __, ...slotFields } = bookingBody.shape.appointment.in.shape
const { patient_id, reason_for_visit } = slotFields

/** Holds and sessions already have everything but the patient and the reason. */
const booking = z.strictObject({
  appointment: z.union([
    closed({ ...slotFields, start_at: minute }).meta({
      id: 'BookingOfSlot',
      description: 'Books a free time. Send a `visit_type_id`; the front desk can send an `end_at` instead.',
    }),
    closed({ hold_id: id, patient_id, reason_for_visit }).meta({
      id: 'BookingOfHold',
      description: 'Books a hold, which already has the time, the doctor and the visit type.',
    }),
    closed({ session_id: id, patient_id, reason_for_visit }).meta({
      id: 'BookingOfPlace',
      description: 'Books a place in a session, which already has the time, the doctor and the visit type.',
    }),
  ]),
})

const one = z.object({ appointment })
const example = { appointment: appointmentExample }
const shown: Answer = {
  status: 200,
  summary: 'The updated appointment',
  body: one,
  headers: ['ETag'],
  example,
}
const begun: Answer = {
  status: 201,
  summary: 'The new appointment',
  body: one.extend({ visit_type_chosen: visitTypeChosen.optional() }),
  headers: ['ETag', 'Location'],
  example: { ...example, visit_type_chosen: choiceExample },
}

export const appointments: Section = {
  name: 'Appointments',
  description: 'Book, reschedule and look up appointments.',
  operations: {
    'GET /appointments': {
      operationId: 'listAppointments',
      summary: 'List appointments, sorted by start',
      description:
        'Patients see the appointments of the people they book for, doctors their own, and the front desk all of them. Without `from`, the list starts 30 days ago. Holds are only included with `status=pending`. With `awaits_approval=true`, you get only the requests that wait for the clinic. Staff get one entry for a session; send `patient_id` or `session_id` to get the appointments of those who take part.',
      right: 'see appointments',
      query: appointmentsSearch,
      fields: {
        from: 'Only appointments that start at or after this instant',
        to: 'Only appointments that start before this instant',
        limit: 'Maximum number of results per page',
      },
      answer: {
        status: 200,
        summary: 'A page of appointments',
        body: z.object({ appointments: z.array(appointment) }),
        headers: ['Link'],
        example: { appointments: [appointmentExample] },
      },
    },
    'POST /appointments': {
      operationId: 'bookAppointment',
      summary: 'Book a free time, a hold or a place in a session',
      description:
        'When a patient books a visit type with `requires_approval`, the appointment is `pending` and waits for the clinic until `awaits_approval_until`. The database rejects any overlap with another appointment of the doctor or the patient. If another time could work, the problem includes `next_free_start_at`: the next start on that day that fits an appointment of this length. The clinic caps how many open appointments an account and its dependants may have booked online; the front desk is not capped. The last place in a session goes to one caller; the others get `session_full` with `next_sessions`.',
      right: 'book appointments',
      body: booking,
      fields: wishFieldsSaid,
      refusals: [
        'not_found',
        ...refusalsOf<typeof bookAppointment | typeof bookHold | typeof joinSession>({
          ...anyTimeRefusal,
          not_offered: true,
          in_the_past: true,
          not_your_patient: true,
          invalid: true,
          wrong_status: true,
          hold_expired: true,
          too_many_appointments: true,
          patient_inactive: true,
          phone_needed: true,
          session_needed: true,
          session_full: true,
        }),
      ],
      example: {
        appointment: { patient_id: 3, doctor_id: 7, visit_type_id: 1, start_at: '2026-11-23T09:00:00+07:00' },
      },
      answer: begun,
    },
    'GET /appointments/{id}': {
      operationId: 'getAppointment',
      summary: 'Get an appointment',
      isTagged: true,
      right: 'see appointments',
      answer: { ...shown, summary: 'The appointment' },
    },
    'PATCH /appointments/{id}': {
      operationId: 'rescheduleAppointment',
      summary: 'Reschedule an appointment',
      description:
        'Moves it to another time or doctor. The appointment keeps its id and, unless you send `end_at`, its length. If you send a length that is not its visit type’s, it loses the visit type. If the move is refused, it stays where it is. A request stays a request. Someone who takes part in a session moves to another `session_id` of the same visit type, and keeps the old place until the new one is booked.',
      right: 'change appointments',
      ifMatch: 'required',
      body: movingBody,
      fields: {
        doctor_id: 'Defaults to the current doctor',
        override_reason: overrideSaid,
      },
      refusals: refusalsOf<typeof rescheduleAppointment>({
        ...anyTimeRefusal,
        not_offered: true,
        in_the_past: true,
        session_needed: true,
        session_full: true,
        too_late: true,
        wrong_status: true,
        stale: true,
        invalid: true,
      }),
      example: { appointment: { start_at: '2026-11-24T10:30:00+07:00' } },
      answer: shown,
    },
    'POST /walk-ins': {
      operationId: 'takeWalkIn',
      summary: 'Book and check in a walk-in',
      description:
        'For a patient who is at the clinic without an appointment. Without `start_at`, it starts this minute.',
      right: 'take walk-ins',
      body: walkInBody,
      fields: wishFieldsSaid,
      refusals: [
        'not_found',
        ...refusalsOf<typeof takeWalkIn>({
          ...anyTimeRefusal,
          not_offered: true,
          in_the_past: true,
          not_your_patient: true,
          session_needed: true,
          patient_inactive: true,
          not_today: true,
          invalid: true,
        }),
      ],
      example: { walk_in: { patient_id: 3, doctor_id: 7, visit_type_id: 1 } },
      answer: { ...begun, example: { appointment: { ...appointmentExample, status: 'arrived' } } },
    },
  },
}
