import type { Appointment } from '../../clinic/appointments/find.ts'
import type { Copy } from '../../i18n/en.ts'
import { AppointmentList } from '../appointments/appointment-list.tsx'
import { paths } from '../paths.ts'
import type { Finder } from '../read-finder.ts'

interface SignedInPartProps {
  copy: Copy
  coming: Appointment[]
  isDesk: boolean
  finder: Finder
}

/** Upcoming appointments and, for the front desk, the way to its own form. */
export function SignedInPart({ copy, coming, isDesk, finder }: SignedInPartProps) {
  const words = copy.appointments
  const { location_id, doctor_id, visit_type_id } = finder
  return (
    <div class="stack">
      {isDesk && (
        <a class="button" href={paths.deskBooking({ location_id, doctor_id, visit_type_id })}>
          {copy.booking.bookAnyTime}
        </a>
      )}
      <AppointmentList
        copy={copy}
        id="coming"
        title={isDesk ? words.deskTitles.upcoming : words.title}
        empty={words.nothing.upcoming}
        appointments={coming}
        tellsApart={isDesk}
      >
        <a class="more" href={paths.appointments(isDesk ? { location_id: finder.location_id } : {})}>
          {isDesk ? words.allOfDesk : words.all}
        </a>
      </AppointmentList>
      {!isDesk && (
        <a class="more" href={paths.dependants()}>
          {copy.dependant.link}
        </a>
      )}
    </div>
  )
}
