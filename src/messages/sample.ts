import type { ChannelName } from '../channels/channel.ts'
import {
  type MessageAppointment,
  type MessageContent,
  type MessageKind,
  type MessageLanguage,
  staffMessageKinds,
} from '../clinic/messages/content.ts'
import type { MessageText } from '../clinic/messages/fields.ts'
import type { MessageLinks } from './compose.ts'

/** A message about made-up people, for previews and tests. */
export interface SampleOptions {
  kind: MessageKind
  language: MessageLanguage
  channel?: ChannelName
  to?: string
  ownText?: MessageText | null
  namesVisitType?: boolean
  /** For someone who acts for their child. */
  forChild?: boolean
  /** The clinic's own location and doctor, so that the preview shows their names. */
  occasion?: Pick<MessageAppointment, 'doctorName' | 'location'>
}

const menteng = {
  id: 1,
  name: 'AloClinic Menteng',
  timeZone: 'Asia/Jakarta',
  address: 'Jl. Cikini Raya 12, Menteng, Jakarta',
  phone: '+62 21 5550 1234',
  directions: null,
}

const directions = {
  en: 'It’s the white building next to the post office.',
  id: 'Gedung putih di sebelah kantor pos.',
}

const visitTypes = {
  en: {
    name: 'Check-up',
    mode: 'in_person',
    bring: 'Your insurance card and any medicine you take',
    preparation: 'Please don’t eat for four hours before.',
  },
  id: {
    name: 'Pemeriksaan rutin',
    mode: 'in_person',
    bring: 'Kartu asuransi dan obat yang sedang diminum',
    preparation: 'Mohon berpuasa empat jam sebelumnya.',
  },
} as const

const reasons = {
  en: 'Dr. Maya is away on that day',
  id: 'dr. Maya tidak praktik pada hari itu',
}

const budi = { id: 1, name: 'Budi Santoso', calledName: null }
const siti = { id: 2, name: 'Siti Santoso', calledName: null }

/** When the samples are sent: the appointment is three days later. */
export const sampleNow = new Date('2026-11-30T03:00:00Z')

export function sampleContent(options: SampleOptions): MessageContent {
  const { kind, language, channel = 'email', forChild = false } = options
  const isForStaff = (staffMessageKinds as readonly string[]).includes(kind)
  return {
    id: 1,
    kind,
    language,
    channel,
    to: options.to ?? 'budi@example.com',
    recipient: isForStaff
      ? { kind: 'staff', name: 'Dr. Maya Sari', calledName: null, accountId: 2, patientId: null }
      : { kind: 'patient', name: budi.name, calledName: null, accountId: 1, patientId: budi.id },
    daysBefore: kind === 'reminder' ? 3 : null,
    appointments: [sampleAppointment(options, forChild ? siti : budi)],
    namesVisitType: options.namesVisitType ?? false,
    ownText: options.ownText ?? null,
  }
}

const withReason: MessageKind[] = ['declined', 'moved', 'cancelled', 'staff_moved', 'staff_cancelled']
const changes: MessageKind[] = ['moved', 'staff_moved', 'cancelled', 'staff_cancelled']

function sampleAppointment(
  { kind, language, occasion }: SampleOptions,
  patient: typeof budi | typeof siti,
): MessageAppointment {
  const where = occasion ?? {
    doctorName: 'Dr. Maya Sari',
    location: { ...menteng, directions: directions[language] },
  }
  const times = {
    startAt: new Date('2026-12-03T01:30:00Z'),
    endAt: new Date('2026-12-03T02:00:00Z'),
    startLocal: '2026-12-03T08:30',
    endLocal: '2026-12-03T09:00',
  }
  const before = {
    startAt: new Date('2026-12-02T03:00:00Z'),
    endAt: new Date('2026-12-02T03:30:00Z'),
    startLocal: '2026-12-02T10:00',
    endLocal: '2026-12-02T10:30',
    ...where,
  }
  return {
    id: 1,
    version: 2,
    ...times,
    ...where,
    patient,
    before: changes.includes(kind) ? before : null,
    changedBy: kind === 'staff_booked' ? 'patient' : 'clinic',
    reason: withReason.includes(kind) ? reasons[language] : null,
    visitType: visitTypes[language],
    roomNames: [],
  }
}

/** Links that lead nowhere in particular, so that a preview changes nothing. */
export function sampleLinks(siteUrl: string): MessageLinks {
  const link = (name: string) => (id: number) => `${siteUrl}/m/${name}-${id}`
  return {
    change: link('change'),
    confirm: link('confirm'),
    rebook: link('rebook'),
    calendar: link('calendar'),
    staff: link('staff'),
    preferences: `${siteUrl}/m/preferences`,
    unsubscribe: `${siteUrl}/m/unsubscribe`,
  }
}
