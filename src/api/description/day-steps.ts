import * as z from 'zod'
import type { checkIn } from '../../clinic/appointments/check-in.ts'
import type { completeAppointment } from '../../clinic/appointments/complete.ts'
import type { markNoShow } from '../../clinic/appointments/mark-no-show.ts'
import type { startAppointment } from '../../clinic/appointments/start.ts'
import type { undo } from '../../clinic/appointments/undo.ts'
import { appointment } from '../appointment-answers.ts'
import { appointmentExample } from './appointment-examples.ts'
import { type Answer, type Operation, refusalsOf } from './operation.ts'

/** What every change may be refused for. */
export const standard = { wrong_status: true, stale: true } as const
type Status = (typeof appointmentExample)['status']

export const changed = (status: Status): Answer => ({
  status: 200,
  summary: 'The updated appointment',
  body: z.object({ appointment }),
  headers: ['ETag'],
  example: { appointment: { ...appointmentExample, status } },
})

/** A step of the day, or its undo: from one status to another. */
const onTheDay = (
  operationId: string,
  summary: string,
  [from, to]: [from: Status, to: Status],
  refusals: Operation['refusals'],
): Operation => ({
  operationId,
  summary,
  description: 'If nothing is left to change, you get the appointment as it is.',
  right: 'run the day',
  ifMatch: 'optional',
  refusals: refusals ?? [],
  appointment: { status: from, isToday: true },
  answer: changed(to),
})

const checkingIn = refusalsOf<typeof checkIn>({ ...standard, not_today: true })
const starting = refusalsOf<typeof startAppointment>(standard)
const completing = refusalsOf<typeof completeAppointment>(standard)
const missing = refusalsOf<typeof markNoShow>({ ...standard, not_yet: true })
const undoing = refusalsOf<typeof undo>({
  ...standard,
  not_today: true,
  slot_taken: true,
  patient_busy: true,
  session_full: true,
})

export const daySteps = {
  'POST /appointments/{id}/arrival': onTheDay(
    'checkIn',
    'Check a patient in',
    ['booked', 'arrived'],
    checkingIn,
  ),
  'DELETE /appointments/{id}/arrival': onTheDay(
    'undoCheckIn',
    'Undo a check-in',
    ['arrived', 'booked'],
    undoing,
  ),
  'POST /appointments/{id}/start': onTheDay(
    'startAppointment',
    'Start: the doctor sees the patient',
    ['arrived', 'arrived'],
    starting,
  ),
  'DELETE /appointments/{id}/start': onTheDay('undoStart', 'Undo a start', ['arrived', 'arrived'], undoing),
  'POST /appointments/{id}/completion': onTheDay(
    'completeAppointment',
    'Complete an appointment',
    ['arrived', 'fulfilled'],
    completing,
  ),
  'DELETE /appointments/{id}/completion': onTheDay(
    'undoCompletion',
    'Undo a completion',
    ['fulfilled', 'arrived'],
    undoing,
  ),
  'POST /appointments/{id}/no-show': onTheDay('markNoShow', 'Mark a no-show', ['booked', 'noshow'], missing),
  'DELETE /appointments/{id}/no-show': onTheDay(
    'undoNoShow',
    'Undo a no-show',
    ['noshow', 'booked'],
    undoing,
  ),
} satisfies Record<string, Operation>
