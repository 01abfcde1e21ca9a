import type { Appointment } from '../../clinic/appointments/find.ts'
import type { Copy } from '../../i18n/en.ts'

interface AcceptedProps {
  copy: Copy
  appointment: Pick<Appointment, 'status' | 'isAccepted'>
  isStaff: boolean | undefined
}

/** For staff: that the patient has said they will come. Nothing once they are here, or will not come. */
export function Accepted({ copy, appointment: { status, isAccepted }, isStaff }: AcceptedProps) {
  if (!isStaff || !isAccepted || status !== 'booked') return null
  return (
    <span class="accepted">
      <span aria-hidden="true">✓ </span>
      {copy.appointments.accepted}
    </span>
  )
}
