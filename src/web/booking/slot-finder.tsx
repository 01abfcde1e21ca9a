import type { Offers } from '../../clinic/appointments/read-booking-page.ts'
import type { Copy } from '../../i18n/en.ts'
import { isolate } from '../../i18n/isolate.ts'
import { paths } from '../paths.ts'
import { type Finder, finderFields } from '../read-finder.ts'
import { DateField, SelectField } from '../ui/field.tsx'

interface SlotFinderProps {
  copy: Copy
  choices: Pick<Offers, 'doctors' | 'isMoreDoctors' | 'specialties' | 'locations' | 'visitTypes'>
  finder: Finder
  faults: Partial<Record<keyof Finder, string>>
}

export function SlotFinder({ copy, choices, finder, faults }: SlotFinderProps) {
  const words = copy.finder
  const first = finderFields.find((name) => faults[name])
  const problemOf = (name: keyof Finder) => ({ problem: faults[name], leavesFocus: name !== first })
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
        {...problemOf('visit_type_id')}
      />
      {(choices.isMoreDoctors || finder.specialty) && (
        <SelectField
          name="specialty"
          value={finder.specialty}
          label={words.specialty}
          hint={choices.isMoreDoctors ? words.manyDoctors : undefined}
          placeholder={words.anySpecialty}
          isOptional
          options={choices.specialties.map((specialty) => ({ value: specialty, label: specialty }))}
          {...problemOf('specialty')}
        />
      )}
      {(choices.doctors.length > 0 || faults.doctor_id) && (
        <SelectField
          name="doctor_id"
          id="find-doctor"
          value={finder.doctor_id}
          label={copy.booking.doctor}
          placeholder={words.anyDoctor}
          isOptional
          options={choices.doctors.map(({ id, name, specialty }) => ({
            value: id,
            label: `${isolate(name)} · ${specialty}`,
          }))}
          {...problemOf('doctor_id')}
        />
      )}
      {(choices.locations.length > 1 || faults.location_id) && (
        <SelectField
          name="location_id"
          value={finder.location_id}
          label={words.where}
          placeholder={words.anywhere}
          isOptional
          options={choices.locations.map(({ id, name }) => ({ value: id, label: name }))}
          {...problemOf('location_id')}
        />
      )}
      <DateField name="from" label={words.from} value={finder.from} {...problemOf('from')} />
      {finder.view && <input type="hidden" name="view" value={finder.view} />}
      <button type="submit">{words.submit}</button>
    </form>
  )
}
