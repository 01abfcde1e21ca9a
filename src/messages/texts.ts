import type { ChannelName } from '../channels/channel.ts'
import type { MessageKind, MessageLanguage } from '../clinic/messages/content.ts'
import type { MessageText } from '../clinic/messages/fields.ts'
import { textsEn } from './texts-en.ts'
import { textsId } from './texts-id.ts'

/** The texts of one kind: those of email have a subject and a body. */
interface KindTexts extends MessageText {
  whatsapp: string
  sms: string
}

export type Texts = Record<MessageKind, KindTexts>

const texts: Record<MessageLanguage, Texts> = { en: textsEn, id: textsId }

/** Our own text, which is sent unless the clinic has one. */
export function originalText(
  kind: MessageKind,
  language: MessageLanguage,
  channel: ChannelName,
): MessageText {
  const { subject, body, ...others } = texts[language][kind]
  return channel === 'email' ? { subject, body } : { subject: '', body: others[channel] }
}
