import type { Appointment } from '../../clinic/appointments/find.ts'
import type { ErasurePageContent } from '../../clinic/retention/read-erasure-page.ts'
import { formatStart } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { FormKey } from '../form-key.tsx'
import { TextField } from '../ui/field.tsx'
import { Refusal } from '../ui/refusal.tsx'

export type WhyNot = 'onLegalHold' | 'hasAppointments' | 'isHere'

interface EraseFormProps {
  copy: Copy
  content: ErasurePageContent
  action: string
  /** What to type, so that no one erases by accident. */
  confirmation: { label: string; word: string }
  formKey: string
  refused?: WhyNot | undefined
  isMistyped?: boolean | undefined
  /** For the person themself. */
  isOwn: boolean
}

/** What goes, what stays, and the last question before it happens. */
export function EraseForm(props: EraseFormProps) {
  const { copy, content, action, confirmation, formKey, refused, isMistyped, isOwn } = props
  const words = copy.erasure
  const goes = isOwn ? words.ownGoes : words.goes
  return (
    <form method="post" action={action}>
      {refused && <Refusal title={words.notErased} reason={words.refused[refused]} />}
      <FormKey value={formKey} />
      <h2>{words.goesTitle}</h2>
      <ul class="points">
        {goes.map((one) => (
          <li>{one}</li>
        ))}
        {!content.keepsAccount && <li>{isOwn ? words.ownAccountGoes : words.accountGoes}</li>}
      </ul>
      <h2>{words.staysTitle}</h2>
      <ul class="points">
        {words.stays.map((one) => (
          <li>{one}</li>
        ))}
        {content.keepsAccount && <li>{isOwn ? words.ownAccountStays : words.accountStays}</li>}
      </ul>
      {content.appointments.length > 0 && <Upcoming copy={copy} appointments={content.appointments} />}
      <TextField
        name="confirmation"
        label={confirmation.label}
        hint={words.forGood}
        value=""
        autocomplete="off"
        problem={isMistyped ? words.mistyped(confirmation.word) : undefined}
        leavesFocus={refused !== undefined}
      />
      <button class="danger" type="submit">
        {words.confirm}
      </button>
    </form>
  )
}

function Upcoming({ copy, appointments }: { copy: Copy; appointments: Appointment[] }) {
  const words = copy.erasure
  const { language } = copy
  return (
    <>
      <h2>{words.upcomingTitle}</h2>
      <ul class="points">
        {appointments.map((appointment) => (
          <li>
            {formatStart(appointment, language)} · <bdi>{appointment.doctor.name}</bdi>
            {appointment.status === 'arrived' && ` · ${copy.confirmation.titles.arrived}`}
          </li>
        ))}
      </ul>
      <label class="choice">
        <input type="checkbox" name="cancel_appointments" value="yes" />
        <span>{words.cancelThem(appointments.length)}</span>
      </label>
    </>
  )
}
