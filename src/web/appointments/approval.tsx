import type { Appointment } from '../../clinic/appointments/find.ts'
import { formatStart } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { FormKey } from '../form-key.tsx'
import { paths } from '../paths.ts'
import { TextField } from '../ui/field.tsx'

interface ApprovalNoteProps {
  copy: Copy
  appointment: Appointment
  isStaff?: boolean | undefined
  now?: Date
}

/** Until when the clinic decides, or why it declined. Nothing for other appointments. */
export function ApprovalNote({ copy, appointment, isStaff, now }: ApprovalNoteProps) {
  const words = copy.approval
  const { awaitsApproval, holdExpiresAt, holdExpiresLocal, declineReason, location } = appointment
  if (declineReason) return <p>{words.declined(declineReason)}</p>
  if (!awaitsApproval || !holdExpiresAt || !holdExpiresLocal) return null
  if (now && holdExpiresAt <= now) return <p>{words.overdue}</p>
  const until = { startAt: holdExpiresAt, startLocal: holdExpiresLocal, location }
  const when = formatStart(until, copy.language)
  return <p>{isStaff ? words.waitsForStaff(when) : words.waits(when)}</p>
}

interface DecideProps {
  copy: Copy
  appointment: Appointment
  formKey: string
  /** What is wrong with the reason. */
  problem?: string | undefined
}

/** For staff: confirms or declines. */
export function Decide({ copy, appointment, formKey, problem }: DecideProps) {
  const words = copy.approval
  return (
    <>
      <form method="post" action={paths.approval(appointment.id)}>
        <FormKey value={formKey} />
        <button type="submit">{words.confirm}</button>
      </form>
      <details open={problem !== undefined}>
        <summary>{words.decline}</summary>
        <form method="post" action={paths.decline(appointment.id)}>
          <FormKey value={formKey} />
          <TextField name="reason" label={words.reason} value="" autocomplete="off" problem={problem} />
          <button class="danger" type="submit">
            {words.decline}
          </button>
        </form>
      </details>
    </>
  )
}
