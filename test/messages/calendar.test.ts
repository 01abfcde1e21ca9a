import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Appointment } from '../../src/clinic/appointments/find.ts'
import { id } from '../../src/i18n/id.ts'
import { consultation, parse, read, told, writeForMail, writeForPage } from '../support/calendar-entries.ts'
import { seed } from '../support/seed.ts'

const named = (name: string): Appointment => ({ ...consultation, doctor: { id: 7, name } })
const write = (appointment: Appointment) => writeForPage(appointment).content
const linesOf = (file: string) => file.split('\r\n').slice(0, -1)
const octets = (text: string) => new TextEncoder().encode(text).length

/** The appointment at a location in that time zone, with the wall clock that PostgreSQL read. */
function at(timeZone: string, start: string, startLocal: string, end: string, endLocal: string): Appointment {
  const location = { ...consultation.location, timeZone }
  return { ...consultation, startAt: new Date(start), endAt: new Date(end), startLocal, endLocal, location }
}

describe('the times in a calendar', () => {
  it.each([
    [
      'Asia/Jakarta',
      '2026-11-23T02:00:00Z',
      '2026-11-23T09:00',
      '2026-11-23T02:30:00Z',
      '2026-11-23T09:30',
      '09:00–09:30, Jakarta time',
    ],
    [
      'America/St_Johns',
      '2026-07-01T11:30:00Z',
      '2026-07-01T09:00',
      '2026-07-01T12:00:00Z',
      '2026-07-01T09:30',
      '09:00–09:30, St Johns time',
    ],
    [
      'Pacific/Kiritimati',
      '2026-06-30T19:00:00Z',
      '2026-07-01T09:00',
      '2026-06-30T20:00:00Z',
      '2026-07-01T10:00',
      '09:00–10:00, Kiritimati time',
    ],
    // The clock goes back: the first and the second 02:15 of that night, and a visit that ends earlier than it started.
    [
      'Europe/Amsterdam',
      '2026-10-25T00:15:00Z',
      '2026-10-25T02:15',
      '2026-10-25T00:45:00Z',
      '2026-10-25T02:45',
      '02:15–02:45 (UTC+2), Amsterdam time',
    ],
    [
      'Europe/Amsterdam',
      '2026-10-25T01:15:00Z',
      '2026-10-25T02:15',
      '2026-10-25T01:45:00Z',
      '2026-10-25T02:45',
      '02:15–02:45 (UTC+1), Amsterdam time',
    ],
    [
      'Europe/Amsterdam',
      '2026-10-25T00:45:00Z',
      '2026-10-25T02:45',
      '2026-10-25T01:15:00Z',
      '2026-10-25T02:15',
      '02:45 (UTC+2) – 02:15 (UTC+1), Amsterdam time',
    ],
    [
      'Europe/Amsterdam',
      '2026-10-25T00:30:00Z',
      '2026-10-25T02:30',
      '2026-10-25T01:30:00Z',
      '2026-10-25T02:30',
      '02:30 (UTC+2) – 02:30 (UTC+1), Amsterdam time',
    ],
    [
      'Australia/Lord_Howe',
      '2026-04-04T14:45:00Z',
      '2026-04-05T01:45',
      '2026-04-04T15:15:00Z',
      '2026-04-05T01:45',
      '01:45 (UTC+11) – 01:45 (UTC+10:30), Lord Howe time',
    ],
    // The clock goes forward, and skips midnight.
    [
      'Europe/Amsterdam',
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:30',
      '2026-03-29T01:30:00Z',
      '2026-03-29T03:30',
      '01:30–03:30, Amsterdam time',
    ],
    [
      'America/Havana',
      '2026-03-08T04:30:00Z',
      '2026-03-07T23:30',
      '2026-03-08T05:30:00Z',
      '2026-03-08T01:30',
      '23:30–01:30, Havana time',
    ],
    // To the second.
    [
      'Asia/Kathmandu',
      '2026-07-01T03:15:45Z',
      '2026-07-01T09:00',
      '2026-07-01T04:00:50Z',
      '2026-07-01T09:45',
      '09:00–09:45, Kathmandu time',
    ],
    // Not what the runtime's rules say: the clock is PostgreSQL's.
    [
      'Asia/Jakarta',
      '2026-11-23T02:00:00Z',
      '2026-11-23T10:20',
      '2026-11-23T02:30:00Z',
      '2026-11-23T10:50',
      '10:20–10:50, Jakarta time',
    ],
  ])(
    'are instants, and words on the clock of %s, from %s',
    (zone, start, startLocal, end, endLocal, words) => {
      const file = write(at(zone, start, startLocal, end, endLocal))
      const { description, ...event } = read(file)
      expect(event).toMatchObject({ start: start.replace('Z', '.000Z'), end: end.replace('Z', '.000Z') })
      expect(description).toContain(`2026, ${words}\n`)
      expect(file).not.toMatch(/TZID|VTIMEZONE/)
    },
  )
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
    expect(say('url')).toBe('https://booking.clinic.example/appointments/42')
    expect(say('description')).toBe(
      'Mon, 23 Nov 2026, 09:00–09:30, Jakarta time\nReschedule or cancel: https://booking.clinic.example/appointments/42\nOr call +62 21 555.',
    )
    expect(say('dtstamp')).toBe('2026-11-20T03:04:05Z')
    expect(say('class')).toBe('PRIVATE')
  })

  it.each([write(consultation), writeForMail(told).content])('has no property twice', (file) => {
    const names = parse(file)
      .event.getAllProperties()
      .map(({ name }) => name)
    expect(names).toEqual([...new Set(names)])
  })

  it('names neither the patient nor the reason in the patient’s own calendar', () => {
    const mail = writeForMail(told, {
      recipient: { kind: 'patient', name: 'Reader', patientId: 9, address: 'a@b.example' },
    })
    expect(write(consultation) + mail.content).not.toMatch(/rash|squeezed|Zero/)
  })

  it('names the patient in the calendar of someone who acts for them', () => {
    const forTen = { ...consultation, patient: { id: 10, name: 'Emma Zero' } }
    expect(read(write(forTen)).summary).toBe('Consultation: Emma Zero with Dr Strange')
    expect(read(writeForPage(forTen, { copy: id }).content).summary).toBe(
      'Consultation: Emma Zero dengan Dr Strange',
    )
    const toldOfTen = { ...told, patient: { id: 10, name: 'Emma Zero', calledName: 'Em' } }
    expect(read(writeForMail(toldOfTen).content).summary).toBe('Emma Zero with Dr Strange')
    const withoutRecord = { kind: 'patient' as const, name: 'Aunt', patientId: null, address: 'a@b.example' }
    expect(read(writeForMail(told, { recipient: withoutRecord }).content).summary).toBe(
      'Patient Zero with Dr Strange',
    )
  })

  it('names no patient in a calendar of the clinic’s own people', () => {
    const reader = { kind: 'doctor', accountId: 1, doctorId: 7 } as const
    const recipient = {
      kind: 'staff' as const,
      name: 'Dr Strange',
      patientId: null,
      address: 'strange@b.example',
    }
    const files = [writeForPage(consultation, { reader }), writeForMail(told, { recipient })]
    for (const { content } of files) expect(content).not.toMatch(/Zero/)
  })

  it('names the visit type in a mail, or to whoever has a link, only if the clinic lets it', () => {
    const withLink = writeForPage(consultation, { namesVisitType: false })
    for (const { content } of [writeForMail(told), withLink]) expect(content).not.toMatch(/Consultation/)
    expect(read(writeForMail(told, { namesVisitType: true }).content).summary).toBe(
      'Consultation: Dr Strange',
    )
  })

  it('omits what the clinic has not entered', () => {
    const location = { ...consultation.location, address: null, phone: null }
    const { say } = parse(write({ ...consultation, visitType: null, location }))
    expect(say('summary')).toBe('Dr Strange')
    expect(say('location')).toBe('Menteng')
    expect(say('description')).toMatch(
      /\nReschedule or cancel: https:\/\/booking.clinic.example\/appointments\/42$/,
    )
  })

  it.each(['phone', 'video'] as const)('has no address for a visit by %s', (mode) => {
    const visitType = { id: 2, name: 'Advice', mode, cancellationNoticeMinutes: 0 }
    expect(parse(write({ ...consultation, visitType })).say('location')).toBe('Menteng')
    const call = { name: 'Advice', mode, bring: null, preparation: null }
    expect(read(writeForMail({ ...told, visitType: call }).content).location).toBe('Menteng')
  })

  it('keeps its UID for life, whatever the address of the pages, and has a higher SEQUENCE after each change', () => {
    const files = [
      writeForPage(consultation),
      writeForMail({ ...told, version: 2 }, { url: 'http://localhost:8787/x' }),
      writeForMail({ ...told, version: 3 }, { method: 'CANCEL' }),
      writeForPage({ ...consultation, status: 'cancelled', version: 3 }, { url: 'https://other.example/' }),
    ].map(({ content }) => read(content))
    expect(new Set(files.map(({ uid }) => uid))).toEqual(new Set(['appointment-42@clinic.example']))
    expect(files.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 2])
    expect(files.map(({ organizer }) => organizer)).toEqual(Array(4).fill('booking@clinic.example'))
  })

  it('has an id that no other appointment or clinic has', () => {
    const uids = [
      write(consultation),
      write({ ...consultation, id: 43 }),
      writeForPage(consultation, { uidDomain: 'other.example' }).content,
    ].map((file) => parse(file).say('uid'))
    expect(uids).toEqual([
      'appointment-42@clinic.example',
      'appointment-43@clinic.example',
      'appointment-42@other.example',
    ])
  })

  it('blocks its time until it is cancelled', () => {
    const on = parse(write(consultation))
    const off = parse(write({ ...consultation, status: 'cancelled', version: 2 }))
    expect([on.say('status'), on.say('transp')]).toEqual(['CONFIRMED', 'OPAQUE'])
    expect([off.say('status'), off.say('transp')]).toEqual(['CANCELLED', 'TRANSPARENT'])
    expect(off.calendar.getFirstPropertyValue('method')).toBe('CANCEL')
    expect(off.say('summary')).toBe('Cancelled: Consultation: Dr Strange')
  })

  it('says its method in the content type, too', () => {
    const cancelled = { ...consultation, status: 'cancelled' as const }
    const files = [
      writeForPage(consultation),
      writeForPage(cancelled),
      writeForMail(told),
      writeForMail(told, { method: 'CANCEL' }),
    ]
    expect(files.map(({ contentType }) => contentType)).toEqual(
      ['PUBLISH', 'CANCEL', 'REQUEST', 'CANCEL'].map(
        (method) => `text/calendar; charset=utf-8; method=${method}`,
      ),
    )
    for (const { content, contentType } of files) expect(contentType).toContain(`=${read(content).method}`)
  })

  it('is a file named in the reader’s language', () => {
    expect(writeForMail(told).filename).toBe('appointment-42.ics')
    expect(writeForMail(told, { copy: id }).filename).toBe('janji-temu-42.ics')
  })
})

