import { type Draft, urlIn } from './compose.ts'
import { fillSentences, textOf } from './fill.ts'

/** What a telephone shows as one message, although it is sent in two parts. */
const mostSegments = 2

/**
 * Writes a text message. If it needs more than two segments, sentences without a time or a link are left out, the last
 * first.
 */
export function writeSms(draft: Draft): string {
  const { text, values } = draft
  const sentences = text.body.split(/(?<=[.!?]\s+)(?=\S)/)
  const write = (kept: string[]) => plainly(textOf(fillSentences(kept.join(''), values), urlIn(draft)))
  const spare = sentences.filter((sentence) => !/\{(when|start_day|[a-z]+_link)\}/.test(sentence))
  while (segmentsOf(write(sentences)) > mostSegments) {
    const last = spare.pop()
    if (last === undefined) break
    sentences.splice(sentences.indexOf(last), 1)
  }
  return write(sentences)
}

/** Typographic characters cost a text message more than half its room, and their plain forms say the same. */
const plainForms: [RegExp, string][] = [
  [/[‘’]/g, "'"],
  [/[“”]/g, '"'],
  [/[–—]/g, '-'],
  [/…/g, '...'],
  [/[\u00a0\u202f]/g, ' '],
  [/ ·/g, ','],
]

const plainly = (text: string) =>
  plainForms.reduce((plain, [pattern, form]) => plain.replace(pattern, form), text)

const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const twice = '^{}\\[~]|€\f'

/** How many parts a text message is sent in: 160 characters of GSM 03.38 or 70 others, or fewer in each of several. */
export function segmentsOf(text: string): number {
  const isBasic = [...text].every((character) => basic.includes(character) || twice.includes(character))
  if (!isBasic) return text.length <= 70 ? 1 : Math.ceil(text.length / 67)
  const length = [...text].reduce((sum, character) => sum + (twice.includes(character) ? 2 : 1), 0)
  return length <= 160 ? 1 : Math.ceil(length / 153)
}
