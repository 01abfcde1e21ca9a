import {
  type ChangeMessageTexts,
  messageTextInput,
  type writtenChannels,
} from '../../../clinic/messages/change-texts.ts'
import type { TextFault } from '../../../clinic/messages/check-text.ts'
import { type MessageKind, type MessageLanguage, messageLanguages } from '../../../clinic/messages/content.ts'
import type { MessageText } from '../../../clinic/messages/fields.ts'
import type { MessageTexts } from '../../../clinic/messages/find-texts.ts'
import { originalText } from '../../../messages/texts.ts'
import type { Written } from '../../read-form.ts'

export type WrittenChannel = (typeof writtenChannels)[number]

/** By language. */
export type Both<T> = Record<MessageLanguage, T>

export const forBoth = <T>(read: (language: MessageLanguage) => T): Both<T> =>
  Object.fromEntries(messageLanguages.map((language) => [language, read(language)])) as Both<T>

/** What the editor shows of one language. */
export interface EditedText {
  text: MessageText
  original: MessageText
  /** As saved, when that is not the original. */
  own: { text: MessageText; changedBy: string; changedAt: Date } | null
  faults: (TextFault | { part: keyof MessageText; fault: 'too_long_a_text' })[]
}

/** The texts as they are saved. */
export const savedTexts = (
  { own }: MessageTexts,
  kind: MessageKind,
  channel: WrittenChannel,
): Both<EditedText> =>
  forBoth((language) => {
    const original = originalText(kind, language, channel)
    const found = own.find((one) => one.kind === kind && one.language === language && one.channel === channel)
    return { text: found ?? original, original, own: found ? { text: found, ...found } : null, faults: [] }
  })

/** The typed text of each language. */
export const typedTexts = (form: Written): Both<MessageText> =>
  forBoth((language) => ({ subject: form(`subject_${language}`), body: form(`body_${language}`) }))

/** When each text was last changed, as the form was told. What no form of ours says matches nothing. */
export const seenIn = (form: Written): ChangeMessageTexts['seen'] =>
  forBoth((language) => {
    const seen = form(`seen_${language}`)
    if (seen === '') return null
    return Number.isNaN(Date.parse(seen)) ? new Date(0) : new Date(seen)
  })

/** What to save: null for a text that is our own again. */
export function readTexts(typed: Both<MessageText>, kind: MessageKind, channel: WrittenChannel) {
  const read = forBoth((language) => messageTextInput.safeParse(typed[language]))
  const faults = forBoth((language) => {
    const issues = read[language].error?.issues ?? []
    return issues.map(({ path }) => ({
      part: path[0] as keyof MessageText,
      fault: 'too_long_a_text' as const,
    }))
  })
  const texts = forBoth((language) => {
    const text = read[language].data
    const { subject, body } = originalText(kind, language, channel)
    return text && text.subject === subject && text.body === body ? null : (text ?? null)
  })
  return { ok: messageLanguages.every((language) => read[language].success), texts, faults }
}
