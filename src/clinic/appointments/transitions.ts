import type { EventKind } from '../events.ts'
import type { Appointment } from './find.ts'

type Status = Appointment['status']

interface Transition {
  from: readonly Status[]
  /** Left out, the status stays. */
  to?: Status
  event: EventKind
  /** The verdicts of `judge_change` that only this verb gets. */
  refusals?: readonly ChangeVerdict[]
}

type ChangeVerdict =
  | 'too_late'
  | 'not_today'
  | 'not_yet'
  | 'hold_expired'
  | 'already_extended'
  | 'slot_taken'
  | 'patient_busy'
  | 'session_full'
  | 'too_few_places'

/** Every way in which an appointment begins (FHIR R4's statuses). */
export const beginnings = {
  hold: { to: 'pending', event: 'appointment.held' },
  book: { to: 'booked', event: 'appointment.booked' },
  'walk in': { to: 'arrived', event: 'appointment.walked_in' },
  'begin session': { to: 'booked', event: 'appointment.booked' },
} as const satisfies Record<string, Pick<Required<Transition>, 'to' | 'event'>>

export type Beginning = keyof typeof beginnings

/** Every way in which it may go on from there, in one place. */
export const transitions = {
  extend: {
    from: ['pending'],
    to: 'pending',
    event: 'appointment.extended',
    refusals: ['hold_expired', 'already_extended'],
  },
  release: { from: ['pending'], to: 'cancelled', event: 'appointment.released' },
  'book hold': { from: ['pending'], to: 'booked', event: 'appointment.booked' },
  /** This and the next keep the status: a request, too, may be moved, and stays one. */
  reschedule: { from: ['booked'], to: 'booked', event: 'appointment.rescheduled' },
  'change visit type': { from: ['booked'], to: 'booked', event: 'appointment.visit_type_changed' },
  reassign: {
    from: ['pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow'],
    event: 'appointment.reassigned',
  },
  confirm: { from: ['pending'], to: 'booked', event: 'appointment.confirmed' },
  decline: { from: ['pending'], to: 'cancelled', event: 'appointment.declined' },
  cancel: {
    // While it is a request, too.
    from: ['booked', 'arrived', 'pending'],
    to: 'cancelled',
    event: 'appointment.cancelled',
    refusals: ['too_late'],
  },
  'check in': { from: ['booked'], to: 'arrived', event: 'appointment.arrived', refusals: ['not_today'] },
  'undo check-in': {
    from: ['arrived'],
    to: 'booked',
    event: 'appointment.reopened',
    refusals: ['not_today'],
  },
  /** The doctor begins: "with the doctor", FHIR's `checked-in`. */
  start: { from: ['arrived'], to: 'arrived', event: 'appointment.started' },
  'undo start': {
    from: ['arrived'],
    to: 'arrived',
    event: 'appointment.start_undone',
    refusals: ['not_today'],
  },
  complete: { from: ['arrived'], to: 'fulfilled', event: 'appointment.fulfilled' },
  'undo completion': {
    from: ['fulfilled'],
    to: 'arrived',
    event: 'appointment.reopened',
    refusals: ['not_today'],
  },
  'mark no-show': { from: ['booked'], to: 'noshow', event: 'appointment.missed', refusals: ['not_yet'] },
  'undo no-show': {
    from: ['noshow'],
    to: 'booked',
    event: 'appointment.reopened',
    refusals: ['not_today', 'slot_taken', 'patient_busy', 'session_full'],
  },
  /** Leaves a note for the clinic's own people, or clears it. */
  note: {
    from: ['pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow'],
    event: 'appointment.noted',
  },
  /** Of a session: to give it another capacity. */
  resize: { from: ['booked'], to: 'booked', event: 'appointment.resized', refusals: ['too_few_places'] },
} as const satisfies Record<string, Transition>

export type Verb = keyof typeof transitions

/** The verbs that keep the time and the people; `judge_change` judges them. */
export type StatusVerb = Exclude<Verb, 'reschedule' | 'change visit type' | 'book hold' | 'reassign'>

export type RefusalOf<V extends StatusVerb> = (typeof transitions)[V] extends {
  refusals: readonly (infer R extends string)[]
}
  ? R
  : never

/** Whether an appointment of that status has its time, as the generated columns say. */
export function occupies(status: Status): boolean {
  return status !== 'cancelled' && status !== 'noshow'
}
