import type { MessageAppointment, MessageOccasion } from '../clinic/messages/content.ts'
import { cityOf, formatTimeAt } from '../i18n/dates.ts'
import { isolate } from '../i18n/isolate.ts'
import { listIn, type Words } from './words.ts'

/** How messages write times and names: in which language, and as seen from when. */
export interface Manner {
  words: Words
  now: Date
}

/** `Thu 3 Dec` in the language; with the year if it is not this one. */
export function dayOf({ startLocal }: MessageOccasion, { words, now }: Manner): string {
  const isThisYear = startLocal.startsWith(String(now.getUTCFullYear()))
  return new Intl.DateTimeFormat(words.locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(!isThisYear && { year: 'numeric' }),
    timeZone: 'UTC',
  })
    .format(new Date(`${startLocal}Z`))
    .replace(',', '')
}

/** `08:30` in the language, with its UTC offset in the hour that comes twice. */
export const timeOf = ({ startLocal, startAt, location }: MessageOccasion, { words }: Manner): string =>
  formatTimeAt(startLocal, startAt, location.timeZone, words.locale)

export const zoneOf = ({ location }: MessageOccasion, { words }: Manner): string =>
  words.timeIn(cityOf(location.timeZone))

/** `Thu 3 Dec, 08:30` in the language. */
export const startOf = (occasion: MessageOccasion, manner: Manner): string =>
  `${dayOf(occasion, manner)}, ${timeOf(occasion, manner)}`

/** How the other appointments of a message differ, so that each names what is its own. */
export interface Differences {
  doctors: boolean
  patients: boolean
  locations: boolean
}

/** What the box says of one appointment: its start, and lines below it. */
export interface OccasionLines {
  start: string
  lines: string[]
}

/** Everything about one appointment that its reader may know. */
export function linesOf(
  appointment: MessageAppointment,
  differences: Differences,
  { namesVisitType, manner }: { namesVisitType: boolean; manner: Manner },
): OccasionLines {
  const { words } = manner
  const { patient, visitType, roomNames, startAt, endAt } = appointment
  const minutes = Math.round((endAt.getTime() - startAt.getTime()) / 60_000)
  const lines = [
    `${upperFirst(zoneOf(appointment, manner))} · ${words.minutes(minutes)}`,
    differences.doctors && words.with(isolate(appointment.doctorName)),
    differences.patients && patient && words.for(isolate(patient.name)),
    namesVisitType && visitType && isolate(visitType.name),
    visitType && visitType.mode !== 'in_person' && words.modes[visitType.mode],
    differences.locations && words.at(isolate(appointment.location.name)),
    roomNames.length > 0 && words.room(listIn(words.locale, roomNames.map(isolate)), roomNames.length > 1),
  ]
  return { start: startOf(appointment, manner), lines: lines.filter((line) => typeof line === 'string') }
}

/** Whether the visit is a call: then its reader goes nowhere, so an address would mislead. */
export const isRemote = ({ visitType }: MessageAppointment): boolean =>
  visitType !== null && visitType.mode !== 'in_person'

export const upperFirst = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
