import { describeControl } from './field.tsx'

interface CheckFieldProps {
  name: string
  label: string
  hint?: string
  problem?: string | undefined
}

/** A box to tick; its value is `yes`. */
export function CheckField({ name, label, hint, problem }: CheckFieldProps) {
  return (
    <div class={problem ? 'field wrong' : 'field'}>
      <label class="choice">
        <input
          id={name}
          type="checkbox"
          name={name}
          value="yes"
          {...describeControl({ name, hint, problem })}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {problem && (
        <p class="problem" id={`${name}-problem`}>
          {problem}
        </p>
      )}
    </div>
  )
}
