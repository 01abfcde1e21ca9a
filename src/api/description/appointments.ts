import * as z from 'zod'
import type { bookAppointment } from '../../clinic/appointments/book.ts'
import type { bookHold } from '../../clinic/appointments/book-hold.ts'
import type { rescheduleAppointment } from '../../clinic/appointments/reschedule.ts'
import type { takeWalkIn } from '../../clinic/appointments/walk-in.ts'
import { closed, id, instant } from '../../clinic/shapes.ts'
import { appointment } from '../answers.ts'
import { appointmentsSearch, bookingBody, movingBody } from '../appointments.ts'
import { walkInBody } from '../walk-ins.ts'
import { appointmentExample } from './examples.ts'
import { type Answer, refusalsOf, type Section } from './operation.ts'
import { anyTimeRefusal, wishFieldsSaid } from './wish.ts'

const { hold_id: _, ...slotFields } = bookingBody.shape.appointment.shape
const { patient_id, reason_for_visit } = slotFields

/** The one body that is either of two: what is held says all the rest. */
const booking = z.strictObject({
  appointment: z.union([
    closed({ ...slotFields, start_at: instant }).meta({
      id: 'BookingOfSlot',
      description: 'A free time. Name a `visit_type_id`, or as the front desk an `end_at`',
    }),
    closed({ hold_id: id, patient_id, reason_for_visit }).meta({
      id: 'BookingOfHold',
      description: 'What is held: the hold says the rest',
    }),
  ]),
})

const one = z.object({ appointment })
const example = { appointment: appointmentExample }
const shown: Answer = {
  status: 200,
  summary: 'The appointment as it now is',
  body: one,
  headers: ['ETag'],
  example,
}
const begun: Answer = {
  ...shown,
  status: 201,
  summary: 'The appointment that was booked',
  headers: ['ETag', 'Location'],
}

export const appointments: Section = {
  name: 'Appointments',
  description: 'Booking, moving and looking up.',
  operations: {
    'GET /appointments': {
      operationId: 'listAppointments',
      summary: 'Lists appointments by their start',
      description:
        'One’s own, and all to the front desk; a doctor sees theirs. From 30 days ago on, unless told otherwise. Holds are listed only with `status=pending`.',
      right: 'see appointments',
      query: appointmentsSearch,
      fields: {
        from: 'Those that start at this instant or later',
        to: 'Those that start before this instant',
        limit: 'How many a page has at most',
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
      summary: 'Books a free time, or what is held',
      description:
        'PostgreSQL refuses whatever overlaps another appointment of the doctor or of the patient. A refusal that another time may overcome says in `next_free_start_at` where so long a visit fits later that day.',
      right: 'book appointments',
      body: booking,
      fields: wishFieldsSaid,
      refusals: [
        'not_found',
        ...refusalsOf<typeof bookAppointment | typeof bookHold>({
          ...anyTimeRefusal,
          not_offered: true,
          in_the_past: true,
          not_your_patient: true,
          invalid: true,
          wrong_status: true,
          hold_expired: true,
        }),
      ],
      example: { appointment: { visit_type_id: 1, doctor_id: 7, start_at: '2026-11-23T09:00:00+07:00' } },
      answer: begun,
    },
    'GET /appointments/{id}': {
      operationId: 'getAppointment',
      summary: 'Shows one appointment',
      isTagged: true,
      right: 'see appointments',
      answer: { ...shown, summary: 'The appointment' },
    },
    'PATCH /appointments/{id}': {
      operationId: 'rescheduleAppointment',
      summary: 'Moves an appointment to another time or doctor',
      description:
        'It keeps its id, and is either moved or stays. Its length stays, unless `end_at` is given.',
      right: 'change appointments',
      ifMatch: 'required',
      body: movingBody,
      fields: {
        doctor_id: 'Left out, the doctor stays',
        override_reason: 'Why it may lie outside the hours; only for the front desk',
      },
      refusals: refusalsOf<typeof rescheduleAppointment>({
        ...anyTimeRefusal,
        not_offered: true,
        in_the_past: true,
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
      summary: 'Books somebody who is there, and checks them in',
      description: 'Without `start_at` it begins at the present minute.',
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
          not_today: true,
          invalid: true,
        }),
      ],
      example: { walk_in: { patient_id: 3, doctor_id: 7, visit_type_id: 1 } },
      answer: { ...begun, example: { appointment: { ...appointmentExample, status: 'arrived' } } },
    },
  },
}
