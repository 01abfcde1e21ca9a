import type { HistoryEvent, HistoryFacts } from '../../../clinic/messages/read-desk-appointment.ts'
import { formatDay, formatTime } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { shownName } from '../../ui/patient-name.tsx'
import { initialed } from '../hidden-name.tsx'

/** What happened, in plain words. */
export function eventWords(copy: Copy, event: HistoryEvent): string {
  const words = copy.desk.appointment.history.change
  const { kind, became } = event
  const starts = whenOf(copy, became)
  switch (kind) {
    case 'appointment.held':
      return words.held(starts)
    case 'appointment.requested':
      return words.requested(starts)
    case 'appointment.booked':
      return words.booked(starts)
    case 'appointment.walked_in':
      return words.walkedIn(formatTime(became.startLocal, copy.language))
    case 'appointment.rescheduled':
      return moveWords(copy, event)
    case 'appointment.visit_type_changed':
      return typeWords(copy, event)
    case 'appointment.reassigned':
      return patientWords(copy, event)
    case 'appointment.cancelled':
      return event.undoes === null ? words.cancelled : words.bookingUndone
    case 'appointment.reopened':
      return words.reopened(copy.desk.appointment.statuses[became.status].toLowerCase())
    case 'appointment.noted':
      return event.reason === null ? words.noteCleared : words.noted
    default:
      return words[plain[kind]]
  }
}

const plain = {
  'appointment.extended': 'extended',
  'appointment.released': 'released',
  'appointment.confirmed': 'confirmed',
  'appointment.declined': 'declined',
  'appointment.lapsed': 'lapsed',
  'appointment.arrived': 'arrived',
  'appointment.started': 'started',
  'appointment.start_undone': 'startUndone',
  'appointment.fulfilled': 'fulfilled',
  'appointment.missed': 'missed',
  'appointment.people_changed': 'people',
  'appointment.resized': 'resized',
  'appointment.time_zone_corrected': 'timeZone',
} as const

/** With the day, as long as nothing says that it is the same. */
function whenOf(copy: Copy, { startLocal }: HistoryFacts, day?: string): string {
  const time = formatTime(startLocal, copy.language)
  return startLocal.slice(0, 10) === day ? time : `${formatDay(startLocal, copy.language)}, ${time}`
}

function moveWords(copy: Copy, { was, became, undoes }: HistoryEvent): string {
  const words = copy.desk.appointment.history.change
  if (!was) return words.booked(whenOf(copy, became))
  const isSameDay = was.startLocal.slice(0, 10) === became.startLocal.slice(0, 10)
  const ends = [was, became].map((facts) => {
    const when = whenOf(copy, facts, isSameDay ? was.startLocal.slice(0, 10) : undefined)
    return was.doctor === became.doctor ? when : words.withDoctor(when, facts.doctor ?? '')
  })
  const [from = '', to = ''] = ends
  return undoes === null ? words.moved(from, to) : words.movedBack(from, to)
}

function typeWords(copy: Copy, { was, became, undoes }: HistoryEvent): string {
  const words = copy.desk.appointment.history.change
  const to = became.visitType ?? words.none
  return undoes === null ? words.type(was?.visitType ?? words.none, to) : words.typeBack(to)
}

/** The event without the names that its words could say. */
export function withInitials(event: HistoryEvent): HistoryEvent {
  const brief = (facts: HistoryFacts) => ({ ...facts, patient: facts.patient && initialed(facts.patient) })
  return { ...event, was: event.was && brief(event.was), became: brief(event.became) }
}

function patientWords(copy: Copy, { was, became, undoes }: HistoryEvent): string {
  const words = copy.desk.appointment.history.change
  const to = shownName(copy, became.patient ?? '')
  return undoes === null ? words.patient(shownName(copy, was?.patient ?? ''), to) : words.patientBack(to)
}

/** Who did it: a name with the role, or just who it was. */
export function whoDid(copy: Copy, { actor, name }: Pick<HistoryEvent, 'actor' | 'name'>): string {
  const words = copy.desk.appointment.history
  const role = words.actors[actor] ?? actor
  const isStaff = actor === 'front_desk' || actor === 'doctor' || actor === 'admin'
  return isStaff && name ? words.by(name, role) : role
}

const placing = [
  'appointment.booked',
  'appointment.walked_in',
  'appointment.rescheduled',
  'appointment.visit_type_changed',
]

/** The reason as it is meant: of a time outside the rules, or of the change itself. */
export function reasonWords(copy: Copy, { kind, reason }: HistoryEvent): string | null {
  const words = copy.desk.appointment.history
  if (reason === null) return null
  return placing.includes(kind) ? words.override(reason) : words.reason(reason)
}
