import type * as z from 'zod'
import type { Fault } from '../../../clinic/refusals.ts'
import { type Snake, snakeCase } from '../../../clinic/snake-case.ts'
import type { Written } from '../../read-form.ts'
import { readNeeds, showNeeds } from './need-lines.ts'

/** What a field looks like, and how its text is read. */
export type FieldKind = keyof typeof kinds

export interface FormField {
  kind: FieldKind
  /** As the verb reads it. */
  shape: z.ZodType
  /** May be left empty, which removes what was there. */
  isOptional?: boolean
  /** What can be chosen; absent when the page lists it. */
  values?: readonly string[]
}

/** A form, by the names of the verb's input. The form and the table write them in snake_case. */
export type FormFields = Record<string, FormField>

/** What the fields hold, as text. A switch that is on holds `yes`. */
export type Texts = Record<string, string>

export type Faults = Record<string, Fault>

type ValuesOf<F extends FormFields> = {
  [Name in keyof F]?: F[Name] extends { isOptional: true }
    ? z.output<F[Name]['shape']> | null
    : z.output<F[Name]['shape']>
}

type ReadTexts<F extends FormFields> = { ok: true; values: ValuesOf<F> } | { ok: false; faults: Faults }

interface Kind {
  read(text: string): unknown
  show(value: unknown): string
}

const asWritten: Kind = { read: (text) => text, show: (value) => String(value ?? '') }

const kinds = {
  line: asWritten,
  lines: asWritten,
  email: asWritten,
  tel: asWritten,
  choice: { read: (text) => (/^\d{1,15}$/.test(text) ? Number(text) : text), show: asWritten.show },
  number: { read: (text) => (/^-?\d{1,9}$/.test(text) ? Number(text) : text), show: asWritten.show },
  numbers: {
    read: (text) =>
      text
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map((one) => (/^\d{1,9}$/.test(one) ? Number(one) : one)),
    show: (value) => (Array.isArray(value) ? value.join(', ') : ''),
  },
  needs: { read: readNeeds, show: showNeeds },
  switch: { read: (text) => text === 'yes', show: (value) => (value ? 'yes' : '') },
  time: { read: readTime, show: (value) => String(value ?? '').slice(0, 5) },
  date: asWritten,
} satisfies Record<string, Kind>

/** `8`, `830`, `8.30` and `08:30` are times; anything else is left to the shape to refuse. */
function readTime(text: string): string {
  const [, hours, minutes = '00'] = /^(\d{1,2})(?:[.:]?(\d\d))?$/.exec(text) ?? []
  return hours === undefined ? text : `${hours.padStart(2, '0')}:${minutes}`
}

/** What the form's fields hold. */
export const typedTexts = (fields: FormFields, form: Written): Texts =>
  textsBy(fields, (_, name) => form(name).trim())

/** The texts of something as it is, by the names of its columns. */
export const textsOf = (fields: FormFields, state: Record<string, unknown>): Texts =>
  textsBy(fields, ({ kind }, name) => kinds[kind].show(state[name]))

/** How a field would show this value. */
export const textOf = ({ kind }: FormField, value: unknown): string => kinds[kind].show(value)

function textsBy(fields: FormFields, read: (field: FormField, name: string) => string): Texts {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, read(field, nameOf(name)).replaceAll('\r\n', '\n')]),
  )
}

/** A field's name in forms and tables. */
export const nameOf = <Name extends string>(name: Name): Snake<Name> => snakeCase(name)

/** Reads all fields but those that are left out, so that each fault can stand beside its field. */
export function readTexts<F extends FormFields>(
  fields: F,
  typed: Texts,
  leftOut: string[] = [],
): ReadTexts<F> {
  const values: Record<string, unknown> = {}
  const faults: Faults = {}
  for (const [name, field] of Object.entries(fields)) {
    if (leftOut.includes(name)) continue
    const read = readOne(field, typed[name] ?? '')
    if ('fault' in read) faults[name] = read.fault
    else values[name] = read.value
  }
  if (Object.keys(faults).length > 0) return { ok: false, faults }
  return { ok: true, values: values as ValuesOf<F> }
}

/** Nothing is a value of theirs. */
export const mayBeEmpty: FieldKind[] = ['switch', 'numbers', 'needs']

function readOne(
  { kind, shape, isOptional }: FormField,
  text: string,
): { value: unknown } | { fault: Fault } {
  if (text === '' && !mayBeEmpty.includes(kind)) return isOptional ? { value: null } : { fault: 'missing' }
  const read = shape.safeParse(kinds[kind].read(text))
  return read.success ? { value: read.data } : { fault: read.error.issues[0]?.message as Fault }
}
