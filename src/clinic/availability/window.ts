import type { Fault } from '../refusals.ts'

/** Local dates at each location, both included. */
export interface Window {
  from: string
  to: string
}

export type WindowFaults = { from?: Fault; to?: Fault }

const day = 24 * 60 * 60 * 1000
const longest = 62
/** How many days from now a date may lie, before or after. */
const reach = 3660

/**
 * The dates to search. Without `from` it starts with the earliest date that is today anywhere; without `to` it ends 30
 * days later. Refuses an end before the start, more than 62 days, and dates more than ten years away.
 */
export function readWindow(
  asked: { from?: string | undefined; to?: string | undefined },
  now: Date,
): { ok: true; window: Window } | { ok: false; faults: WindowFaults } {
  // Where it is yesterday in UTC, it is still today in the west.
  const from = asked.from ?? toDate(now.getTime() - day)
  if (isFar(from, now)) return { ok: false, faults: { from: 'too_far_away' } }
  const to = asked.to ?? toDate((asked.from ? Date.parse(from) : now.getTime()) + 30 * day)
  if (asked.to && isFar(to, now)) return { ok: false, faults: { to: 'too_far_away' } }
  if (to < from) return { ok: false, faults: { to: 'not_after_opening' } }
  if (Date.parse(to) - Date.parse(from) >= longest * day)
    return { ok: false, faults: { to: 'window_too_long' } }
  return { ok: true, window: { from, to } }
}

function isFar(date: string, now: Date): boolean {
  return Math.abs(Date.parse(date) - now.getTime()) > reach * day
}

function toDate(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
