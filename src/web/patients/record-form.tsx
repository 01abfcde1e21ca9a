import type { Child } from 'hono/jsx'
import type { Copy } from '../../i18n/en.ts'
import { languageName } from '../../i18n/languages.ts'
import { FormKey } from '../form-key.tsx'
import { DateField, describeControl, Field, SelectField, TextField } from '../ui/field.tsx'
import type { RecordFaults, RecordField, RecordValues } from './record-values.ts'

interface RecordFormProps {
  copy: Copy
  action: string
  formKey: string
  /** Of the record whose values the form began with. */
  version: number
  values: RecordValues
  faults: RecordFaults
  isDesk: boolean
}

/** Spoken by many patients here; the record may have others. */
const spoken = ['id', 'en', 'jv', 'su', 'zh', 'ar', 'nl', 'ja', 'ko', 'fr', 'de']

/** A patient's record to correct: all of it for the front desk, their own data for patients. */
export function RecordForm(props: RecordFormProps) {
  const { copy, action, formKey, version, values, isDesk } = props
  const words = copy.record
  return (
    <form method="post" action={action}>
      <FormKey value={formKey} />
      <input type="hidden" name="version" value={String(version)} />
      <TextField {...fieldOf(props, 'name')} autocomplete="off" />
      <TextField {...fieldOf(props, 'called_name')} autocomplete="off" isOptional />
      <DateField {...fieldOf(props, 'birth_date')} />
      <Choice {...props} name="sex" options={words.sexes} />
      {!isDesk && <p class="hint">{words.deskDecides}</p>}
      <TextField
        {...fieldOf(props, 'phone')}
        type="tel"
        hint={words.phoneHint}
        autocomplete="off"
        isOptional
      />
      <TextField {...fieldOf(props, 'contact_email')} type="email" autocomplete="off" isOptional />
      <Choice {...props} name="preferred_channel" options={words.channels} />
      <Choice {...props} name="language" options={languagesIn(copy, values.language)} />
      <Choice {...props} name="other_language" options={languagesIn(copy, values.other_language)} />
      <LongText {...props} name="address" />
      {isDesk && <ForDesk {...props} />}
      <button type="submit">{words.save}</button>
    </form>
  )
}

function ForDesk(props: RecordFormProps): Child {
  const words = props.copy.record
  return (
    <>
      {(['nik', 'bpjs', 'passport', 'record'] as const).map((issuer) => (
        <TextField
          {...fieldOf(props, issuer)}
          hint={words.identifierHints[issuer]}
          autocomplete="off"
          isOptional
        />
      ))}
      <LongText {...props} name="desk_note" />
      {(['is_deceased', 'is_inactive'] as const).map((name) => (
        <label class="choice">
          <input type="checkbox" name={name} value="yes" checked={props.values[name] === 'yes'} />
          {labelOf(props.copy, name)}
        </label>
      ))}
    </>
  )
}

function Choice(props: RecordFormProps & { name: RecordField; options: Record<string, string> }) {
  const options = Object.entries(props.options).map(([value, label]) => ({ value, label }))
  return (
    <SelectField
      {...fieldOf(props, props.name)}
      placeholder={props.copy.record.notKnown}
      options={options}
      isOptional
    />
  )
}

function LongText(props: RecordFormProps & { name: RecordField }) {
  const field = fieldOf(props, props.name)
  return (
    <Field {...field}>
      <textarea id={field.name} name={field.name} rows={3} {...describeControl(field)}>
        {field.value}
      </textarea>
    </Field>
  )
}

function fieldOf({ copy, values, faults }: RecordFormProps, name: RecordField) {
  const fault = faults[name]
  return { name, value: values[name], label: labelOf(copy, name), problem: fault && copy.faults[fault] }
}

const languagesIn = ({ language }: Copy, chosen: string): Record<string, string> =>
  Object.fromEntries(
    [...new Set([...spoken, chosen])].filter(Boolean).map((tag) => [tag, languageName(tag, language)]),
  )

/** What a field of the form is called. */
export function labelOf({ record: words }: Copy, name: RecordField): string {
  return {
    ...words.issuers,
    name: words.name,
    called_name: words.calledName,
    birth_date: words.birthDate,
    sex: words.sex,
    phone: words.phone,
    contact_email: words.email,
    language: words.language,
    other_language: words.otherLanguage,
    preferred_channel: words.channel,
    address: words.address,
    desk_note: words.deskNote,
    is_deceased: words.deceased,
    is_inactive: words.inactive,
  }[name]
}
