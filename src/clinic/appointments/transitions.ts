import type { EventKind } from '../events.ts'
import type { Appointment } from './find.ts'

type Status = Appointment['status']

interface Transition {
  from: readonly Status[]
  to: Status
  event: EventKind
}

/** Every way in which an appointment that is agreed may go on (FHIR R4's statuses), in one place. */
export const transitions = {
  cancel: { from: ['pending', 'booked', 'arrived'], to: 'cancelled', event: 'appointment.cancelled' },
  'check in': { from: ['booked'], to: 'arrived', event: 'appointment.arrived' },
  'undo check-in': { from: ['arrived'], to: 'booked', event: 'appointment.reopened' },
  complete: { from: ['arrived'], to: 'fulfilled', event: 'appointment.fulfilled' },
  'undo completion': { from: ['fulfilled'], to: 'arrived', event: 'appointment.reopened' },
  'mark no-show': { from: ['booked'], to: 'noshow', event: 'appointment.missed' },
  'undo no-show': { from: ['noshow'], to: 'booked', event: 'appointment.reopened' },
  reschedule: { from: ['booked'], to: 'booked', event: 'appointment.rescheduled' },
} as const satisfies Record<string, Transition>

export type Verb = keyof typeof transitions
