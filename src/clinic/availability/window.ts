import type { Fault } from '../refusals.ts'

/** The dates that were asked about, both included, each on the clock of the location that is looked at. */
export interface Window {
  from: string
  to: string
}

export type WindowFaults = { from?: Fault; to?: Fault }

const day = 24 * 60 * 60 * 1000
const longest = 62
/** How many days before and after now may be asked about. */
const reach = 3660

/**
 * The dates to look at. Left out, `from` is today wherever it still is, and `to` is 30 days after it.
 *
 * Refused: an end before the start, more than 62 days, and what lies more than ten years away.
 */
export function readWindow(
  asked: { from?: string | undefined; to?: string | undefined },
  now: Date,
): { ok: true; window: Window } | { ok: false; faults: WindowFaults } {
  // Yesterday in UTC is still today in the west.
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
