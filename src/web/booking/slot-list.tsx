import type { Slot } from '../../clinic/availability/find-open-slots.ts'
import type { Patient } from '../../clinic/patients/find.ts'
import type { Copy } from '../../i18n/en.ts'
import { FormKey } from '../form-key.tsx'
import { paths } from '../paths.ts'
import type { Finder } from '../read-finder.ts'
import { SlotGroups } from '../ui/slot-groups.tsx'
import { PatientField } from './patient-field.tsx'

interface SlotListProps {
  copy: Copy
  slots: Slot[]
  finder: Finder
  /** Null for a stranger, who signs in before it is booked. */
  patients: Patient[] | null
  formKey: string
  /** The address of the later times; null when these are all. */
  later: string | null
}

/** Free times by day and location, whose clock they show; each is a button that books it. */
export function SlotList({ copy, slots, finder, patients, formKey, later }: SlotListProps) {
  const words = copy.finder
  return (
    <section class="slots" id="slots" aria-labelledby="slots-title">
      <h2 id="slots-title">{words.title}</h2>
      {slots.length === 0 ? (
        <p class="empty card">{words.nothingFree}</p>
      ) : (
        <form method="post" action={paths.booking()}>
          <FormKey value={formKey} />
          <input type="hidden" name="visit_type_id" value={finder.visit_type_id} />
          <input type="hidden" name="from" value={finder.from} />
          <input type="hidden" name="location_id" value={finder.location_id} />
          <input type="hidden" name="find_doctor_id" value={finder.doctor_id} />
          {patients ? (
            <PatientField
              copy={copy}
              patients={patients}
              field={{ name: 'patient_id', id: 'slot-patient', value: finder.patient_id }}
            />
          ) : (
            <p class="hint">{copy.booking.signInNext}</p>
          )}
          <SlotGroups copy={copy} slots={slots} namesDoctors={!finder.doctor_id} />
        </form>
      )}
      {later && (
        <nav class="pages" aria-label={words.pages}>
          <a rel="next" href={later}>
            {words.later}
          </a>
        </nav>
      )}
    </section>
  )
}
