import type { Appointment } from '../../clinic/appointments/find.ts'
import { formatStart } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'

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
