import type { Appointment } from '../../../clinic/appointments/find.ts'
import type { UndoRefusal } from '../../../clinic/appointments/undo-last.ts'
import type { LastChange } from '../../../clinic/messages/read-desk-appointment.ts'
import type { BookingRefusal, ChangeRefusal } from '../../../clinic/refusals.ts'

/** What one press on the page asks for. */
export type Press =
  | 'arrival'
  | 'start'
  | 'completion'
  | 'no-show'
  | 'undo'
  | 'cancellation'
  | 'note'
  | 'confirmation'
  | 'decline'
  | 'visit-type'

export type PressRefusal = 'too_late' | 'not_yet' | 'not_today' | 'wrong_status' | 'stale'

/** What the page has to say about what was just asked of it. */
export interface Said {
  /** Someone changed the appointment in between, so nothing was done. */
  changed?: { press: Press; text: string }
  refused?: { press: Press; refusal: PressRefusal }
  notUndone?: UndoRefusal
  /** Why it did not get the visit type that was chosen. */
  typeRefused?: {
    refusal: BookingRefusal | ChangeRefusal
    visitTypeId: number
    overrideReason?: string | undefined
  }
  /** What is wrong with a field: its message, by the form it is in. */
  problems?: Partial<
    Record<'cancellation' | 'note' | 'identity' | 'decline' | 'message' | 'visitType', string>
  >
}

interface Moment {
  now: Date
  isToday: boolean
  undo: LastChange | null
}

/** What staff may press, by its status: what comes next first. */
export function pressesFor(appointment: Appointment, moment: Moment): Press[] {
  const { status, startedAt, awaitsApproval, capacity } = appointment
  const undoing: Press[] = isUndoable(moment.undo) ? ['undo'] : []
  if (capacity !== null) return []
  if (awaitsApproval) return ['confirmation', 'decline', ...undoing]
  if (status === 'booked') return [...firstSteps(appointment, moment), ...undoing, 'cancellation']
  if (status === 'arrived')
    return [...(startedAt ? [] : (['start'] as const)), 'completion', ...undoing, 'cancellation']
  return undoing
}

function firstSteps({ startAt }: Appointment, { now, isToday }: Moment): Press[] {
  return [...(isToday ? (['arrival'] as const) : []), ...(startAt <= now ? (['no-show'] as const) : [])]
}

/** Where an undo is not even offered. */
const isOver = ['nothing_to_undo', 'not_today', 'hold_expired', 'wrong_status', 'patient_erased']
const isUndoable = (undo: LastChange | null) => undo !== null && !isOver.includes(undo.verdict ?? '')
