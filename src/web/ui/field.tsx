import type { PropsWithChildren } from 'hono/jsx'

interface FieldProps {
  name: string
  label: string
  hint?: string | undefined
  problem?: string | undefined
}

/** A label above its control, with the hint and the problem that `describedBy` lets the control name. */
export function Field({ name, label, hint, problem, children }: PropsWithChildren<FieldProps>) {
  return (
    <div class={problem ? 'field wrong' : 'field'}>
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {children}
      {problem && (
        <p class="problem" id={`${name}-problem`}>
          {problem}
        </p>
      )}
    </div>
  )
}

interface ControlProps extends FieldProps {
  value: string
}

interface SelectProps extends ControlProps {
  placeholder: string
  options: { value: number; label: string }[]
}

export function SelectField({ value, placeholder, options, ...field }: SelectProps) {
  return (
    <Field {...field}>
      <select id={field.name} name={field.name} required {...describe(field)}>
        <option value="">{placeholder}</option>
        {options.map((option) => (
          <option value={option.value} selected={String(option.value) === value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}

interface TextProps extends ControlProps {
  type?: 'text' | 'email'
  autocomplete: string
  inputmode?: 'numeric'
}

export function TextField({ value, type = 'text', autocomplete, inputmode, ...field }: TextProps) {
  return (
    <Field {...field}>
      <input
        id={field.name}
        name={field.name}
        type={type}
        required
        autocomplete={autocomplete}
        inputmode={inputmode}
        value={value}
        {...describe(field)}
      />
    </Field>
  )
}

export function TimeField({ value, ...field }: ControlProps) {
  return (
    <Field {...field}>
      <input
        id={field.name}
        name={field.name}
        type="datetime-local"
        required
        value={value.replace(/(Z|[+-]\d\d:\d\d)$/, '')}
        {...describe(field)}
      />
    </Field>
  )
}

function describe({ name, hint, problem }: FieldProps) {
  const ids = [problem && `${name}-problem`, hint && `${name}-hint`].filter(Boolean).join(' ')
  return { ...(ids && { 'aria-describedby': ids }), ...(problem && { 'aria-invalid': 'true' as const }) }
}
