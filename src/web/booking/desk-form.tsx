import type { Offers, OwnPart } from '../../clinic/appointments/read-booking-page.ts'
import { cityOf } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { isolate } from '../../i18n/isolate.ts'
import { FormKey } from '../form-key.tsx'
import { paths } from '../paths.ts'
import type { Finder } from '../read-finder.ts'
import { SelectField, TextField, TimeField } from '../ui/field.tsx'
import { PatientField, PatientSearch } from './patient-field.tsx'
import { type BookingField, type BookingValues, problemOf, type Refused } from './refused.tsx'

interface DeskFormProps {
  copy: Copy
  choices: Pick<Offers & OwnPart, 'doctors' | 'visitTypes' | 'forWhom'>
  finder: Finder
  /** What was searched for to find the patient. */
  patient: string | undefined
  values: BookingValues
  refused: Refused | null
  formKey: string
}

/** For the front desk: books any minute within the doctor’s hours, or outside them with a reason. */
export function DeskForm({ copy, choices, finder, patient, values, refused, formKey }: DeskFormProps) {
  const words = copy.booking
  const cities = [
    ...new Set(choices.doctors.flatMap(({ locations }) => locations.map(({ timeZone }) => cityOf(timeZone)))),
  ]
  const field = (name: BookingField) => ({
    name,
    value: values[name],
    problem: problemOf(name, refused, copy),
    // The refusal above takes the focus.
    leavesFocus: true,
  })
  return (
    <details class="card" open={refused !== null || patient !== undefined || values.patient_id !== ''}>
      <summary>{words.bookAnyTime}</summary>
      <form method="post" action={paths.booking()}>
        <FormKey value={formKey} />
        <PatientSearch
          copy={copy}
          forWhom={choices.forWhom}
          action={paths.bookingSearch({ ...finder })}
          typed={patient}
        />
        <PatientField
          copy={copy}
          label={words.patient}
          forWhom={choices.forWhom}
          field={field('patient_id')}
        />
        <a class="more" href={paths.newPatient(paths.booking({ ...finder }))}>
          {copy.newPatient.link}
        </a>
        <SelectField
          {...field('doctor_id')}
          label={words.doctor}
          placeholder={words.chooseDoctor}
          options={choices.doctors.map(({ id, name }) => ({ value: id, label: isolate(name) }))}
        />
        <SelectField
          {...field('visit_type_id')}
          id="desk-visit-type"
          label={copy.finder.visitType}
          placeholder={words.noVisitType}
          isOptional
          options={choices.visitTypes.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TimeField {...field('start_at')} label={words.start} hint={words.localTime(cities)} />
        <TimeField {...field('end_at')} label={words.end} />
        <TextField
          {...field('override_reason')}
          label={words.overrideReason}
          hint={words.overrideHint}
          autocomplete="off"
          isOptional
        />
        <button type="submit">{words.submit}</button>
        <a class="more" href={paths.newSeries(chosenOf(finder, values))}>
          {copy.series.link}
        </a>
      </form>
    </details>
  )
}

/** What was chosen so far, by an address that names no one. */
function chosenOf(finder: Finder, values: BookingValues): Record<string, string> {
  const doctorId = values.doctor_id || finder.doctor_id
  const visitTypeId = values.visit_type_id || finder.visit_type_id
  return { patient_id: values.patient_id, doctor_id: doctorId, visit_type_id: visitTypeId }
}
