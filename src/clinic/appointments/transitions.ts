import type { EventKind } from '../events.ts'
import type { Appointment } from './find.ts'

type Status = Appointment['status']

interface Transition {
  from: readonly Status[]
  to: Status
  event: EventKind
}

/** Every way in which an appointment begins (FHIR R4's statuses). */
export const beginnings = {
  hold: { to: 'pending', event: 'appointment.held' },
  book: { to: 'booked', event: 'appointment.booked' },
  'walk in': { to: 'arrived', event: 'appointment.walked_in' },
} as const satisfies Record<string, Omit<Transition, 'from'>>

export type Beginning = keyof typeof beginnings

/** Every way in which it may go on from there, in one place. */
export const transitions = {
  extend: { from: ['pending'], to: 'pending', event: 'appointment.extended' },
  release: { from: ['pending'], to: 'cancelled', event: 'appointment.released' },
  'book hold': { from: ['pending'], to: 'booked', event: 'appointment.booked' },
  reschedule: { from: ['booked'], to: 'booked', event: 'appointment.rescheduled' },
  cancel: { from: ['booked', 'arrived'], to: 'cancelled', event: 'appointment.cancelled' },
  'check in': { from: ['booked'], to: 'arrived', event: 'appointment.arrived' },
  'undo check-in': { from: ['arrived'], to: 'booked', event: 'appointment.reopened' },
  complete: { from: ['arrived'], to: 'fulfilled', event: 'appointment.fulfilled' },
  'undo completion': { from: ['fulfilled'], to: 'arrived', event: 'appointment.reopened' },
  'mark no-show': { from: ['booked'], to: 'noshow', event: 'appointment.missed' },
  'undo no-show': { from: ['noshow'], to: 'booked', event: 'appointment.reopened' },
} as const satisfies Record<string, Transition>

export type Verb = keyof typeof transitions

/** Whether an appointment of that status has its time, as the generated columns say. */
export function occupies(status: Status): boolean {
  return status !== 'cancelled' && status !== 'noshow'
}
