import { localAt } from '../../../clinic/day/clock.ts'
import type { Day, Minute } from '../../../clinic/day/day.ts'
import { formatShortDay, formatTime, offsetIfRepeated } from '../../../i18n/dates.ts'

/** How the page writes times of one day in one language. */
export interface Times {
  /** `09:00`; with its offset in the hour that comes twice. */
  clock(at: Minute): string
  /** `2026-11-30T09:00`. */
  local(at: Minute): string
  /** `Mon 30 Nov`, of a date or a wall clock. */
  date(local: string): string
  /** `09:00` today, `Tue 1 Dec 09:00` on another day. */
  moment(local: string): string
  isToday(date: string): boolean
}

export function timesOf(day: Day, language: string): Times {
  const local = remembering((at) => localAt(day, at))
  const changes = [day.today, ...day.days].some((clock) => clock.changes !== null)
  const between = separatorOf(language)
  const clock = remembering((at) => {
    const shown = local(at)
    const time = between ? shown.slice(11).replace(':', between) : formatTime(shown, language)
    const offset = changes ? offsetIfRepeated(shown, new Date(at * 60_000), day.location.timeZone) : undefined
    return offset ? `${time} (${offset})` : time
  })
  const date = (written: string) => formatShortDay(written, language)
  return {
    clock,
    local,
    date,
    isToday: (written) => written === day.today.date,
    moment: (written) => {
      const time = formatTime(written, language)
      return written.startsWith(day.today.date) ? time : `${date(written)} ${time}`
    },
  }
}

/** A thousand appointments start at some forty times. */
function remembering(write: (at: Minute) => string): (at: Minute) => string {
  const written = new Map<Minute, string>()
  return (at) => {
    const known = written.get(at)
    if (known !== undefined) return known
    const fresh = write(at)
    written.set(at, fresh)
    return fresh
  }
}

/** `:` of `09:05`; a formatter for each of a thousand times would take longer than all else. */
const separatorOf = (language: string): string | undefined =>
  /^09(.)05$/.exec(formatTime('2026-01-01T09:05', language))?.[1]
