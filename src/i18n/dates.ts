// PostgreSQL has already computed the wall clock. Formatting it as if it were UTC keeps the runtime's own time zone rules
// from shifting it.
const inUtc = (wallClock: string) => new Date(`${wallClock}Z`)

const kept = new Map<string, Intl.DateTimeFormat>()

/** One formatter for each style: to make one takes much longer than to format a date. */
function formatterOf(language: string, style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(style)
  const formatter = kept.get(key) ?? new Intl.DateTimeFormat(language, style)
  kept.set(key, formatter)
  return formatter
}

/** `2026-11-23T09:00` as `Mon, 23 Nov 2026` in the language. */
export function formatDay(wallClock: string, language: string): string {
  const style = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  } as const
  return formatterOf(language, style).format(inUtc(wallClock))
}

/** A date or `2026-11-23T09:00` as `Mon 23 Nov` in the language. */
export function formatShortDay(local: string, language: string): string {
  const style = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const
  return formatterOf(language, style).format(inUtc(local.slice(0, 10).concat('T00:00')))
}

/** `1990-05-17` as `17 May 1990` in the language. */
export function formatDate(date: string, language: string): string {
  const style = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  return formatterOf(language, style).format(new Date(date))
}

/** `2026-11-23T09:00` as `09:00` in the language. */
export function formatTime(wallClock: string, language: string): string {
  const style = { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' } as const
  return formatterOf(language, style).format(inUtc(wallClock))
}

/** `09:00` in the language; also `24:00`, the end of a day, which `Intl` cannot format. */
export function formatClock(clock: string, language: string): string {
  if (clock === '24:00') return formatTime('2024-01-01T00:00', language).replace(/^00/, '24')
  return formatTime(`2024-01-01T${clock}`, language)
}

/** A wall clock with its UTC offset at that instant, `2026-11-23T09:00+07:00`: unambiguous even when clocks go back. */
export function withOffset(wallClock: string, instant: Date): string {
  // The wall clock has no seconds, so it may be behind by less than a minute.
  const minutes = Math.ceil((inUtc(wallClock).getTime() - instant.getTime()) / 60_000)
  const two = (n: number) => String(n).padStart(2, '0')
  const ahead = Math.abs(minutes)
  return `${wallClock}${minutes < 0 ? '-' : '+'}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`
}

/** What happens at a location, and when, with the location's wall clock as PostgreSQL reads it. */
export interface Occasion {
  startAt: Date
  endAt: Date
  startLocal: string
  endLocal: string
  location: { timeZone: string }
}

/**
 * From when until when: `09:00–09:30` in the language. In the hour that comes twice when clocks go back, the UTC offset
 * tells the two apart: `02:45 (UTC+2) – 02:15 (UTC+1)`.
 */
export function formatSpan(
  { startAt, endAt, startLocal, endLocal, location }: Occasion,
  language: string,
): string {
  const [from, until] = [formatTime(startLocal, language), formatTime(endLocal, language)]
  const { timeZone } = location
  if (!isRepeated(startLocal, timeZone) && !isRepeated(endLocal, timeZone)) return `${from}–${until}`
  const [before, after] = [nameOffset(startLocal, startAt), nameOffset(endLocal, endAt)]
  if (before === after) return `${from}–${until} (${after})`
  return `${from} (${before}) – ${until} (${after})`
}

/** `09:00` in the language; `02:15 (UTC+1)` in the hour that comes twice when clocks go back. */
export function formatTimeAt(wallClock: string, instant: Date, timeZone: string, language: string): string {
  const time = formatTime(wallClock, language)
  const offset = offsetIfRepeated(wallClock, instant, timeZone)
  return offset ? `${time} (${offset})` : time
}

/** `UTC+1`, if clocks show that time twice because they go back. */
export function offsetIfRepeated(wallClock: string, instant: Date, timeZone: string): string | undefined {
  return isRepeated(wallClock, timeZone) ? nameOffset(wallClock, instant) : undefined
}

/** When it starts: `Mon, 23 Nov 2026, 09:00` in the language. */
export function formatStart(
  { startAt, startLocal, location }: Omit<Occasion, 'endAt' | 'endLocal'>,
  language: string,
): string {
  return `${formatDay(startLocal, language)}, ${formatTimeAt(startLocal, startAt, location.timeZone, language)}`
}

/** `UTC+7`, `UTC−3:30`. */
function nameOffset(wallClock: string, instant: Date): string {
  const [, sign, hours, minutes] = withOffset(wallClock, instant).match(/([+-])(\d\d):(\d\d)$/) ?? []
  return `UTC${sign === '-' ? '−' : '+'}${Number(hours)}${minutes === '00' ? '' : `:${minutes}`}`
}

const day = 86_400_000

/**
 * Whether clocks show this time twice, because they go back. This alone follows the runtime's time-zone rules. Where they
 * are not PostgreSQL's, an offset is missing or needless, but never wrong.
 */
function isRepeated(wallClock: string, timeZone: string): boolean {
  const asUtc = inUtc(wallClock).getTime()
  // No location is a day away from UTC.
  const [before, after] = [offsetAt(asUtc - day, timeZone), offsetAt(asUtc + day, timeZone)]
  return before !== after && [before, after].every((offset) => offsetAt(asUtc - offset, timeZone) === offset)
}

/** In milliseconds; 0 in a time zone that the runtime does not know. */
function offsetAt(instant: number, timeZone: string): number {
  try {
    const style = { timeZone, timeZoneName: 'longOffset' } as const
    const written = formatterOf('en', style).format(instant)
    const [, sign, hours, minutes, seconds = 0] = written.match(/([+-])(\d\d):(\d\d)(?::(\d\d))?$/) ?? []
    const length = (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds)) * 1000
    return sign === '-' ? -length : length
  } catch {
    return 0
  }
}

