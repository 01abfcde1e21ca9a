import type { HistoryEntry } from '../../../clinic/settings/find-history.ts'
import { formatClock, formatWeekday } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { showNeeds } from '../form/need-lines.ts'
import type { FieldWords } from '../form/words.ts'

export interface ChangedField {
  label: string
  before: string
  after: string
}

/** What changed, field by field, in words. What was added or removed as a whole has no fields to compare. */
export function changedFields(copy: Copy, { subject, before, after }: HistoryEntry): ChangedField[] {
  if (before === null || after === null) return []
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.map((name) => ({
    label: labelOf(copy, subject, name),
    before: inWords(copy, subject, name, before[name]),
    after: inWords(copy, subject, name, after[name]),
  }))
}

/** What it is that changed: `Location AloClinic Menteng`. */
export function subjectOf(copy: Copy, { subject, name, key }: HistoryEntry): string {
  const words = copy.admin.history
  if (subject === 'message_text') return `${words.subjects[subject]}: ${messageOf(copy, key)}`
  const called = name ?? (key && words.numbered(key))
  return called ? `${words.subjects[subject]}: ${called}` : words.subjects[subject]
}

/** `booked:en:email` as the editor of messages calls it. */
function messageOf(copy: Copy, key: string): string {
  const [kind = '', language = '', channel = ''] = key.split(':')
  const kinds: Record<string, { title: string }> = copy.messageTexts.kinds
  return [kinds[kind]?.title ?? kind, language, channel].join(', ')
}

/** What has a form of its own is called there as here. */
function fieldOf(copy: Copy, subject: HistoryEntry['subject'], column: string): FieldWords | undefined {
  const { locations, resources, visitTypes } = copy.admin
  const forms: { [Subject in HistoryEntry['subject']]?: { [name: string]: FieldWords } } = {
    location: locations.fields,
    resource: resources.fields,
    visit_type: visitTypes.fields,
  }
  return forms[subject]?.[column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())]
}

const labelOf = (copy: Copy, subject: HistoryEntry['subject'], column: string): string =>
  fieldOf(copy, subject, column)?.label ?? copy.admin.history.fields[column] ?? column.replaceAll('_', ' ')

function inWords(copy: Copy, subject: HistoryEntry['subject'], column: string, value: unknown): string {
  const { form, history } = copy.admin
  if (value === null || value === undefined || value === '') return form.nothing
  if (typeof value === 'boolean') return value ? form.yes : form.no
  if (Array.isArray(value)) return listInWords(copy, column, value) || form.nothing
  if (typeof value === 'object') return inList(copy, value)
  const text = String(value)
  const named = fieldOf(copy, subject, column)?.options?.[text] ?? history.values[column]?.[text]
  return named ?? text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*$/, '$1 $2')
}

function listInWords(copy: Copy, column: string, list: unknown[]): string {
  if (column === 'needs') return showNeeds(list).replaceAll('\n', '; ')
  return list.map((one) => inList(copy, one)).join('; ')
}

/** One of several, such as a weekday's hours. */
function inList(copy: Copy, one: unknown): string {
  if (one === null || typeof one !== 'object') return String(one)
  const { weekday, opens_at, closes_at, ...others } = one as Record<string, unknown>
  const rest = Object.entries(others)
    .filter(([, value]) => value !== null)
    .map(([column, value]) => `${labelOf(copy, 'clinic', column)} ${String(value)}`)
  if (typeof weekday !== 'number') return rest.join(', ')
  const clock = (time: unknown) => formatClock(String(time).slice(0, 5), copy.language)
  const hours = `${formatWeekday(weekday, copy.language)} ${clock(opens_at)}–${clock(closes_at)}`
  return [hours, ...rest].join(', ')
}
