import * as z from 'zod'
import { calendarDate, closed, fault, id } from '../shapes.ts'
import type { TimeOffKind } from './absence-row.ts'
import type { Slot } from './find-open-slots.ts'

/** The rules of the search, in the order in which they take their part of the day; `grid` makes starts of what is left. */
export const searchRules = [
  'hours',
  'time_off',
  'closures',
  'appointments',
  'buffers',
  'travel',
  'needs',
  'past',
  'notice',
  'horizon',
  'cap',
  'grid',
] as const
export type SearchRule = (typeof searchRules)[number]

export const explainInput = closed({
  doctorId: id,
  /** Without one, at any of the doctor's locations. */
  locationId: id.optional(),
  visitTypeId: id,
  /** A date on the clock of the doctor's location. */
  on: calendarDate,
  /** Who looks for a time: notice and daily limit bind patients only. */
  by: z.enum(['patient', 'front_desk'], { error: fault('not_a_choice') }).optional(),
})

export type ExplainWish = z.infer<typeof explainInput>

/** Something that a rule goes by on that day. Whoever may not see it finds no id and no name. */
export interface Cause {
  rule: 'hours' | 'time_off' | 'closures' | 'appointments' | 'travel' | 'needs'
  /** Of the time off, the closure or the appointment. */
  id: number | null
  /** The reason, the patient, the location where they are before or after, or who or what is taken. */
  name: string | null
  /** Of time off. */
  kind: TimeOffKind | null
  /** Who takes what is needed. */
  doctor: string | null
  location: string | null
  startAt: Date
  endAt: Date
  startLocal: string
  endLocal: string
}

export interface Span {
  startAt: Date
  endAt: Date
  startLocal: string
  endLocal: string
}

export interface Explained {
  rule: SearchRule
  /** What is left after the rule; null when nothing was left before it. */
  minutes: number | null
  remaining: Span[]
  taken: Span[]
  causes: Cause[]
  /** What the search would find without this rule; null for hours and past times, and when it was not reached. */
  without: { times: number; firstLocal: string | null } | null
}

/** Why a day has no rules to go through. */
export const stops = [
  'doctor_retired',
  'location_closed',
  'visit_type_withdrawn',
  'sessions_only',
  'not_offered',
  'front_desk_only',
] as const
export type Stop = (typeof stops)[number]

export interface Terms {
  minutes: number
  bufferBeforeMinutes: number
  bufferAfterMinutes: number
  noticeMinutes: number
  horizonDays: number
  dailyCap: number | null
  gridMinutes: number
  /** Of this visit type on that day. */
  booked: number
  /** When the notice ends, and the last day within the horizon. */
  earliestLocal: string
  lastDay: string
}

export interface Explanation {
  doctor: { id: number; name: string }
  visitType: { id: number; name: string }
  locations: { id: number; name: string }[]
  on: string
  timeZone: string
  stoppedBy: Stop | null
  terms: Terms
  rules: Explained[]
  /** What the search finds on that day. */
  free: Span[]
  /** The first free time on a later day. */
  next: Slot | null
  /** Other visit types of the doctor that fit on that day. */
  instead: { id: number; name: string; startLocal: string }[]
}