/** ISO weekday 1 (Monday) to 7 as `Mon` in the language. */
export function formatWeekday(weekday: number, language: string): string {
  // 1 January 2024 was a Monday.
  const day = new Date(Date.UTC(2024, 0, weekday))
  return formatterOf(language, { weekday: 'short', timeZone: 'UTC' }).format(day)
}

/** The ISO weekdays in the order of the language's week: 1 to 7, or with Sunday (7) or Saturday (6) first. */
export function weekdaysOf(language: string): number[] {
  // V8 has it, TypeScript's library does not yet.
  const locale = new Intl.Locale(language) as Intl.Locale & { getWeekInfo(): { firstDay: number } }
  const { firstDay } = locale.getWeekInfo()
  return Array.from({ length: 7 }, (_, n) => ((firstDay - 1 + n) % 7) + 1)
}

/** The city of an IANA time zone: `New York` for `America/New_York`; `UTC` stays as it is. */
export function cityOf(timeZone: string): string {
  return timeZone.replace(/^.*\//, '').replaceAll('_', ' ')
}

/** An instant in UTC, `28 Nov 2026, 12:03 UTC` in the language: for times that belong to no location. Or in another zone. */
export function formatInstant(instant: Date, language: string, timeZone = 'UTC'): string {
  const style = {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  } as const
  return formatterOf(language, style).format(instant)
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** When something was, seen from now and on one clock: `10:24` today, `Sun 18:02` this week, else `Mon 23 Nov`. */
export function formatLately(wallClock: string, nowLocal: string, language: string): string {
  const [at, now] = [inUtc(wallClock), inUtc(nowLocal)]
  if (wallClock.slice(0, 10) === nowLocal.slice(0, 10)) return formatTime(wallClock, language)
  const isThisWeek = now.getTime() - at.getTime() < 6 * day && at <= now
  const style = isThisWeek
    ? ({ weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' } as const)
    : ({ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const)
  return formatterOf(language, style).format(at)
}

/** How long ago, in whole days, hours or minutes: `3 hours ago` or `yesterday` in the language. */
export function formatAgo(instant: Date, now: Date, language: string): string {
  const passed = now.getTime() - instant.getTime()
  const [unit, length] = units.find(([, milliseconds]) => passed >= milliseconds) ?? ['minute', 60_000]
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.floor(passed / length), unit)
}
