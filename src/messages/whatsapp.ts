import type { WhatsAppTemplate } from '../channels/channel.ts'
import {
  type MessageKind,
  type MessageLanguage,
  messageKinds,
  messageLanguages,
} from '../clinic/messages/content.ts'
import { isLink, type LinkField, type MessageField, partsOf } from '../clinic/messages/fields.ts'
import { type Draft, urlIn } from './compose.ts'
import { originalText } from './texts.ts'
import { words } from './words.ts'

/** What the clinic registers with WhatsApp before it can send messages of a kind. */
export interface RegisteredTemplate {
  kind: MessageKind
  name: string
  category: 'UTILITY'
  language: MessageLanguage
  /** With `{{1}}` and so on. */
  body: string
  buttons: { label: string; url: string }[]
}

/** A changed text needs a new name, because WhatsApp approves each. */
const nameOf = (kind: MessageKind) => `appointment_${kind}_1`

const buttonsOf: Record<MessageKind, LinkField[]> = {
  requested: ['change_link'],
  booked: ['change_link'],
  declined: ['rebook_link'],
  lapsed: ['rebook_link'],
  moved: ['change_link'],
  cancelled: ['rebook_link'],
  reminder: ['confirm_link', 'change_link'],
  missed: ['rebook_link'],
  approval_requested: ['staff_link'],
  staff_booked: ['staff_link'],
  staff_moved: ['staff_link'],
  staff_cancelled: ['staff_link'],
}

/** Every template in every language, as it has to be registered. */
export function templatesOf(siteUrl: string): RegisteredTemplate[] {
  return messageKinds.flatMap((kind) =>
    messageLanguages.map((language) => ({
      kind,
      name: nameOf(kind),
      category: 'UTILITY',
      language,
      body: numbered(kind, language),
      buttons: buttonsOf[kind].map((field) => ({
        label: words[language].buttons[field],
        url: `${siteUrl}/{{1}}`,
      })),
    })),
  )
}

/** The fields of a template, in the order of their numbers. */
const variablesOf = (kind: MessageKind, language: MessageLanguage): MessageField[] => [
  ...new Set(
    partsOf(originalText(kind, language, 'whatsapp').body).flatMap((part) =>
      'field' in part ? [part.field] : [],
    ),
  ),
]

function numbered(kind: MessageKind, language: MessageLanguage): string {
  const variables = variablesOf(kind, language)
  return partsOf(originalText(kind, language, 'whatsapp').body)
    .map((part) => ('text' in part ? part.text : `{{${variables.indexOf(part.field) + 1}}}`))
    .join('')
}

/** Fills a registered template. WhatsApp refuses an empty variable, or one with line breaks. */
export function writeTemplate(draft: Draft, siteUrl: string): WhatsAppTemplate {
  const { kind, language, to } = draft.content
  const urlOf = urlIn(draft)
  const variable = (field: MessageField) =>
    (isLink(field) ? urlOf(field) : draft.values[field]).replace(/\s+/g, ' ').trim() || '–'
  return {
    channel: 'whatsapp',
    to,
    template: nameOf(kind),
    language,
    body: variablesOf(kind, language).map(variable),
    buttons: buttonsOf[kind].map((field) => urlOf(field).slice(siteUrl.length + 1)),
  }
}
