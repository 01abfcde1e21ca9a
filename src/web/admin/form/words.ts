import type { Fault } from '../../../clinic/refusals.ts'
import type { Copy } from '../../../i18n/en.ts'
import type { FormField, FormFields } from './fields.ts'

export interface Option {
  value: string
  label: string
}

/** The words of one form, by field: adding a field adds one line here, in each language. */
export interface FieldWords {
  label: string
  help?: string
  /** What the values of a choice are called. */
  options?: { [value: string]: string }
  /** What to do about a fault, where the usual words do not say it. */
  faults?: { [fault in Fault]?: string }
}

/** Everything that a field needs to be shown. */
export interface FormWords {
  copy: Copy
  fields: FormFields
  words: { [name: string]: FieldWords }
  /** Of the choices that the page lists, by field. */
  options?: { [name: string]: Option[] }
}

export const labelOf = ({ words }: FormWords, name: string): string => words[name]?.label ?? name

export function optionsOf({ fields, words, options }: FormWords, name: string): Option[] {
  const listed = fields[name]?.values?.map((value) => ({
    value,
    label: words[name]?.options?.[value] ?? value,
  }))
  return listed ?? options?.[name] ?? []
}

export function faultOf({ copy, words }: FormWords, name: string, fault: Fault): string {
  return words[name]?.faults?.[fault] ?? copy.faults[fault]
}

/** What a field holds, as people read it. */
export function shownText(form: FormWords, name: string, text: string): string {
  const { form: general } = form.copy.admin
  const field: FormField | undefined = form.fields[name]
  if (field?.kind === 'switch') return text === 'yes' ? general.yes : general.no
  if (text === '') return general.nothing
  return field?.kind === 'choice'
    ? (optionsOf(form, name).find(({ value }) => value === text)?.label ?? text)
    : text
}
