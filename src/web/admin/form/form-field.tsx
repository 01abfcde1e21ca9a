import { isolate } from '../../../i18n/isolate.ts'
import { AdminIcon } from '../icons.tsx'
import { type FieldKind, type FormField, mayBeEmpty, nameOf } from './fields.ts'
import type { FormState } from './form-state.ts'
import { type FormWords, faultOf, labelOf, optionsOf, shownText } from './words.ts'

interface FieldProps {
  form: FormWords
  name: string
  state: FormState
}

/** One field with its label, help, fault, and what it was before it was changed. */
export function AdminField({ form, name, state }: FieldProps) {
  const field = form.fields[name]
  if (!field) return null
  const fault = state.faults[name]
  const id = nameOf(name)
  return (
    <div class={fault ? 'field bad-field' : 'field'} data-saved={state.saved[name]}>
      {field.kind !== 'switch' && <Label form={form} name={name} field={field} />}
      <Control form={form} name={name} field={field} state={state} />
      {fault && (
        <p class="error problem" id={`${id}-problem`}>
          <AdminIcon name="warn" />
          <span>{faultOf(form, name, fault)}</span>
        </p>
      )}
      <Was form={form} name={name} state={state} />
      {form.words[name]?.help && (
        <p class="hint" id={`${id}-hint`}>
          {form.words[name]?.help}
        </p>
      )}
    </div>
  )
}

function Label({ form, name, field }: Pick<FieldProps, 'form' | 'name'> & { field: FormField }) {
  return (
    <label for={nameOf(name)}>
      {labelOf(form, name)}
      {field.isOptional && <span class="soft optional"> ({form.copy.admin.form.optional})</span>}
    </label>
  )
}

/** Shown by the server after a save that was refused, and by the script while someone types. */
function Was({ form, name, state }: FieldProps) {
  const [saved = '', typed = ''] = [state.saved[name], state.typed[name]]
  const { form: words } = form.copy.admin
  if (state.version === null || saved === typed) return null
  return (
    <p class="was" id={`${nameOf(name)}-was`}>
      <span class="tag notice">
        <AdminIcon name="edit" /> {words.changed}
      </span>{' '}
      <span class="text">{words.was(shownText(form, name, saved))}</span>
    </p>
  )
}

const inputTypes: { [Kind in FieldKind]?: string } = {
  line: 'text',
  email: 'email',
  tel: 'tel',
  number: 'text',
  numbers: 'text',
  time: 'text',
  date: 'date',
}

const ofSeveralLines: FieldKind[] = ['lines', 'needs']

function Control({ form, name, field, state }: FieldProps & { field: FormField }) {
  const id = nameOf(name)
  const value = state.typed[name] ?? ''
  const described = describe(form, name, state)
  const { kind } = field
  if (kind === 'switch')
    return (
      <label class="check">
        <input type="checkbox" id={id} name={id} value="yes" checked={value === 'yes'} {...described} />
        <span>{labelOf(form, name)}</span>
      </label>
    )
  const required = isRequired(field)
  if (kind === 'choice')
    return (
      <select id={id} name={id} required={required} {...described}>
        {(value === '' || field.isOptional) && (
          <option value="">
            {required ? form.copy.admin.form.choosePlaceholder : form.copy.admin.form.nothing}
          </option>
        )}
        {optionsOf(form, name).map((option) => (
          <option value={option.value} selected={option.value === value}>
            {isolate(option.label)}
          </option>
        ))}
      </select>
    )
  if (ofSeveralLines.includes(kind))
    return (
      <textarea id={id} name={id} rows={3} required={required} {...described}>
        {value}
      </textarea>
    )
  return (
    <input
      type={inputTypes[kind]}
      id={id}
      name={id}
      class={kind === 'number' || kind === 'time' ? 'short num' : undefined}
      inputmode={kind === 'number' || kind === 'time' ? 'numeric' : undefined}
      value={value}
      required={required}
      autocomplete="off"
      {...described}
    />
  )
}

/** An empty list is a list. */
const isRequired = ({ kind, isOptional }: FormField) => !isOptional && !mayBeEmpty.includes(kind)

function describe(form: FormWords, name: string, { version, faults, saved, typed }: FormState) {
  const id = nameOf(name)
  const ids = [
    faults[name] && `${id}-problem`,
    version !== null && saved[name] !== typed[name] && `${id}-was`,
    form.words[name]?.help && `${id}-hint`,
  ].filter(Boolean)
  return {
    ...(ids.length > 0 && { 'aria-describedby': ids.join(' ') }),
    ...(faults[name] && { 'aria-invalid': 'true' as const }),
  }
}
