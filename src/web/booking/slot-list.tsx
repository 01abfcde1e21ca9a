import type { Slot } from '../../clinic/availability/find-open-slots.ts'
import type { Patient } from '../../clinic/patients/find.ts'
import { formatDay, formatTime, withOffset } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { FormKey } from '../form-key.tsx'
import { paths } from '../paths.ts'
import { PatientField } from './patient-field.tsx'
import type { Finder } from './slot-finder.tsx'

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
  const groups = Map.groupBy(slots, ({ startLocal, location }) => `${startLocal.slice(0, 10)} ${location.id}`)
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
          {[...groups.values()].map((group) => (
            <SlotGroup copy={copy} slots={group} namesDoctors={!finder.doctor_id} />
          ))}
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

interface SlotGroupProps {
  copy: Copy
  slots: Slot[]
  namesDoctors: boolean
}

function SlotGroup({ copy, slots, namesDoctors }: SlotGroupProps) {
  const [first] = slots
  if (!first) return null
  return (
    <div class="slot-group">
      <h3>
        {formatDay(first.startLocal, copy.language)}{' '}
        <span class="zone">
          {first.location.name}, {first.timeZone}
        </span>
      </h3>
      <ul>
        {slots.map((slot) => (
          <li>
            <button
              class="quiet slot"
              type="submit"
              name="slot"
              value={`${slot.doctor.id}/${withOffset(slot.startLocal, slot.startAt)}`}
            >
              <time datetime={slot.startAt.toISOString()}>
                {formatTime(slot.startLocal, copy.language)}
                {isRepeated(slot, slots) && ` ${withOffset(slot.startLocal, slot.startAt).slice(16)}`}
              </time>
              {namesDoctors && <span class="with">{slot.doctor.name}</span>}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** In the hour that comes twice when clocks go back, the offset tells one from the other. */
function isRepeated({ doctor, startLocal }: Slot, slots: Slot[]): boolean {
  return slots.filter((slot) => slot.doctor.id === doctor.id && slot.startLocal === startLocal).length > 1
}
