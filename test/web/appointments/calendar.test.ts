import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import type { Appointment } from '../../../src/clinic/appointments/find.ts'
import { appointmentCalendar } from '../../../src/web/appointments/calendar.ts'
import { openClinic } from '../../support/clinic.ts'

const { sql } = await openClinic({ worker: false })

const words = {
  summary: (visit: string | null, doctor: string) => (visit ? `${visit}: ${doctor}` : doctor),
  description: (url: string, phone: string | null) =>
    `Reschedule or cancel: ${url}${phone ? `\nOr call ${phone}.` : ''}`,
}
const settings = { words, origin: 'https://clinic.example', now: new Date('2026-11-20T03:04:05.678Z') }

const consultation: Appointment = {
  id: 42,
  status: 'booked',
  version: 1,
  startAt: new Date('2026-11-23T02:00:00Z'),
  endAt: new Date('2026-11-23T02:30:00Z'),
  startLocal: '2026-11-23T09:00',
  endLocal: '2026-11-23T09:30',
  doctor: { id: 7, name: 'Dr Strange' },
  patient: { id: 9, name: 'Patient Zero' },
  visitType: { id: 1, name: 'Consultation', mode: 'in_person', cancellationNoticeMinutes: 0 },
  overrideReason: 'squeezed in',
  holdExpiresAt: null,
  holdExpiresLocal: null,
  location: {
    id: 3,
    name: 'Menteng',
    timeZone: 'Asia/Jakarta',
    address: 'Jalan Surabaya 1',
    phone: '+62 21 555',
  },
  reasonForVisit: 'a rash',
  resources: [],
  others: [],
  sessionId: null,
  capacity: null,
  seriesId: null,
  placesTaken: 0,
  awaitsApproval: false,
  declineReason: null,
}
const named = (name: string): Appointment => ({ ...consultation, doctor: { id: 7, name } })
const write = (appointment: Appointment) => appointmentCalendar(appointment, settings)

/** The appointment with its times on the zone's clock, read by PostgreSQL. */
async function readClock(timeZone: string, start: string, end: string): Promise<Appointment> {
  const { rows } = await sql.query(
    `select to_char($1::timestamptz at time zone $3, 'YYYY-MM-DD"T"HH24:MI') as "startLocal",
            to_char($2::timestamptz at time zone $3, 'YYYY-MM-DD"T"HH24:MI') as "endLocal"`,
    [start, end, timeZone],
  )
  const location = { ...consultation.location, timeZone }
  return { ...consultation, ...rows[0], startAt: new Date(start), endAt: new Date(end), location }
}

function parse(file: string) {
  const calendar = new ICAL.Component(ICAL.parse(file))
  const [event, ...others] = calendar.getAllSubcomponents('vevent')
  if (!event || others.length > 0) throw new Error('not one event')
  return { calendar, event, say: (name: string) => event.getFirstPropertyValue(name)?.toString() }
}

/** The times as a calendar reads them: the parser knows only the file's own VTIMEZONE. */
function readTimes(file: string) {
  const { event } = parse(file)
  return ['dtstart', 'dtend'].map((name) => {
    const time = event.getFirstPropertyValue(name) as ICAL.Time
    if (time.zone === ICAL.Timezone.localTimezone) throw new Error(`${name} is of no zone`)
    return { at: time.toJSDate().toISOString(), clock: time.toString(), zone: time.zone?.tzid }
  })
}

const linesOf = (file: string) => file.split('\r\n').slice(0, -1)
const octets = (text: string) => new TextEncoder().encode(text).length

