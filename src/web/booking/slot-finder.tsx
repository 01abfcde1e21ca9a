import type { Offers } from '../../clinic/appointments/read-booking-page.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import type { Finder } from '../read-finder.ts'
import { Field, SelectField } from '../ui/field.tsx'

interface SlotFinderProps {
  copy: Copy
  choices: Pick<Offers, 'doctors' | 'locations' | 'visitTypes'>
  finder: Finder
  faults: Partial<Record<keyof Finder, string>>
}

/** What kind of visit, with whom, and from which day on; answers with the free times, and changes nothing. */
export function SlotFinder({ copy, choices, finder, faults }: SlotFinderProps) {
  const words = copy.finder
  return (
    <form class="card" id="finder" method="get" action={`${paths.booking()}#slots`}>
      <SelectField
        name="visit_type_id"
        value={finder.visit_type_id}
        label={words.visitType}
        placeholder={words.chooseVisitType}
        options={choices.visitTypes.map(({ id, name, minutes, mode }) => ({
          value: id,
          label: words.describe(name, minutes, words.modes[mode]),
        }))}
        problem={faults.visit_type_id}
      />
      <SelectField
        name="doctor_id"
        id="find-doctor"
        value={finder.doctor_id}
        label={copy.booking.doctor}
        placeholder={words.anyDoctor}
        isOptional
        options={choices.doctors.map(({ id, name, specialty }) => ({
          value: id,
          label: `${name} · ${specialty}`,
        }))}
        problem={faults.doctor_id}
      />
      {choices.locations.length > 1 && (
        <SelectField
          name="location_id"
          value={finder.location_id}
          label={words.where}
          placeholder={words.anywhere}
          isOptional
          options={choices.locations.map(({ id, name }) => ({ value: id, label: name }))}
          problem={faults.location_id}
        />
      )}
      <Field name="from" label={words.from} problem={faults.from}>
        <input id="from" name="from" type="date" value={finder.from} />
      </Field>
      {finder.view && <input type="hidden" name="view" value={finder.view} />}
      <button type="submit">{words.submit}</button>
    </form>
  )
}
