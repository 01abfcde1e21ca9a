import type { Appointment } from '../../clinic/appointments/find.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'

/** What somebody takes along from a booked appointment: into their calendar, on the way, and whom to call. */
export function Take({ copy, appointment }: { copy: Copy; appointment: Appointment }) {
  const words = copy.confirmation
  const { id, status, location, visitType } = appointment
  if (status !== 'booked') return null
  const isThere = (visitType?.mode ?? 'in_person') === 'in_person'
  return (
    <ul class="take">
      <li>
        <a class="more" href={paths.calendar(id)}>
          {words.calendar}
        </a>
      </li>
      {isThere && location.address && (
        <li>
          <a class="more" href={paths.directions(`${location.name}, ${location.address}`)} rel="noreferrer">
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
