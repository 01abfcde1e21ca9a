import { readdir, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { id } from '../../src/i18n/id.ts'
import { consultation, read, told, writeForMail, writeForPage } from '../support/calendar-entries.ts'

const moved = {
  ...told,
  version: 2,
  startAt: new Date('2026-11-24T03:00:00Z'),
  endAt: new Date('2026-11-24T03:45:00Z'),
  startLocal: '2026-11-24T10:00',
  endLocal: '2026-11-24T10:45',
  before: told,
}
const emma = { id: 10, name: 'Emma Zero', calledName: null }
const repeated = {
  startAt: new Date('2026-10-25T00:45:00Z'),
  endAt: new Date('2026-10-25T01:15:00Z'),
  startLocal: '2026-10-25T02:45',
  endLocal: '2026-10-25T02:15',
}
const amsterdam = { ...consultation.location, name: 'Jordaan', timeZone: 'Europe/Amsterdam' }
const texts = {
  doctor: { id: 7, name: 'dr. Anak Agung Gde Raka Wibawa Putra Sp.A, Sp.OG; "ahli" kesehatan 👩‍⚕️ \\ anak' },
  location: {
    ...consultation.location,
    name: '医療センター・クリニック・ジャカルタ中央',
    address: 'Gedung A;\nLantai 3, Jalan Raya Kebayoran Lama No. 12 C, Jakarta Selatan 12220',
  },
}

/** Every action, in both languages. `npx vitest run -u test/messages` writes the files again. */
const files = {
  'page-booked': writeForPage(consultation),
  'page-cancelled': writeForPage({ ...consultation, status: 'cancelled', version: 3 }),
  'page-dependant': writeForPage({ ...consultation, patient: emma }),
  'page-repeated-hour': writeForPage({ ...consultation, ...repeated, location: amsterdam }),
  'page-texts': writeForPage({ ...consultation, ...texts }),
  'mail-booked': writeForMail(told),
  'mail-booked-in-indonesian': writeForMail(told, { copy: id, namesVisitType: true }),
  'mail-moved': writeForMail(moved),
  'mail-cancelled': writeForMail({ ...moved, version: 3 }, { method: 'CANCEL' }),
  'mail-cancelled-in-indonesian': writeForMail({ ...moved, version: 3 }, { method: 'CANCEL', copy: id }),
  'mail-dependant': writeForMail({ ...told, patient: emma }),
  'mail-repeated-hour': writeForMail({ ...told, ...repeated, location: { ...amsterdam, directions: null } }),
}

it.each(Object.entries(files))('%s.ics is as agreed, byte for byte', async (name, { content }) => {
  const path = `${import.meta.dirname}/calendar/${name}.ics`
  await expect(content).toMatchFileSnapshot(path)
  // Snapshots forgive other line ends.
  expect((await readFile(path)).equals(Buffer.from(content))).toBe(true)
})

it('nothing else is agreed', async () => {
  const agreed = await readdir(`${import.meta.dirname}/calendar`)
  expect(agreed.sort()).toEqual(
    Object.keys(files)
      .map((name) => `${name}.ics`)
      .sort(),
  )
})

it.each<[keyof typeof files, object]>([
  ['page-booked', { method: 'PUBLISH', sequence: 0, start: '2026-11-23T02:00:00.000Z', attendees: [] }],
  ['page-cancelled', { method: 'CANCEL', sequence: 2, status: 'CANCELLED', attendees: [] }],
  ['page-dependant', { method: 'PUBLISH', summary: 'Consultation: Emma Zero with Dr Strange' }],
  ['page-repeated-hour', { start: '2026-10-25T00:45:00.000Z', end: '2026-10-25T01:15:00.000Z' }],
  [
    'page-texts',
    {
      summary: `Consultation: ${texts.doctor.name}`,
      location: `${texts.location.name}, ${texts.location.address}`,
    },
  ],
  [
    'mail-booked',
    { method: 'REQUEST', sequence: 0, attendees: ['zero@mail.example'], summary: 'Dr Strange' },
  ],
  ['mail-booked-in-indonesian', { method: 'REQUEST', sequence: 0, summary: 'Consultation: Dr Strange' }],
  [
    'mail-moved',
    {
      method: 'REQUEST',
      sequence: 1,
      status: 'CONFIRMED',
      start: '2026-11-24T03:00:00.000Z',
      end: '2026-11-24T03:45:00.000Z',
    },
  ],
  [
    'mail-cancelled',
    { method: 'CANCEL', sequence: 2, status: 'CANCELLED', attendees: ['zero@mail.example'] },
  ],
  ['mail-cancelled-in-indonesian', { method: 'CANCEL', sequence: 2, summary: 'Dibatalkan: Dr Strange' }],
  ['mail-dependant', { method: 'REQUEST', summary: 'Emma Zero with Dr Strange' }],
  ['mail-repeated-hour', { start: '2026-10-25T00:45:00.000Z', end: '2026-10-25T01:15:00.000Z' }],
])('two parsers read %s.ics alike', async (name, event) => {
  const file = await readFile(`${import.meta.dirname}/calendar/${name}.ics`, 'utf8')
  expect(read(file)).toMatchObject({
    uid: 'appointment-42@clinic.example',
    organizer: 'booking@clinic.example',
    ...event,
  })
})
