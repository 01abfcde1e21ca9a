import type { MessageAppointment, MessageContent, MessageOccasion } from '../clinic/messages/content.ts'
import type { LinkField, MessageField } from '../clinic/messages/fields.ts'
import { isolate } from '../i18n/isolate.ts'
import { dayOf, isRemote, type Manner, startOf, timeOf, zoneOf } from './occasion.ts'
import { listIn } from './words.ts'

/** What stands for each field; empty when there is nothing to say. Links are filled in elsewhere. */
export type FieldValues = Record<Exclude<MessageField, LinkField>, string>

export function valuesOf(content: MessageContent, manner: Manner): FieldValues {
  const { appointments, recipient, namesVisitType } = content
  const { words } = manner
  const inList = (read: (appointment: MessageAppointment) => string | null | undefined) =>
    listed(appointments.map(read), manner)
  const joined = (read: (appointment: MessageAppointment) => string | null | undefined) =>
    distinct(appointments.map(read)).join(' ')
  const visited = appointments.filter((appointment) => !isRemote(appointment))
  return {
    when: appointments.map((each) => `${startOf(each, manner)}, ${zoneOf(each, manner)}`).join('; '),
    start_day: inList((each) => dayOf(each, manner)),
    start_time: inList((each) => timeOf(each, manner)),
    time_zone: inList((each) => zoneOf(each, manner)),
    doctor_name: inList((each) => isolate(each.doctorName)),
    location_name: inList((each) => isolate(each.location.name)),
    location_phone: inList((each) => each.location.phone),
    location_address: distinct(visited.map(({ location }) => location.address)).join('; '),
    directions: distinct(visited.map(({ location }) => location.directions)).join(' '),
    visit_type: namesVisitType ? inList((each) => each.visitType && isolate(each.visitType.name)) : '',
    bring: inList((each) => each.visitType?.bring),
    preparation: joined((each) => each.visitType?.preparation),
    reason: joined((each) => each.reason),
    patient_first_name: isolate(recipient.calledName ?? firstNameOf(recipient.name)),
    patient_name: inList((each) => each.patient && isolate(each.patient.name)),
    whose_appointment: words.whoseAppointment(ownersOf(content), appointments.length > 1),
    who: whoOf(content, manner),
    old_when: distinct(appointments.map((each) => each.before && oldStartOf(each, each.before, manner))).join(
      '; ',
    ),
    in_days: inDays(appointments[0], manner),
  }
}

const distinct = (values: (string | null | undefined)[]): string[] => [
  ...new Set(values.flatMap((value) => value?.trim() || [])),
]

/** At most three, and how many more there are. */
function listed(values: (string | null | undefined)[], { words }: Manner): string {
  const all = distinct(values)
  const shown = all.length > 3 ? [...all.slice(0, 2), words.more(all.length - 2)] : all
  return listIn(words.locale, shown)
}

/** What to call someone: the first word of their name, unless that is an initial or a title. */
function firstNameOf(name: string): string {
  const [first = name] = name.trim().split(/\s+/)
  return first.length < 3 || first.endsWith('.') ? name : first
}

/** Whose appointments these are: null for the reader's own. Those of one first name get their whole names. */
function ownersOf({ appointments, recipient }: MessageContent): (string | null)[] {
  const patients = new Map(appointments.map(({ patient }) => [patient?.id, patient]))
  const others = [...patients.values()].filter((patient) => patient && patient.id !== recipient.patientId)
  const names = others.map((patient) => patient?.calledName ?? firstNameOf(patient?.name ?? ''))
  const isAmbiguous = new Set(names).size < names.length
  const shown = others.map((patient, n) => isolate((isAmbiguous ? patient?.name : names[n]) ?? ''))
  return shown.length < patients.size ? [null, ...shown] : shown
}

/** Who made the change, as its reader sees it. */
function whoOf(content: MessageContent, { words }: Manner): string {
  const [first] = content.appointments
  const by = first?.changedBy
  if (content.recipient.kind !== 'patient')
    return by === 'patient' ? words.who.patient : by === 'clock' ? words.who.clock : words.who.someone
  if (by !== 'patient') return words.who.clinic
  return words.who.reader(ownersOf(content).filter((owner) => owner !== null))
}

/** When it was before, and the doctor and the location if they are others now. */
function oldStartOf(now: MessageAppointment, before: MessageOccasion, manner: Manner): string {
  const parts = [
    startOf(before, manner),
    zoneOf(before, manner),
    before.doctorName !== now.doctorName && isolate(before.doctorName),
    before.location.id !== now.location.id && isolate(before.location.name),
  ]
  return parts.filter(Boolean).join(', ')
}

const day = 24 * 60 * 60 * 1000

/** `tomorrow` or `in 3 days`, counted from when it is sent: it may be sent later than planned. */
function inDays(appointment: MessageAppointment | undefined, { words, now }: Manner): string {
  if (!appointment) return ''
  const start = new Date(`${appointment.startLocal}Z`).getTime()
  // At night, when a changed clock could make this another day, nothing is sent.
  const here = start - (appointment.startAt.getTime() - now.getTime())
  const days = Math.floor(start / day) - Math.floor(here / day)
  return words.inDays(Math.max(0, days))
}
