import type { Attachment } from '../channels/channel.ts'
import { readMailbox } from '../channels/mailbox.ts'
import type { Appointment } from '../clinic/appointments/find.ts'
import type { Person } from '../clinic/context.ts'
import type { MessageAppointment, MessageContent, MessageOccasion } from '../clinic/messages/content.ts'
import { cityOf, formatDay, formatSpan } from '../i18n/dates.ts'
import type { Copy } from '../i18n/en.ts'

/** What every entry needs besides its appointment. */
interface EntrySettings {
  /** The address that mail comes from, as `Name <address>` or alone: the clinic is the organizer. */
  from: string
  /** The end of every UID. */
  uidDomain: string
  copy: Pick<Copy, 'language' | 'timeIn' | 'calendar'>
  /** Leads to the appointment. */
  url: string
  now: Date
}

interface MailEntrySettings extends EntrySettings {
  /** REQUEST adds the entry or moves it, CANCEL removes it. */
  method: 'REQUEST' | 'CANCEL'
  recipient: Pick<MessageContent['recipient'], 'kind' | 'name' | 'patientId'> & { address: string }
  namesVisitType: boolean
}

/**
 * An appointment's entry as a mail attaches it (RFC 6047). A mail about several appointments has an attachment for each:
 * Outlook reads only the first event of a file.
 */
export function mailCalendar(appointment: MessageAppointment, settings: MailEntrySettings): Attachment {
  const { recipient, namesVisitType, method } = settings
  const { patient, visitType } = appointment
  const isForOthers = recipient.kind === 'patient' && patient?.id !== recipient.patientId
  const entry = {
    ...appointment,
    forWhom: isForOthers ? (patient?.name ?? null) : null,
    visitTypeName: namesVisitType ? (visitType?.name ?? null) : null,
    attendee: recipient,
  }
  return writeFile(entry, { ...settings, method })
}

interface PageEntrySettings extends EntrySettings {
  /** Who adds the entry to a calendar of theirs. */
  reader: Person | Pick<Person & { kind: 'patient' }, 'kind' | 'patientIds'>
  /** Only where nobody else reads along: on a page that needs a sign-in, or if the clinic lets messages name it. */
  namesVisitType?: boolean
}

/**
 * An appointment's entry as a page offers it, to be added by hand. It has no attendees: PUBLISH must not have any (RFC 5546,
 * 3.2.1), and CANCEL needs none to remove what was published (4.1.3).
 */
export function pageCalendar(appointment: Appointment, settings: PageEntrySettings): Attachment {
  const { reader, namesVisitType } = settings
  const { status, patient, doctor, visitType } = appointment
  const isForOthers = reader.kind === 'patient' && patient?.id !== reader.patientIds[0]
  const entry = {
    ...appointment,
    doctorName: doctor.name,
    forWhom: isForOthers ? (patient?.name ?? null) : null,
    visitTypeName: namesVisitType ? (visitType?.name ?? null) : null,
    attendee: null,
  }
  return writeFile(entry, { ...settings, method: status === 'cancelled' ? 'CANCEL' : 'PUBLISH' })
}

interface Entry
  extends Pick<MessageOccasion, 'startAt' | 'endAt' | 'startLocal' | 'endLocal' | 'doctorName'> {
  id: number
  version: number
  location: Pick<MessageOccasion['location'], 'name' | 'timeZone' | 'address' | 'phone'>
  visitType: Pick<NonNullable<MessageAppointment['visitType']>, 'mode'> | null
  /** What the entry says of it: nothing, unless its reader's calendar may. */
  visitTypeName: string | null
  /** Null when it is the reader's own, and for staff, whose calendars name no patients. */
  forWhom: string | null
  attendee: { name: string; address: string } | null
}

interface FileSettings extends EntrySettings {
  method: 'PUBLISH' | 'REQUEST' | 'CANCEL'
}

function writeFile(entry: Entry, settings: FileSettings): Attachment {
  const { method, copy } = settings
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//AloBooking//AloBooking//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    ...linesOf(entry, settings),
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return {
    filename: `${copy.calendar.filename}-${entry.id}.ics`,
    contentType: `text/calendar; charset=utf-8; method=${method}`,
    content: lines.map(foldLine).join(''),
  }
}

/** The UID stays the same for life, and a higher SEQUENCE replaces what a calendar has under it. */
function linesOf(entry: Entry, { method, from, uidDomain, copy, url, now }: FileSettings): string[] {
  const { id, version, location, visitType, visitTypeName, doctorName, forWhom, attendee } = entry
  const words = copy.calendar
  const isCancelled = method === 'CANCEL'
  const when = `${formatDay(entry.startLocal, copy.language)}, ${formatSpan(entry, copy.language)}, ${copy.timeIn(cityOf(location.timeZone))}`
  const summary = words.summary(visitTypeName, doctorName, forWhom)
  const description = isCancelled
    ? words.cancelledDescription(when, url)
    : words.description(when, url, location.phone)
  // No street address for a call, so that no patient travels to the clinic for it.
  const isRemote = visitType !== null && visitType.mode !== 'in_person'
  const place = isRemote ? [location.name] : [location.name, location.address]
  return [
    `UID:appointment-${id}@${uidDomain}`,
    `SEQUENCE:${version - 1}`,
    `DTSTAMP:${inUtc(now)}`,
    // In UTC: importers differ in which time-zone rules they use, and which of two repeated hours they mean.
    `DTSTART:${inUtc(entry.startAt)}`,
    `DTEND:${inUtc(entry.endAt)}`,
    `ORGANIZER${toAddress(readMailbox(from))}`,
    ...(attendee
      ? [`ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE${toAddress(attendee)}`]
      : []),
    `SUMMARY:${escapeText(isCancelled ? words.cancelled(summary) : summary)}`,
    `LOCATION:${escapeText(place.filter(Boolean).join(', '))}`,
    `DESCRIPTION:${escapeText(description)}`,
    `URL:${new URL(url).href}`,
    `STATUS:${isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `TRANSP:${isCancelled ? 'TRANSPARENT' : 'OPAQUE'}`,
    'CLASS:PRIVATE',
  ]
}

const inUtc = (at: Date) => `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** A CAL-ADDRESS (3.3.3) with its name. A parameter has no escapes (3.2), but some programs read backslashes or carets so. */
function toAddress({ name, address }: { name: string; address: string }): string {
  const shown = withoutControls(name).replaceAll('"', "'").replace(/[\\^]/g, '').trim()
  const mailto = `mailto:${address.replace(/[^\w.~!$'*+@-]/gu, encodeURIComponent)}`
  return shown ? `;CN="${shown}":${mailto}` : `:${mailto}`
}

const lineBreaks = /\r\n|[\r\n\p{Zl}\p{Zp}]/gu
const withoutControls = (text: string) => text.replace(lineBreaks, ' ').replace(/\p{Cc}/gu, '')

/** Escapes a TEXT value (3.3.11); no line break or control character remains that could end the property. */
function escapeText(text: string): string {
  return text
    .replace(/[\\;,]/g, '\\$&')
    .replace(lineBreaks, '\\n')
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
