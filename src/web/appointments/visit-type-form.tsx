import type { AppointmentPageContent } from '../../clinic/messages/read-appointment-page.ts'
import type { Copy } from '../../i18n/en.ts'
import { FormKey } from '../form-key.tsx'
import { paths } from '../paths.ts'
import { SelectField, TextField } from '../ui/field.tsx'

interface VisitTypeFormProps extends AppointmentPageContent {
  copy: Copy
  formKey: string
  /** What is wrong with the choice. */
  problem?: string | undefined
}

/** For the front desk: gives the appointment another visit type of its doctor. Nothing, when it cannot get one. */
export function VisitTypeForm({ copy, appointment, otherTypes, formKey, problem }: VisitTypeFormProps) {
  const words = copy.change
  const { status, awaitsApproval, sessionId } = appointment
  if (otherTypes.length === 0 || sessionId !== null) return null
  if (status !== 'booked' && !awaitsApproval) return null
  return (
    <details open={problem !== undefined}>
      <summary>{words.otherType}</summary>
      <form method="post" action={paths.visitType(appointment.id)}>
        <FormKey value={formKey} />
        <input type="hidden" name="version" value={appointment.version} />
        <p>{words.otherTypeHint}</p>
        <SelectField
          name="visit_type_id"
          label={words.newType}
          placeholder={copy.series.chooseVisitType}
          value=""
          options={otherTypes.map(({ id, name, minutes }) => ({
            value: id,
            label: words.typeOf(name, minutes),
          }))}
          problem={problem}
        />
        <TextField
          name="override_reason"
          label={words.overrideReason}
          value=""
          autocomplete="off"
          isOptional
        />
        <button type="submit">{words.saveType}</button>
      </form>
    </details>
  )
}
