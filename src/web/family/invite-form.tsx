import type { Fault } from '../../clinic/refusals.ts'
import type { Copy } from '../../i18n/en.ts'
import { FormKey } from '../form-key.tsx'
import { describeControl, Field } from '../ui/field.tsx'

interface InviteFormProps {
  copy: Copy
  formKey: string
  action: string
  /** Tells the fields apart from those of other forms on the page. */
  prefix: string
  email: string
  fault?: Fault | undefined
  submit?: string
}

/** Asks for a mailbox, and whether it is the patient's own. */
export function InviteForm({ copy, formKey, action, prefix, email, fault, submit }: InviteFormProps) {
  const words = copy.invitations
  const id = `${prefix}-email`
  const field = { name: 'email', id, label: words.email, problem: fault && copy.faults[fault] }
  return (
    <form method="post" action={action}>
      <FormKey value={formKey} />
      <Field {...field}>
        <input
          id={id}
          name="email"
          type="email"
          required
          value={email}
          autocomplete="off"
          {...describeControl(field)}
        />
      </Field>
      <fieldset>
        <legend>{words.whose}</legend>
        {(['self', 'dependant'] as const).map((relation) => (
          <label class="choice">
            <input type="radio" name="relation" value={relation} checked={relation === 'self'} />
            <span>{words.owners[relation]}</span>
          </label>
        ))}
      </fieldset>
      <button type="submit">{submit ?? words.invite}</button>
    </form>
  )
}
