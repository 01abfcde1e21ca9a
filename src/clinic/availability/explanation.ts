import type { SnakeKeys } from '../snake-case.ts'
import type { Cause } from './explain-causes.ts'
import type { FactsRow, StepRow } from './explain-queries.ts'
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

/** The first reason for which the search has no terms. */
export function stopOf(known: FactsRow, byDesk: boolean): Stop | null {
  if (!known.doctor_is_active) return 'doctor_retired'
  if (!known.location_is_active) return 'location_closed'
  if (!known.visit_type_is_active) return 'visit_type_withdrawn'
  if (known.is_group) return 'sessions_only'
  if (!known.is_offered) return 'not_offered'
  return known.bookable_online || byDesk ? null : 'front_desk_only'
}

/** After the rule that takes the last minute, no other is reached. */
export function toRules(rows: StepRow[], causes: Cause[], isStopped: boolean): Explained[] {
  let isOver = isStopped
  return rows.map((row) => {
    const isReached = !isOver
    isOver ||= row.minutes === 0
    return {
      rule: row.rule,
      minutes: isReached ? row.minutes : null,
      remaining: isReached ? row.remaining.map(toSpan) : [],
      taken: isReached ? row.taken.map(toSpan) : [],
      causes: causes.filter(({ rule }) => rule === row.rule),
      without: isReached && canGo(row.rule) ? withoutIt(row) : null,
    }
  })
}

const canGo = (rule: SearchRule) => rule !== 'hours' && rule !== 'past' && rule !== 'grid'

const withoutIt = ({ starts }: StepRow) => ({
  times: starts?.length ?? 0,
  firstLocal: starts?.[0]?.start_local ?? null,
})

export const toSpan = (row: SnakeKeys<Span>): Span => ({
  startAt: new Date(row.start_at),
  endAt: new Date(row.end_at),
  startLocal: row.start_local,
  endLocal: row.end_local,
})