describe('the people of an entry', () => {
  const line = (file: string, name: string) =>
    linesOf(file.replaceAll('\r\n ', '')).find((one) => one.startsWith(name))
  const recipient = {
    kind: 'patient' as const,
    patientId: 9,
    name: 'Patient Zero',
    address: 'zero@mail.example',
  }

  it('are the clinic, and in a mail the recipient, who owes no answer', () => {
    const { content } = writeForMail(told)
    expect(line(content, 'ORGANIZER')).toBe('ORGANIZER;CN="AloBooking Clinic":mailto:booking@clinic.example')
    expect(line(content, 'ATTENDEE')).toBe(
      'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE;CN="Patient Zero":mailto:zero@mail.example',
    )
    expect(line(write(consultation), 'ATTENDEE')).toBeUndefined()
    expect(line(writeForMail(told, { method: 'CANCEL' }).content, 'ATTENDEE')).toContain(
      'mailto:zero@mail.example',
    )
  })

  it('have no name where none is known', () => {
    const { content } = writeForMail(told, {
      from: 'booking@clinic.example',
      recipient: { ...recipient, name: ' ' },
    })
    expect(line(content, 'ORGANIZER')).toBe('ORGANIZER:mailto:booking@clinic.example')
    expect(line(content, 'ATTENDEE')).toMatch(/RSVP=FALSE:mailto:zero@mail.example$/)
  })

  it('have names and addresses that cannot end them', () => {
    const units = [
      '"',
      ';',
      ':',
      ',',
      '=',
      '%',
      '?',
      '^',
      'n',
      '\\',
      '\r',
      '\n',
      '\0',
      '\u2028',
      ' ',
      '@',
      'é',
    ]
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom(...units), minLength: 1 }),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
    )
    fc.assert(
      fc.property(text, text, (name, address) => {
        const { content } = writeForMail(told, { recipient: { ...recipient, name: `A${name}`, address } })
        const [attendee, ...others] = parse(content).event.getAllProperties('attendee')
        expect(others).toEqual([])
        expect(attendee?.getParameter('rsvp')).toBe('FALSE')
        expect(attendee?.getParameter('cn')).toBe(
          `A${name
            .replace(/\r\n|[\r\n\p{Zl}\p{Zp}]/gu, ' ')
            .replace(/[\p{Cc}\\^]/gu, '')
            .replaceAll('"', "'")}`.trim(),
        )
        expect(String(attendee?.getFirstValue())).toMatch(/^mailto:[\w.~!$'*+@%-]+$/)
        expect(decodeURIComponent(String(attendee?.getFirstValue()))).toBe(`mailto:${address}`)
      }),
      { seed },
    )
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

  it('reads the same in two parsers, whatever it is', () => {
    const text = fc.oneof(
      fc.string({
        unit: fc.constantFrom('\\', 'n', 'N', ',', ';', ':', '"', '\n', 'é', '医', '👩‍⚕️', ' ', '\t', 'x'),
      }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
    )
    fc.assert(
      fc.property(text, text, text, (doctor, place, phone) => {
        const location = { ...consultation.location, name: place, address: place, phone }
        const event = read(write({ ...named(`A${doctor}`), location: { ...location, name: `B${place}` } }))
        const shown = (written: string) =>
          written.replace(/\r\n|[\r\n\p{Zl}\p{Zp}]/gu, '\n').replace(/(?![\t\n])\p{Cc}/gu, '')
        expect(shown(event.summary ?? '').replace(/[\u2068\u2069]/g, '')).toBe(
          shown(`Consultation: A${doctor}`).replace(/[\u2068\u2069]/g, ''),
        )
        expect(event.location).toBe(shown([`B${place}`, place].filter(Boolean).join(', ')))
        expect(event.description).toContain(phone && shown(phone))
      }),
      { numRuns: 500, seed },
    )
  })
})
