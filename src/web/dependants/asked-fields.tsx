import type { PropsWithChildren } from 'hono/jsx'
import type { Asking, Askings } from '../../clinic/settings/askings.ts'
import type { Copy } from '../../i18n/en.ts'
import { DateField, SelectField, TextField } from '../ui/field.tsx'

export interface AskedValues {
  birth_date: string
  phone: string
  sex: string
}

interface AskedFieldsProps {
  copy: Copy
  /** What the fields are called. */
  words: { birthDate: string; phone: string; sex: string }
  askings: Askings
  values: AskedValues
  problems: Partial<Record<keyof AskedValues, string | undefined>>
  /** Whether the visitor is asked about themselves, so that the browser may fill fields in. */
  isOwn?: boolean
  /** Whether another answer decides if they are needed: the browser then lets them be empty. */
  depends?: boolean
}

/** What the clinic asks of people who register online, see `clinic_settings`; the children come after the date of birth. */
export function AskedFields(props: PropsWithChildren<AskedFieldsProps>) {
  const { copy, words, askings, values, problems, isOwn = false, depends = false } = props
  const field = (name: keyof AskedValues, label: string, asking: Asking) => ({
    name,
    value: values[name],
    problem: problems[name],
    label: asking === 'optional' ? copy.dependant.optional(label) : label,
    isOptional: asking === 'optional' || depends,
  })
  return (
    <>
      {askings.birthDate !== 'no' && (
        <DateField {...field('birth_date', words.birthDate, askings.birthDate)} />
      )}
      {props.children}
      {askings.phone !== 'no' && (
        <TextField
          {...field('phone', words.phone, askings.phone)}
          type="tel"
          hint={copy.record.phoneHint}
          autocomplete={isOwn ? 'tel' : 'off'}
        />
      )}
      {askings.sex !== 'no' && (
        <SelectField
          {...field('sex', words.sex, askings.sex)}
          placeholder={copy.record.notKnown}
          options={Object.entries(copy.record.sexes).map(([value, label]) => ({ value, label }))}
        />
      )}
    </>
  )
}
