import type { MessageAppointment, MessageContent } from '../../src/clinic/messages/content.ts'
import { messageKinds, messageLanguages } from '../../src/clinic/messages/content.ts'
import type { RenderOptions } from '../../src/messages/render.tsx'
import { sampleContent, sampleLinks, sampleNow } from '../../src/messages/sample.ts'

export const siteUrl = 'https://booking.clinic.id'

export const options: RenderOptions = {
  links: sampleLinks(siteUrl),
  from: 'AloClinic <hello@clinic.id>',
  uidDomain: 'clinic.id',
  siteUrl,
  now: sampleNow,
}

/** Every kind in every language. */
export const every = messageKinds.flatMap((kind) => messageLanguages.map((language) => ({ kind, language })))

const hour = 60 * 60 * 1000

/** The sample, with a change to its appointments. */
export function changed(
  content: MessageContent,
  change: (appointment: MessageAppointment) => Partial<MessageAppointment>,
): MessageContent {
  return {
    ...content,
    appointments: content.appointments.map((each) => ({ ...each, ...change(each) })),
  }
}

/** A second appointment on the same day, with another doctor. */
function withSecond(content: MessageContent, patient?: MessageAppointment['patient']): MessageContent {
  const [first] = content.appointments
  if (!first) return content
  const second = {
    ...first,
    id: 2,
    startAt: new Date(first.startAt.getTime() + 2 * hour),
    endAt: new Date(first.endAt.getTime() + 2 * hour),
    startLocal: '2026-12-03T10:30',
    endLocal: '2026-12-03T11:00',
    doctorName: 'Dr. Andi Wijaya',
    patient: patient ?? first.patient,
  }
  return { ...content, appointments: [first, second] }
}

export type Case = (typeof every)[number]

/** What is hard to write: each for every kind and language. */
export const hardCases: Record<string, (which: Case) => MessageContent> = {
  plain: sampleContent,
  child: (which) => sampleContent({ ...which, forChild: true }),
  several: (which) => withSecond(sampleContent(which)),
  family: (which) => withSecond(sampleContent(which), { id: 2, name: 'Siti Santoso', calledName: null }),
  'long-names': (which) => {
    const name = 'Raden Ajeng Kartini Djojohadiningrat-Wreksodiningrat'
    const content = changed(sampleContent(which), ({ location }) => ({
      doctorName: `Prof. Dr. dr. ${name}, Sp.PD-KHOM, FINASIM`,
      location: { ...location, name: `Klinik Pratama ${name} Cabang Menteng Raya` },
    }))
    return { ...content, recipient: { ...content.recipient, name } }
  },
  bare: (which) =>
    changed(sampleContent(which), ({ location }) => ({
      location: { ...location, address: null, phone: null, directions: null },
      visitType: null,
      reason: null,
    })),
  video: (which) =>
    changed(sampleContent(which), ({ visitType }) => ({
      visitType: visitType && { ...visitType, mode: 'video' },
    })),
  'repeated-hour': (which) =>
    changed(sampleContent(which), ({ location }) => ({
      startAt: new Date('2027-10-31T00:30:00Z'),
      endAt: new Date('2027-10-31T01:00:00Z'),
      startLocal: '2027-10-31T02:30',
      endLocal: '2027-10-31T02:00',
      location: { ...location, timeZone: 'Europe/Berlin' },
    })),
}
