import type { ChannelName } from '../../channels/channel.ts'
import type { VisitMode } from '../availability/find-visit-types.ts'

/** What patients, or those who act for them, are told. */
export const patientMessageKinds = [
  'requested',
  'booked',
  'declined',
  'lapsed',
  'moved',
  'cancelled',
  'reminder',
  'missed',
] as const

/** What the clinic's own people and its locations are told. */
export const staffMessageKinds = [
  'approval_requested',
  'staff_booked',
  'staff_moved',
  'staff_cancelled',
] as const

export const messageKinds = [...patientMessageKinds, ...staffMessageKinds] as const
export type PatientMessageKind = (typeof patientMessageKinds)[number]
export type MessageKind = (typeof messageKinds)[number]

export const messageLanguages = ['en', 'id'] as const
export type MessageLanguage = (typeof messageLanguages)[number]

/** In which someone who speaks these is written to, as `addressee_of` has it; null for the clinic's own language. */
export function messageLanguageOf(spoken: string[] | null): MessageLanguage | null {
  const known = spoken
    ?.map((tag) => tag.slice(0, 2))
    .find((tag) => messageLanguages.some((one) => one === tag))
  return (known as MessageLanguage | undefined) ?? null
}

/** When, where and with whom, at one moment of an appointment's life. */
export interface MessageOccasion {
  startAt: Date
  endAt: Date
  /** The location's wall clock, such as `2026-11-23T09:00`. */
  startLocal: string
  endLocal: string
  doctorName: string
  location: {
    id: number
    name: string
    /** An IANA name. */
    timeZone: string
    address: string | null
    phone: string | null
    /** How to find it, in the clinic's words. */
    directions: string | null
  }
}

/** One appointment that a message is about, as it is after the change that the message tells. */
export interface MessageAppointment extends MessageOccasion {
  id: number
  /** Of the last event that the message tells: the calendar's SEQUENCE follows it. */
  version: number
  /** Whose appointment it is; null for a session. */
  patient: { id: number; name: string; calledName: string | null } | null
  /** What the recipient was told before; null when that was nothing. */
  before: MessageOccasion | null
  /** Who made the change; `clock` when a deadline passed. */
  changedBy: 'patient' | 'clinic' | 'clock'
  /** Only what the patient may know: why the clinic declined. */
  reason: string | null
  /** What to bring and how to prepare, in the clinic's words; null when the clinic says nothing. */
  visitType: { name: string; mode: VisitMode; bring: string | null; preparation: string | null } | null
  roomNames: string[]
}

/** Everything that is needed to write one message. */
export interface MessageContent {
  id: number
  kind: MessageKind
  language: MessageLanguage
  channel: ChannelName
  /** The email address, or the telephone number as E.164. */
  to: string
  recipient: {
    kind: 'patient' | 'staff' | 'location'
    name: string
    /** What to call a patient, when it is not their name. */
    calledName: string | null
    accountId: number | null
    /** Of a patient's message: their own record, when there is one. Someone who acts for others is a patient, too. */
    patientId: number | null
  }
  /** Of a reminder. */
  daysBefore: number | null
  /** By start; never empty. Several when they are on one day, or were changed together. */
  appointments: MessageAppointment[]
  /** Whether the clinic lets messages name the visit type. */
  namesVisitType: boolean
  /** The clinic's own text for this kind, language and channel; null for ours. */
  ownText: { subject: string; body: string } | null
}
