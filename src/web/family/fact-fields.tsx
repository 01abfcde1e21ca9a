import type { Copy } from '../../i18n/en.ts'
import { DateField, describeControl, Field } from '../ui/field.tsx'

interface FactFieldsProps {
  copy: Copy
  /** Tells the fields apart from those of other forms on the page. */
  prefix: string
  problem?: string | undefined
}

/** Asks for a fact that only the invited person knows. */
export function FactFields({ copy, prefix, problem }: FactFieldsProps) {
  return (
    <>
      <DateField
        name="birth_date"
        id={`${prefix}-birth-date`}
        label={copy.invitations.birthDate}
        value=""
        problem={problem}
      />
      <CodeField copy={copy} prefix={prefix} />
    </>
  )
}

export function CodeField({ copy, prefix }: Omit<FactFieldsProps, 'problem'>) {
  const words = copy.invitations
  const code = { name: 'code', id: `${prefix}-code`, label: words.orCode, hint: words.orCodeHint }
  return (
    <Field {...code}>
      <input
        id={code.id}
        name="code"
        type="text"
        inputmode="numeric"
        autocomplete="off"
        {...describeControl(code)}
      />
    </Field>
  )
}
