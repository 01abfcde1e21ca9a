import type { PropsWithChildren } from 'hono/jsx'

interface FieldProps {
  name: string
  /** The control's id, where its name occurs more than once on the page. */
  id?: string
  label: string
  hint?: string | undefined
  problem?: string | undefined
  /** Leaves the focus to something further up the page. */
  leavesFocus?: boolean
}

/** A label, hint, control and problem; `describeControl` ties the control to its hint and problem. */
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
      <select
        id={field.id ?? field.name}
        name={field.name}
        required={!isOptional}
        {...describeControl(field)}
      >
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
  type?: 'text' | 'email' | 'tel'
  autocomplete: string
  inputmode?: 'numeric' | 'text'
  isOptional?: boolean
}

export function TextField({ value, type = 'text', isOptional = false, ...props }: TextProps) {
  const { autocomplete, inputmode, ...field } = props
  return (
    <Field {...field}>
      <input
        id={field.id ?? field.name}
        name={field.name}
        type={type}
        required={!isOptional}
        autocomplete={autocomplete}
        inputmode={inputmode}
        value={value}
        {...describeControl(field)}
      />
    </Field>
  )
}

export function TimeField({ value, ...field }: ControlProps) {
  return (
    <Field {...field}>
      <input
        id={field.id ?? field.name}
        name={field.name}
        type="datetime-local"
        required
        value={value.replace(/[+-]\d\d:\d\d$/, '')}
        {...describeControl(field)}
      />
    </Field>
  )
}

export function DateField({ value, ...field }: ControlProps) {
  return (
    <Field {...field}>
      <input
        id={field.id ?? field.name}
        name={field.name}
        type="date"
        value={value}
        {...describeControl(field)}
      />
    </Field>
  )
}

/** A control's ARIA attributes. An invalid one takes the focus, so screen readers start there. */
export function describeControl({
  name,
  id = name,
  hint,
  problem,
  leavesFocus = false,
}: Omit<FieldProps, 'label'>) {
  const ids = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return {
    ...(ids && { 'aria-describedby': ids }),
    ...(problem && { 'aria-invalid': 'true' as const, autofocus: !leavesFocus }),
  }
}
