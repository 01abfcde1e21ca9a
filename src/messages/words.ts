import type { LinkField } from '../clinic/messages/fields.ts'
import { en as englishCopy } from '../i18n/en.ts'
import { id as indonesianCopy } from '../i18n/id.ts'

/** The words of messages that are not in the texts: those of fields, buttons and the small print. */
export interface Words {
  /** A BCP 47 tag for formats. */
  locale: string
  dir: string
  /** `Jakarta time`. */
  timeIn: (city: string) => string
  /** `your appointment`; null is the reader, a name someone else. */
  whoseAppointment: (whose: (string | null)[], many: boolean) => string
  who: {
    /** The reader, perhaps together with others who may also have made the change. */
    reader: (patients: string[]) => string
    clinic: string
    /** As staff read it, after "by". */
    patient: string
    someone: string
    clock: string
  }
  minutes: (minutes: number) => string
  with: (doctor: string) => string
  for: (patient: string) => string
  at: (location: string) => string
  room: (names: string, many: boolean) => string
  modes: Record<'phone' | 'video', string>
  more: (count: number) => string
  inDays: (days: number) => string
  buttons: Record<LinkField, string>
  /** After a button's label, when there are several: which appointment it is for. */
  buttonFor: (label: string, when: string) => string
  calendar: string
  preferences: string
  unsubscribe: string
  call: string
}

/** `A`, `A and B`, `A, B and C`. */
export const listIn = (locale: string, items: string[]): string => new Intl.ListFormat(locale).format(items)

const en: Words = {
  locale: englishCopy.language,
  dir: englishCopy.dir,
  timeIn: englishCopy.timeIn,
  whoseAppointment: (whose, many) => {
    const owners = whose.map((name) => (name === null ? 'your' : `${name}’s`))
    return `${listIn('en-GB', owners)} appointment${many ? 's' : ''}`
  },
  who: {
    reader: (patients) =>
      patients.length > 0 ? `you, or someone else who acts for ${listIn('en-GB', patients)},` : 'you',
    clinic: 'we',
    patient: 'the patient',
    someone: 'the clinic',
    clock: 'a deadline that passed',
  },
  minutes: (minutes) => (minutes === 1 ? '1 minute' : `${minutes} minutes`),
  with: (doctor) => `With ${doctor}`,
  for: (patient) => `For ${patient}`,
  at: (location) => `At ${location}`,
  room: (names, many) => `${many ? 'Rooms' : 'Room'}: ${names}`,
  modes: { phone: 'By telephone', video: 'By video' },
  more: (count) => `${count} more`,
  inDays: (days) => ['today', 'tomorrow'][days] ?? `in ${days} days`,
  buttons: {
    change_link: 'Change or cancel',
    confirm_link: 'Yes, I’ll come',
    rebook_link: 'Find another time',
    staff_link: 'Open the appointment',
  },
  buttonFor: (label, when) => `${label} (${when})`,
  calendar: 'Add to your calendar',
  preferences: 'Choose which messages you get',
  unsubscribe: 'Stop messages like this one',
  call: 'Questions? Call us:',
}

const id: Words = {
  locale: indonesianCopy.language,
  dir: indonesianCopy.dir,
  timeIn: indonesianCopy.timeIn,
  whoseAppointment: (whose) =>
    `janji temu ${listIn(
      'id',
      whose.map((name) => name ?? 'Anda'),
    )}`,
  who: {
    reader: (patients) =>
      patients.length > 0 ? `Anda atau orang lain yang mewakili ${listIn('id', patients)}` : 'Anda',
    clinic: 'kami',
    patient: 'pasien',
    someone: 'klinik',
    clock: 'sistem, karena batas waktunya lewat',
  },
  minutes: (minutes) => `${minutes} menit`,
  with: (doctor) => `Dengan ${doctor}`,
  for: (patient) => `Untuk ${patient}`,
  at: (location) => `Di ${location}`,
  room: (names) => `Ruang: ${names}`,
  modes: { phone: 'Lewat telepon', video: 'Lewat panggilan video' },
  more: (count) => `${count} lainnya`,
  inDays: (days) => ['hari ini', 'besok', 'lusa'][days] ?? `${days} hari lagi`,
  buttons: {
    change_link: 'Ubah atau batalkan',
    confirm_link: 'Ya, saya akan datang',
    rebook_link: 'Cari waktu lain',
    staff_link: 'Buka janji temu',
  },
  buttonFor: (label, when) => `${label} (${when})`,
  calendar: 'Tambahkan ke kalender',
  preferences: 'Pilih pesan yang ingin Anda terima',
  unsubscribe: 'Hentikan pesan seperti ini',
  call: 'Ada pertanyaan? Hubungi kami:',
}

export const words = { en, id }