describe('the times in a calendar', () => {
  it.each([
    ['Asia/Jakarta', '2026-11-23T02:00:00Z', '2026-11-23T02:30:00Z', '2026-11-23T09:00:00', '+07:00'],
    ['Europe/Amsterdam', '2026-07-01T07:00:00Z', '2026-07-01T07:30:00Z', '2026-07-01T09:00:00', '+02:00'],
    ['Europe/Amsterdam', '2026-12-01T08:00:00Z', '2026-12-01T08:30:00Z', '2026-12-01T09:00:00', '+01:00'],
    ['America/St_Johns', '2026-07-01T11:30:00Z', '2026-07-01T12:00:00Z', '2026-07-01T09:00:00', '-02:30'],
    ['Asia/Kathmandu', '2026-07-01T03:15:00Z', '2026-07-01T04:00:00Z', '2026-07-01T09:00:00', '+05:45'],
    ['America/Los_Angeles', '2026-12-02T00:00:00Z', '2026-12-02T09:00:00Z', '2026-12-01T16:00:00', '-08:00'],
    ['Pacific/Kiritimati', '2026-06-30T19:00:00Z', '2026-06-30T20:00:00Z', '2026-07-01T09:00:00', '+14:00'],
    ['UTC', '2026-07-01T09:00:00Z', '2026-07-01T09:30:00Z', '2026-07-01T09:00:00', '+00:00'],
    // The second 02:15 of that night, as its offset shows.
    ['Europe/Amsterdam', '2026-10-25T01:15:00Z', '2026-10-25T01:45:00Z', '2026-10-25T02:15:00', '+01:00'],
  ])('are wall-clock times in %s and mean the instant %s', async (zone, start, end, clock, offset) => {
    const file = write(await readClock(zone, start, end))
    const [starts, ends] = readTimes(file)
    expect(starts).toEqual({ at: start.replace('Z', '.000Z'), clock, zone })
    expect(ends).toMatchObject({ at: end.replace('Z', '.000Z'), zone })
    const [standard, ...others] =
      parse(file).calendar.getFirstSubcomponent('vtimezone')?.getAllSubcomponents() ?? []
    expect(others).toEqual([])
    expect(String(standard?.getFirstPropertyValue('tzoffsetto'))).toBe(offset)
  })

  it.each([
    ['goes forward', 'Europe/Amsterdam', '2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z'],
    ['goes back', 'Europe/Amsterdam', '2026-10-25T00:00:00Z', '2026-10-25T03:00:00Z'],
    ['ends earlier than it started', 'Europe/Amsterdam', '2026-10-25T00:45:00Z', '2026-10-25T01:15:00Z'],
    ['ends where it started', 'Europe/Amsterdam', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'],
    ['goes back half an hour', 'Australia/Lord_Howe', '2026-04-04T14:45:00Z', '2026-04-04T15:15:00Z'],
    ['skips midnight', 'America/Havana', '2026-03-08T04:30:00Z', '2026-03-08T05:30:00Z'],
  ])('mean the right instants when the clock %s, in %s from %s', async (_, zone, start, end) => {
    const times = readTimes(write(await readClock(zone, start, end)))
    expect(times.map(({ at }) => at)).toEqual([start, end].map((at) => at.replace('Z', '.000Z')))
  })

  it('are exact to the second', async () => {
    const [start, end] = ['2026-07-01T03:15:45Z', '2026-07-01T04:00:50Z']
    const times = readTimes(write(await readClock('Asia/Kathmandu', start, end)))
    expect(times).toEqual([
      { at: '2026-07-01T03:15:45.000Z', clock: '2026-07-01T09:00:45', zone: 'Asia/Kathmandu' },
      { at: '2026-07-01T04:00:50.000Z', clock: '2026-07-01T09:45:50', zone: 'Asia/Kathmandu' },
    ])
  })

  it('follow PostgreSQL’s time-zone rules', () => {
    const [starts] = readTimes(
      write({ ...consultation, startLocal: '2026-11-23T10:20', endLocal: '2026-11-23T10:50' }),
    )
    expect(starts).toMatchObject({ clock: '2026-11-23T10:20:00', at: '2026-11-23T02:00:00.000Z' })
  })
})

describe('an appointment in a calendar', () => {
  it('says what, where and how to change it', () => {
    const { calendar, say } = parse(write(consultation))
    const heads = ['version', 'prodid', 'calscale', 'method'].map((name) =>
      calendar.getFirstPropertyValue(name),
    )
    expect(heads).toEqual(['2.0', '-//AloBooking//AloBooking//EN', 'GREGORIAN', 'PUBLISH'])
    expect(say('summary')).toBe('Consultation: Dr Strange')
    expect(say('location')).toBe('Menteng, Jalan Surabaya 1')
    expect(say('url')).toBe('https://clinic.example/appointments/42')
    expect(say('description')).toBe(
      'Reschedule or cancel: https://clinic.example/appointments/42\nOr call +62 21 555.',
    )
    expect(say('dtstamp')).toBe('2026-11-20T03:04:05Z')
    expect(say('class')).toBe('PRIVATE')
  })

  it('has no property twice', () => {
    const { event } = parse(write(consultation))
    const names = event.getAllProperties().map(({ name }) => name)
    expect(names).toEqual([...new Set(names)])
  })

  it('names neither the patient nor the reason', () => {
    expect(write(consultation)).not.toMatch(/rash|squeezed|Zero/)
  })

  it('omits what the clinic has not entered', () => {
    const location = { ...consultation.location, address: null, phone: null }
    const { say } = parse(write({ ...consultation, visitType: null, location }))
    expect(say('summary')).toBe('Dr Strange')
    expect(say('location')).toBe('Menteng')
    expect(say('description')).toBe('Reschedule or cancel: https://clinic.example/appointments/42')
  })

  it.each(['phone', 'video'] as const)('has no address for a visit by %s', (mode) => {
    const visitType = { id: 2, name: 'Advice', mode, cancellationNoticeMinutes: 0 }
    expect(parse(write({ ...consultation, visitType })).say('location')).toBe('Menteng')
  })

  it('replaces the old event after a move', () => {
    const before = parse(write(consultation))
    const later = { startAt: new Date('2026-11-24T03:00:00Z'), endAt: new Date('2026-11-24T03:30:00Z') }
    const clocks = { startLocal: '2026-11-24T10:00', endLocal: '2026-11-24T10:30' }
    const after = parse(write({ ...consultation, ...later, ...clocks, version: 2 }))
    expect(before.say('uid')).toBe('appointment-42@clinic.example')
    expect(after.say('uid')).toBe(before.say('uid'))
    expect([before, after].map(({ say }) => say('sequence'))).toEqual(['0', '1'])
  })

  it('has an id that no other appointment or clinic has', () => {
    const uids = [
      write(consultation),
      write({ ...consultation, id: 43 }),
      appointmentCalendar(consultation, { ...settings, origin: 'http://localhost:8787' }),
    ].map((file) => parse(file).say('uid'))
    expect(uids).toEqual([
      'appointment-42@clinic.example',
      'appointment-43@clinic.example',
      'appointment-42@localhost:8787',
    ])
  })

  it('blocks its time until it is cancelled', () => {
    const on = parse(write(consultation))
    const off = parse(write({ ...consultation, status: 'cancelled', version: 2 }))
    expect([on.say('status'), on.say('transp')]).toEqual(['CONFIRMED', 'OPAQUE'])
    expect([off.say('status'), off.say('transp')]).toEqual(['CANCELLED', 'TRANSPARENT'])
    expect(off.calendar.getFirstPropertyValue('method')).toBe('PUBLISH')
  })
})

describe('text in a calendar', () => {
  const texts = {
    'commas, semicolons and backslashes': 'Dr A, B; C\\n \\, \\; \\\\ "D": E=F',
    'a newline': 'Dr Above\nDr Below',
    'a tab': 'Dr\tTab',
    emoji: '👩‍⚕️🏳️‍🌈'.repeat(30),
    'letters of two and three octets': `${'é'.repeat(100)} ${'医'.repeat(100)}`,
    'a very long name': 'Hubert '.repeat(200).trim(),
    'a very long word': 'x'.repeat(1_000),
    'only backslashes': '\\'.repeat(200),
  }
  it.each(Object.entries(texts))('survives escaping and folding: %s', (_, text) => {
    expect(parse(write(named(text))).say('summary')).toBe(`Consultation: ${text}`)
  })

  it.each(Object.entries(texts))(
    'stays within 75 octets a line without splitting characters: %s',
    (_, text) => {
      for (let shift = 0; shift < 8; shift += 1) {
        const lines = linesOf(write(named('a'.repeat(shift) + text)))
        expect(Math.max(...lines.map(octets))).toBeLessThanOrEqual(75)
        expect(lines.filter((line) => !line.isWellFormed())).toEqual([])
      }
    },
  )

  it('is escaped for strict parsers', () => {
    expect(linesOf(write(named('A, B; C\\n')))).toContain('SUMMARY:Consultation: A\\, B\\; C\\\\n')
  })

  it('fills lines to 75 octets', () => {
    const room = 75 - octets('SUMMARY:Consultation: ')
    const lengths = (name: string) =>
      linesOf(write(named(name)))
        .filter((line) => /xx|^ x/.test(line))
        .map(octets)
    expect(lengths('x'.repeat(room))).toEqual([75])
    expect(lengths('x'.repeat(room + 1))).toEqual([75, 2])
    expect(lengths('x'.repeat(room + 74))).toEqual([75, 75])
  })

  it('ends every line in CRLF', () => {
    const file = write(named(Object.values(texts).join('\r\n')))
    expect(file).toMatch(/\r\nEND:VCALENDAR\r\n$/)
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  it.each(['\r\n', '\n', '\r', '\n\n', '\u0085', '\u2028', '\u2029', '\v', '\f', '\0', '\r\n '])(
    'cannot start a new property after %j',
    (line) => {
      const evil = `Dr Evil${line}ATTENDEE:mailto:victim@example.com${line}END:VEVENT${line}BEGIN:VEVENT`
      const { name, ...place } = consultation.location
      const location = { ...place, name: evil, address: evil, phone: evil }
      const visitType = { id: 1, name: evil, mode: 'in_person' as const, cancellationNoticeMinutes: 0 }
      const file = write({ ...named(evil), visitType, location })
      const names = (text: string) =>
        parse(text)
          .event.getAllProperties()
          .map((property) => property.name)
      expect(names(file)).toEqual(names(write(consultation)))
      // Some parsers also break lines at other characters.
      expect(file.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
    },
  )
})
