import type { Appointment } from '../../clinic/appointments/find.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'

interface AppointmentLinksProps {
  copy: Copy
  appointment: Appointment
  /** Where the calendar file is, for someone who is not signed in. */
  calendar?: string
  isForStaff?: boolean | undefined
}

/** The calendar file of an appointment that is or was booked; directions and phone number of one that still is. */
export function AppointmentLinks({
  copy,
  appointment,
  calendar = paths.calendar(appointment.id),
  isForStaff = false,
}: AppointmentLinksProps) {
  const words = copy.confirmation
  const { status, location, visitType, holdExpiresAt, declineReason } = appointment
  // Neither a released hold nor a declined request has been in a calendar.
  if (status === 'cancelled' && holdExpiresAt === null && declineReason === null)
    return (
      <ul class="links">
        <li>
          <a class="more" href={calendar}>
            {isForStaff ? words.removeForStaff : words.removeFromCalendar}
          </a>
        </li>
      </ul>
    )
  if (status !== 'booked') return null
  const isInPerson = (visitType?.mode ?? 'in_person') === 'in_person'
  return (
    <ul class="links">
      <li>
        <a class="more" href={calendar}>
          {isForStaff ? words.calendarForStaff : words.calendar}
        </a>
      </li>
      {isInPerson && location.address && (
        <li>
          <a class="more" href={paths.directions(`${location.name}, ${location.address}`)}>
            {words.directions}
          </a>
        </li>
      )}
      {location.phone && (
        <li>
          {words.phone}:{' '}
          <a class="more" href={`tel:${location.phone.replaceAll(' ', '')}`}>
            {location.phone.replaceAll(' ', '\u00a0')}
          </a>
        </li>
      )}
    </ul>
  )
}
