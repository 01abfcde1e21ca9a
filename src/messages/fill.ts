import { isLink, type LinkField, partsOf, type TextPart } from '../clinic/messages/fields.ts'
import type { FieldValues } from './field-values.ts'
import { upperFirst } from './occasion.ts'

/** A piece of a filled text. */
export type Piece = string | { link: LinkField }

/** A text is paragraphs of lines; `{when}` or links on lines of their own are the box and buttons. */
export type Block =
  | { kind: 'paragraph'; lines: Piece[][] }
  | { kind: 'box' }
  | { kind: 'buttons'; links: LinkField[] }

/** Fills a body. A sentence in which a field is empty is left out, and with it a line of which nothing remains. */
export function fillBody(body: string, values: FieldValues): Block[] {
  return body
    .trim()
    .split(/\r?\n\s*\n/)
    .flatMap((paragraph) => fillParagraph(paragraph, values))
}

function fillParagraph(paragraph: string, values: FieldValues): Block[] {
  const blocks: Block[] = []
  for (const written of paragraph.split(/\r?\n/)) {
    const block = fillLine(written.trim(), values)
    const last = blocks.at(-1)
    if (block?.kind === 'paragraph' && last?.kind === 'paragraph') last.lines.push(...block.lines)
    else if (block?.kind === 'buttons' && last?.kind === 'buttons') last.links.push(...block.links)
    else if (block) blocks.push(block)
  }
  return blocks
}

function fillLine(written: string, values: FieldValues): Block | null {
  const [part, ...others] = partsOf(written)
  if (part && others.length === 0 && 'field' in part) {
    if (part.field === 'when') return { kind: 'box' }
    if (isLink(part.field)) return { kind: 'buttons', links: [part.field] }
  }
  const line = fillSentences(written, values)
  return line.length > 0 ? { kind: 'paragraph', lines: [line] } : null
}

/** Fills a text of one line, such as a subject. */
export function fillSentences(written: string, values: FieldValues): Piece[] {
  return written
    .split(/(?<=[.!?]\s+)(?=\S)/)
    .map(partsOf)
    .filter((sentence) => sentence.every((part) => !isEmpty(part, values)))
    .flatMap((sentence) => fillSentence(sentence, values))
    .map((piece, n, all) => (typeof piece === 'string' && n === all.length - 1 ? piece.trimEnd() : piece))
}

const isEmpty = (part: TextPart, values: FieldValues): boolean =>
  'field' in part && !isLink(part.field) && values[part.field] === ''

function fillSentence(sentence: TextPart[], values: FieldValues): Piece[] {
  return sentence.map((part, n): Piece => {
    if ('text' in part) return part.text
    if (isLink(part.field)) return { link: part.field }
    const next = sentence[n + 1]
    const isBeforeFullStop = next !== undefined && 'text' in next && next.text.startsWith('.')
    const value = isBeforeFullStop ? values[part.field].replace(/[.!?]+$/, '') : values[part.field]
    return n === 0 ? upperFirst(value) : value
  })
}

/** The pieces as plain text in one line. */
export function textOf(pieces: Piece[], urlOf: (link: LinkField) => string): string {
  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : urlOf(piece.link))).join('')
  return text.replace(/\s+/g, ' ').trim()
}
