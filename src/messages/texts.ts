import type { ChannelName } from '../channels/channel.ts'
import type { MessageKind, MessageLanguage } from '../clinic/messages/content.ts'
import type { MessageText } from '../clinic/messages/fields.ts'
import { type Texts, textsEn } from './texts-en.ts'
import { textsId } from './texts-id.ts'

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
