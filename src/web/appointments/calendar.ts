import type { Appointment } from '../../clinic/appointments/find.ts'
import { withOffset } from '../../i18n/dates.ts'
import { paths } from '../paths.ts'

/** The texts of a calendar entry: plain text, possibly of several lines. */
export interface CalendarWords {
  summary: (visitType: string | null, doctor: string) => string
  description: (url: string, phone: string | null) => string
}

/**
 * One appointment as an iCalendar file (RFC 5545), to be served as `text/calendar`. It uses PUBLISH (RFC 5546, 3.2.1)
 * even when cancelled, because CANCEL (3.2.5) needs attendees. The same UID with a higher SEQUENCE replaces the entry in
 * the calendar. For privacy, the file names the visit type but not the reason.
 *
 * @param origin of the pages, such as `https://clinic.example`. It is part of the UID, so it must not change.
 */
export function appointmentCalendar(
  appointment: Appointment,
  { words, origin, now }: { words: CalendarWords; origin: string; now: Date },
): string {
  const { id, version, status, visitType, doctor, location } = appointment
  const url = new URL(paths.appointment(id), origin)
  const { zone, start, end } = writeTimes(appointment)
  const isCancelled = status === 'cancelled'
  // No street address for a call, so that no patient travels to the clinic for it.
  const isRemote = visitType !== null && visitType.mode !== 'in_person'
  const place = isRemote ? [location.name] : [location.name, location.address]
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//AloBooking//AloBooking//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...zone,
    'BEGIN:VEVENT',
    `UID:${escapeText(`appointment-${id}@${url.host}`)}`,
    `SEQUENCE:${version - 1}`,
    `DTSTAMP:${inUtc(now)}`,
    start,
    end,
    `SUMMARY:${escapeText(words.summary(visitType?.name ?? null, doctor.name))}`,
    `LOCATION:${escapeText(place.filter(Boolean).join(', '))}`,
    `DESCRIPTION:${escapeText(words.description(url.href, location.phone))}`,
    `URL:${url.href}`,
    `STATUS:${isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `TRANSP:${isCancelled ? 'TRANSPARENT' : 'OPAQUE'}`,
    'CLASS:PRIVATE',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map(foldLine).join('')
}

/** The local times from PostgreSQL, with a VTIMEZONE that holds only their UTC offset (3.6.5). */
function writeTimes({ startAt, endAt, startLocal, endLocal, location: { timeZone } }: Appointment) {
  const offset = offsetOf(startLocal, startAt)
  // A repeated local time means the first (3.3.5), so an appointment from 02:45 to 02:15 cannot be written in local time.
  if (offset !== offsetOf(endLocal, endAt))
    return { zone: [], start: `DTSTART:${inUtc(startAt)}`, end: `DTEND:${inUtc(endAt)}` }
  const zone = [
    'BEGIN:VTIMEZONE',
    `TZID:${timeZone}`,
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    `TZOFFSETFROM:${offset}`,
    `TZOFFSETTO:${offset}`,
    'END:STANDARD',
    'END:VTIMEZONE',
  ]
  const local = (clock: string, at: Date) => `;TZID=${timeZone}:${digits(clock)}${secondsOf(at)}`
  return { zone, start: `DTSTART${local(startLocal, startAt)}`, end: `DTEND${local(endLocal, endAt)}` }
}

const digits = (written: string) => written.replace(/[-:]/g, '')
const inUtc = (at: Date) => `${digits(at.toISOString().slice(0, 19))}Z`
// The local times have no seconds.
const secondsOf = (at: Date) => at.toISOString().slice(17, 19)

/** Such as `+0700` (3.3.14). */
function offsetOf(wallClock: string, at: Date): string {
  const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000)
  return withOffset(wallClock, minute).slice(wallClock.length).replace(':', '')
}

/** Escapes a TEXT value (3.3.11); no line break or control character remains that could end the property. */
function escapeText(text: string): string {
  return text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|[\r\n\p{Zl}\p{Zp}]/gu, '\\n')
    .replace(/(?!\t)\p{Cc}/gu, '')
}

const encoder = new TextEncoder()

/** Folds a line between characters so that no part exceeds 75 octets (3.1). */
function foldLine(line: string): string {
  let folded = ''
  let room = 75
  for (const character of line) {
    const octets = encoder.encode(character).length
    if (octets > room) {
      folded += '\r\n '
      room = 74
    }
    folded += character
    room -= octets
  }
  return `${folded}\r\n`
}
