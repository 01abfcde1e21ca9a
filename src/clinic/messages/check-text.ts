import type { ChannelName } from '../../channels/channel.ts'
import type { MessageKind } from './content.ts'
import { fieldsOf, isField, isLink, type MessageField, type MessageText, requiredFieldsOf } from './fields.ts'

/** What is wrong with a text, and in which part of it. */
export type TextFault = { part: keyof MessageText } & (
  | { fault: 'empty' | 'brace' }
  /** No such field; `nearest` is the one that was probably meant. */
  | { fault: 'unknown_field'; name: string; nearest: MessageField | null }
  /** There is such a field, but not here: not in this kind, or no link in a subject. */
  | { fault: 'not_here'; name: MessageField }
  /** Only if the clinic lets messages name the visit type. */
  | { fault: 'not_allowed'; name: MessageField }
  | { fault: 'missing_field'; name: MessageField }
)

interface About {
  kind: MessageKind
  channel: ChannelName
  namesVisitType: boolean
}

/** Finds everything that is wrong with a clinic's text. One with a fault must not be saved. */
export function checkText(text: MessageText, about: About): TextFault[] {
  const parts: (keyof MessageText)[] = about.channel === 'email' ? ['subject', 'body'] : ['body']
  return [
    ...parts.flatMap((part) => checkPart(text[part], part, about)),
    ...requiredFieldsOf(about.kind)
      .filter((name) => !text.body.includes(`{${name}}`))
      .map((name) => ({ part: 'body' as const, fault: 'missing_field' as const, name })),
  ]
}

function checkPart(text: string, part: keyof MessageText, about: About): TextFault[] {
  if (text.trim() === '') return [{ part, fault: 'empty' }]
  const braced = /\{([^{}\n]*)\}/g
  const names = new Set([...text.matchAll(braced)].map(([, name = '']) => name))
  const faults = [...names].flatMap((name) => checkField(name, part, about))
  return /[{}]/.test(text.replace(braced, '')) ? [{ part, fault: 'brace' }, ...faults] : faults
}

function checkField(name: string, part: keyof MessageText, { kind, namesVisitType }: About): TextFault[] {
  const fields: readonly MessageField[] = fieldsOf[kind]
  if (!isField(name)) return [{ part, fault: 'unknown_field', name, nearest: nearestOf(name, fields) }]
  if (!fields.includes(name) || (part === 'subject' && isLink(name)))
    return [{ part, fault: 'not_here', name }]
  return name === 'visit_type' && !namesVisitType ? [{ part, fault: 'not_allowed', name }] : []
}

/** The field that is spelled most like the name, in any order of its words: `{doctor_name}` for `{nama_dokter}`. */
function nearestOf(name: string, fields: readonly MessageField[]): MessageField | null {
  const written = wordsOf(name)
  const [best] = fields
    .map((field) => ({ field, far: farBetween(written, field.split('_')) }))
    .toSorted((one, other) => one.far - other.far)
  return best && best.far < 0.6 ? best.field : null
}

const wordsOf = (name: string) =>
  name
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean)

/** From 0, the same words, to 1, nothing in common. */
function farBetween(one: string[], other: string[]): number {
  const steps = (words: string[], among: string[]) =>
    words.reduce(
      (sum, word) => sum + Math.min(word.length, ...among.map((each) => editsBetween(word, each))),
      0,
    )
  const letters = [...one, ...other].join('').length
  return one.length === 0 ? 1 : (steps(one, other) + steps(other, one)) / letters
}

/** Levenshtein's distance: how many letters to change, add or remove. */
function editsBetween(one: string, other: string): number {
  let last = Array.from({ length: other.length + 1 }, (_, n) => n)
  for (const [row, letter] of [...one].entries()) {
    const next = [row + 1]
    for (const [column, also] of [...other].entries()) {
      const [left = 0, above = 0, before = 0] = [next[column], last[column + 1], last[column]]
      next.push(Math.min(left + 1, above + 1, before + (letter === also ? 0 : 1)))
    }
    last = next
  }
  return last[other.length] ?? 0
}
