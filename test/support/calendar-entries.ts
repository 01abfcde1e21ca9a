import ICAL from 'ical.js'
import { convertIcsCalendar } from 'ts-ics'
import type { Appointment } from '../../src/clinic/appointments/find.ts'
import type { Person } from '../../src/clinic/context.ts'
import type { MessageAppointment } from '../../src/clinic/messages/content.ts'
import { en } from '../../src/i18n/en.ts'
import { mailCalendar, pageCalendar } from '../../src/messages/calendar.ts'

const times = {
  startAt: new Date('2026-11-23T02:00:00Z'),
  endAt: new Date('2026-11-23T02:30:00Z'),
  startLocal: '2026-11-23T09:00',
  endLocal: '2026-11-23T09:30',
}
const menteng = {
  id: 3,
  name: 'Menteng',
  timeZone: 'Asia/Jakarta',
  address: 'Jalan Surabaya 1',
  phone: '+62 21 555',
}

export const consultation: Appointment = {
  ...times,
  id: 42,
  status: 'booked',
  version: 1,
  doctor: { id: 7, name: 'Dr Strange' },
  patient: { id: 9, name: 'Patient Zero' },
  visitType: { id: 1, name: 'Consultation', mode: 'in_person', cancellationNoticeMinutes: 0 },
  overrideReason: 'squeezed in',
  holdExpiresAt: null,
  holdExpiresLocal: null,
  location: menteng,
  arrivedAt: null,
  arrivedLocal: null,
  startedAt: null,
  startedLocal: null,
  note: null,
  reasonForVisit: 'a rash',
  isAccepted: false,
  resources: [],
  others: [],
  sessionId: null,
  capacity: null,
  seriesId: null,
  placesTaken: 0,
  awaitsApproval: false,
  declineReason: null,
}

export const told: MessageAppointment = {
  ...times,
  id: 42,
  version: 1,
  doctorName: 'Dr Strange',
  location: { ...menteng, directions: 'Behind the station' },
  patient: { id: 9, name: 'Patient Zero', calledName: null },
  before: null,
  changedBy: 'patient',
  reason: null,
  visitType: { name: 'Consultation', mode: 'in_person', bring: 'Your card', preparation: 'Fast' },
  roomNames: ['Room 1'],
}

const settings = {
  from: 'AloBooking Clinic <booking@clinic.example>',
  uidDomain: 'clinic.example',
  copy: en,
  url: 'https://booking.clinic.example/appointments/42',
  now: new Date('2026-11-20T03:04:05.678Z'),
}

/** The account whose own record is Patient Zero's. */
const zero: Person = { kind: 'patient', accountId: 1, patientIds: [9, 10] }
/** The same account, as the recipient of a mail. */
const recipient = {
  kind: 'patient' as const,
  name: 'Patient Zero',
  patientId: 9,
  address: 'zero@mail.example',
}

type PageSettings = Partial<Parameters<typeof pageCalendar>[1]>
type MailSettings = Partial<Parameters<typeof mailCalendar>[1]>

export const writeForPage = (appointment: Appointment, changed: PageSettings = {}) =>
  pageCalendar(appointment, { ...settings, reader: zero, namesVisitType: true, ...changed })

export const writeForMail = (appointment: MessageAppointment, changed: MailSettings = {}) =>
  mailCalendar(appointment, { ...settings, method: 'REQUEST', recipient, namesVisitType: false, ...changed })

/** As ical.js reads the file. */
export function parse(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file))
  const [event, ...others] = calendar.getAllSubcomponents('vevent')
  if (!event || others.length > 0) throw new Error('not one event')
  return { calendar, event, say: (name: string) => event.getFirstPropertyValue(name)?.toString() }
}

/** What calendars go by, as ical.js reads it. */
function readWithIcal(file: string) {
  const { calendar, event, say } = parse(file)
  const instantOf = (name: string) => {
    const time = event.getFirstPropertyValue(name) as ICAL.Time
    if (time.zone === ICAL.Timezone.localTimezone) throw new Error(`${name} is of no zone`)
    return time.toJSDate().toISOString()
  }
  return {
    method: calendar.getFirstPropertyValue('method'),
    uid: say('uid'),
    sequence: Number(say('sequence')),
    start: instantOf('dtstart'),
    end: instantOf('dtend'),
    status: say('status'),
    organizer: say('organizer')?.replace('mailto:', ''),
    attendees: event
      .getAllProperties('attendee')
      .map((one) => String(one.getFirstValue()).replace('mailto:', '')),
    summary: say('summary'),
    location: say('location'),
    description: say('description'),
    url: say('url'),
  }
}

/** The same, as ts-ics reads it. */
function readWithTsIcs(file: string): ReturnType<typeof readWithIcal> {
  const { method, events = [] } = convertIcsCalendar(undefined, file)
  const [event, ...others] = events
  if (!event || others.length > 0) throw new Error('not one event')
  return {
    method: method ?? null,
    uid: event.uid,
    // It leaves out 0, which is what no SEQUENCE means (RFC 5545, 3.8.7.4).
    sequence: event.sequence ?? 0,
    start: event.start.date.toISOString(),
    end: event.end?.date.toISOString() ?? '',
    status: event.status,
    organizer: event.organizer?.email,
    attendees: (event.attendees ?? []).map(({ email }) => email),
    summary: event.summary,
    location: event.location,
    description: event.description,
    url: event.url,
  }
}

/** What both parsers read, if they agree. */
export function read(file: string) {
  const [one, other] = [readWithIcal(file), readWithTsIcs(file)]
  for (const [name, value] of Object.entries(one))
    if (JSON.stringify(value) !== JSON.stringify(other[name as keyof typeof other]))
      throw new Error(`The parsers disagree on ${name}: ${value}, ${other[name as keyof typeof other]}`)
  return one
}
