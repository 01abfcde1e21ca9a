import type { Appointment } from '../../clinic/appointments/find.ts'
import { withOffset } from '../../i18n/dates.ts'
import { paths } from '../paths.ts'

/** What a calendar says, in a person's language; plain text, which may have more than one line. */
export interface CalendarWords {
  summary: (visit: string | null, doctor: string) => string
  description: (url: string, phone: string | null) => string
}

/**
 * One appointment as an iCalendar file (RFC 5545), to be served as `text/calendar`. It is published (RFC 5546, 3.2.1)
 * even when it is cancelled: a CANCEL (3.2.5) needs attendees. The same UID with a higher SEQUENCE replaces what a
 * calendar has of it. It has nothing of what the visit is about beyond the name of its type.
 *
 * @param origin where the pages are, such as `https://clinic.example`: part of the UID, so it has to stay the same.
 */
export function appointmentCalendar(
  appointment: Appointment,
  { words, origin, now }: { words: CalendarWords; origin: string; now: Date },
): string {
  const { id, version, status, visitType, doctor, location } = appointment
  const url = new URL(paths.appointment(id), origin)
  const { zone, start, end } = writeTimes(appointment)
  const isCancelled = status === 'cancelled'
  // Nobody should travel to a visit by telephone or video.
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

/** The local times as PostgreSQL told them, and a VTIMEZONE that says nothing but how they relate to UTC (3.6.5). */
function writeTimes({ startAt, endAt, startLocal, endLocal, location: { timeZone } }: Appointment) {
  const offset = offsetOf(startLocal, startAt)
  // A local time that comes twice means the first (3.3.5), so one from 02:45 to 02:15 could not be written.
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
// Wall clocks are told to the minute.
const secondsOf = (at: Date) => at.toISOString().slice(17, 19)

/** Such as `+0700` (3.3.14). */
function offsetOf(wallClock: string, at: Date): string {
  const minute = new Date(Math.floor(at.getTime() / 60_000) * 60_000)
  return withOffset(wallClock, minute).slice(wallClock.length).replace(':', '')
}

/** A TEXT value (3.3.11), in which neither a line nor a control character is left to end the property. */
function escapeText(text: string): string {
  return text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|[\r\n\p{Zl}\p{Zp}]/gu, '\\n')
    .replace(/(?!\t)\p{Cc}/gu, '')
}

const encoder = new TextEncoder()

/** Ends a line, and goes on in the next with a space before it exceeds 75 octets (3.1), between two characters. */
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
