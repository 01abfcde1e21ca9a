import type { Appointment } from '../../clinic/appointments/find.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'

/** The calendar file, directions and phone number of a booked appointment. */
export function AppointmentLinks({ copy, appointment }: { copy: Copy; appointment: Appointment }) {
  const words = copy.confirmation
  const { id, status, location, visitType } = appointment
  if (status !== 'booked') return null
  const isInPerson = (visitType?.mode ?? 'in_person') === 'in_person'
  return (
    <ul class="links">
      <li>
        <a class="more" href={paths.calendar(id)}>
          {words.calendar}
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
