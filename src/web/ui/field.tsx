import type { PropsWithChildren } from 'hono/jsx'

interface FieldProps {
  name: string
  /** Of the control, where the name is not the only one of the page. */
  id?: string
  label: string
  hint?: string | undefined
  problem?: string | undefined
  /** Where something above is wrong too, and has the focus when the page opens. */
  leavesFocus?: boolean
}

/** A label above its control, with the hint and the problem that `describedBy` lets the control name. */
export function Field({ name, id = name, label, hint, problem, children }: PropsWithChildren<FieldProps>) {
  return (
    <div class={problem ? 'field wrong' : 'field'}>
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      {problem && (
        <p class="problem" id={`${id}-problem`}>
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
  isOptional?: boolean
  options: { value: number | string; label: string }[]
}

export function SelectField({ value, placeholder, isOptional = false, options, ...field }: SelectProps) {
  return (
    <Field {...field}>
      <select id={field.id ?? field.name} name={field.name} required={!isOptional} {...describe(field)}>
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
  isOptional?: boolean
}

export function TextField({ value, type = 'text', isOptional = false, ...props }: TextProps) {
  const { autocomplete, inputmode, ...field } = props
  return (
    <Field {...field}>
      <input
        id={field.name}
        name={field.name}
        type={type}
        required={!isOptional}
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
        value={value.replace(/[+-]\d\d:\d\d$/, '')}
        {...describe(field)}
      />
    </Field>
  )
}

export function DateField({ value, ...field }: ControlProps) {
  return (
    <Field {...field}>
      <input id={field.id ?? field.name} name={field.name} type="date" value={value} {...describe(field)} />
    </Field>
  )
}

/** What a control says of itself; one that is wrong has focus when the page opens, so that a screen reader begins there. */
export function describe({ name, id = name, hint, problem, leavesFocus = false }: Omit<FieldProps, 'label'>) {
  const ids = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return {
    ...(ids && { 'aria-describedby': ids }),
    ...(problem && { 'aria-invalid': 'true' as const, autofocus: !leavesFocus }),
  }
}
