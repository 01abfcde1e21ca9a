import type { Offers, OwnPart } from '../../clinic/appointments/read-booking-page.ts'
import type { Copy } from '../../i18n/en.ts'
import { AppointmentList } from '../appointments/appointment-list.tsx'
import { paths } from '../paths.ts'
import { DeskForm } from './desk-form.tsx'
import type { BookingValues, Refused } from './refused.tsx'

interface OwnProps {
  copy: Copy
  content: Offers & OwnPart
  isDesk: boolean
  locationId: string
  values: BookingValues
  refused: Refused | null
  formKey: string
}

/** What the booking page says to whoever has signed in: what is to come, and to the front desk a form for any time. */
export function Own({ copy, content, isDesk, locationId, values, refused, formKey }: OwnProps) {
  const words = copy.appointments
  return (
    <div class="stack">
      {isDesk && (
        <DeskForm copy={copy} choices={content} values={values} refused={refused} formKey={formKey} />
      )}
      <AppointmentList
        copy={copy}
        id="coming"
        title={isDesk ? words.deskTitle : words.title}
        empty={words.nothingComing}
        appointments={content.coming}
      >
        <a class="more" href={paths.appointments(isDesk && locationId ? { location_id: locationId } : {})}>
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
