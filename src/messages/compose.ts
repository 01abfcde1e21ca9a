import type { MessageContent } from '../clinic/messages/content.ts'
import type { LinkField, MessageText } from '../clinic/messages/fields.ts'
import { type FieldValues, valuesOf } from './field-values.ts'
import { type Block, fillBody, fillSentences, type Piece, textOf } from './fill.ts'
import type { ButtonLink, Link, MailBlock, MailContent } from './mail.tsx'
import { type Differences, linesOf, type Manner, startOf } from './occasion.ts'
import { originalText } from './texts.ts'
import { words as allWords } from './words.ts'

/** The addresses that a message leads to, signed where they have to be. */
export interface MessageLinks {
  change(appointmentId: number): string
  /** Where the patient says that they will come. */
  confirm(appointmentId: number): string
  rebook(appointmentId: number): string
  calendar(appointmentId: number): string
  /** For staff. */
  staff(appointmentId: number): string
  preferences: string
  /** It also takes a POST from mail programs (RFC 8058). */
  unsubscribe: string
}

/** A message with everything that its text is made of. */
export interface Draft {
  content: MessageContent
  links: MessageLinks
  manner: Manner
  values: FieldValues
  text: MessageText
}

export function draftOf(content: MessageContent, links: MessageLinks, now: Date): Draft {
  const { kind, language, channel } = content
  const manner = { words: allWords[language], now }
  const text = content.ownText ?? originalText(kind, language, channel)
  return { content, links, manner, values: valuesOf(content, manner), text }
}

/** The address of a link in a text that cannot have several: that of the first appointment. */
export const urlIn =
  ({ content, links }: Draft) =>
  (field: LinkField): string =>
    urlOf(links, field, content.appointments[0]?.id ?? 0)

function urlOf(links: MessageLinks, field: LinkField, appointmentId: number): string {
  if (field === 'change_link') return links.change(appointmentId)
  if (field === 'confirm_link') return links.confirm(appointmentId)
  if (field === 'rebook_link') return links.rebook(appointmentId)
  return links.staff(appointmentId)
}

/** Kinds that nobody asked for at that moment: their readers can stop them with one press (RFC 8058). */
export const isStoppable = ({ kind }: MessageContent): boolean => kind === 'reminder' || kind === 'missed'

export function mailOf(draft: Draft): MailContent {
  const { manner, text, values } = draft
  return {
    language: manner.words.locale,
    dir: manner.words.dir,
    subject: textOf(fillSentences(text.subject.replace(/\s+/g, ' '), values), urlIn(draft)),
    preheader: values.when,
    blocks: fillBody(text.body, values).map((block) => writeBlock(block, draft)),
    foot: footOf(draft),
  }
}

function writeBlock(block: Block, draft: Draft): MailBlock {
  const { content, manner } = draft
  if (block.kind === 'box') {
    const { appointments, namesVisitType } = content
    const differences = differencesOf(content)
    return {
      kind: 'box',
      occasions: appointments.map((each) => linesOf(each, differences, { namesVisitType, manner })),
    }
  }
  if (block.kind === 'buttons')
    return { kind: 'buttons', links: block.links.flatMap((field) => linksFor(field, draft)) }
  return {
    kind: 'paragraph',
    lines: block.lines.map((line) => line.map((piece) => writePiece(piece, draft))),
  }
}

function writePiece(piece: Piece, draft: Draft): string | Link {
  if (typeof piece === 'string') return piece
  return { label: draft.manner.words.buttons[piece.link], url: urlIn(draft)(piece.link) }
}

/** One button, or one for each of several appointments. To come is more welcome than to change. */
function linksFor(field: LinkField, { content, links, manner, text }: Draft): ButtonLink[] {
  const isMain = field !== 'change_link' || !text.body.includes('{confirm_link}')
  const label = manner.words.buttons[field]
  return eachOf(content, (id) => urlOf(links, field, id), label, manner).map((link) => ({ ...link, isMain }))
}

function eachOf(
  { appointments }: MessageContent,
  urlFor: (id: number) => string,
  label: string,
  manner: Manner,
): Link[] {
  if (appointments.length === 1) return appointments.map(({ id }) => ({ label, url: urlFor(id) }))
  return appointments.map((each) => ({
    label: manner.words.buttonFor(label, startOf(each, manner)),
    url: urlFor(each.id),
  }))
}

/** Whatever the reader has to be told for each appointment, because it is not in the sentences or not the same. */
function differencesOf({ kind, appointments, recipient }: MessageContent): Differences {
  const isForStaff = recipient.kind !== 'patient'
  const many = (values: unknown[]) => new Set(values).size > 1
  return {
    doctors: kind === 'moved' || many(appointments.map(({ doctorName }) => doctorName)),
    patients: isForStaff || appointments.some(({ patient }) => patient && patient.id !== recipient.patientId),
    locations: isForStaff || kind === 'moved' || many(appointments.map(({ location }) => location.id)),
  }
}

const inCalendar = ['booked', 'moved', 'reminder']

/** How to call the clinic, to keep the appointment in a calendar, and to get fewer messages. */
function footOf({ content, links, manner }: Draft): MailBlock[] {
  const { words } = manner
  const isForPatient = content.recipient.kind === 'patient'
  const calendars = inCalendar.includes(content.kind)
    ? eachOf(content, links.calendar, words.calendar, manner)
    : []
  const phones = isForPatient ? content.appointments.flatMap(({ location }) => location.phone ?? []) : []
  const lines: (Link | null)[] = [
    ...calendars,
    content.recipient.kind === 'location' ? null : { label: words.preferences, url: links.preferences },
    isStoppable(content) ? { label: words.unsubscribe, url: links.unsubscribe } : null,
  ]
  const calls = [...new Set(phones)].map((phone) => [
    `${words.call} `,
    { label: phone, url: `tel:${phone.replace(/[^+\d]/g, '')}` },
  ])
  const all = [...calls, ...lines.filter((line) => line !== null).map((line) => [line])]
  return all.map((line) => ({ kind: 'paragraph', lines: [line] }))
}
