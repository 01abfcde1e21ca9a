import type { Offers, OwnPart } from '../../clinic/appointments/read-booking-page.ts'
import type { Copy } from '../../i18n/en.ts'
import { AppointmentList } from '../appointments/appointment-list.tsx'
import { paths } from '../paths.ts'
import type { Finder } from '../read-finder.ts'
import { DeskForm } from './desk-form.tsx'
import type { BookingValues, Refused } from './refused.tsx'

interface SignedInPartProps {
  copy: Copy
  content: Offers & OwnPart
  isDesk: boolean
  finder: Finder
  /** What the front desk searched for to find the patient. */
  patient: string | undefined
  values: BookingValues
  refused: Refused | null
  formKey: string
}

/** Upcoming appointments and, for the front desk, a form that books any time. */
export function SignedInPart({
  copy,
  content,
  isDesk,
  finder,
  patient,
  values,
  refused,
  formKey,
}: SignedInPartProps) {
  const words = copy.appointments
  return (
    <div class="stack">
      {isDesk && (
        <DeskForm
          copy={copy}
          choices={content}
          finder={finder}
          patient={patient}
          values={values}
          refused={refused}
          formKey={formKey}
        />
      )}
      <AppointmentList
        copy={copy}
        id="coming"
        title={isDesk ? words.deskTitles.upcoming : words.title}
        empty={words.nothing.upcoming}
        appointments={content.coming}
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
