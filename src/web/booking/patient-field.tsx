import type { PatientChoice } from '../../clinic/patients/find.ts'
import type { Copy } from '../../i18n/en.ts'
import { SelectField, TextField } from '../ui/field.tsx'
import { labelsOf, PatientName } from '../ui/patient-name.tsx'

interface PatientFieldProps {
  copy: Copy
  label: string
  forWhom: PatientChoice
  field: { name: string; id?: string; value: string; problem?: string | undefined }
}

/** Asks which patient it is for, unless there is only one. */
export function PatientField({ copy, label, forWhom, field }: PatientFieldProps) {
  const words = copy.booking
  const { patients } = forWhom
  const [only] = patients
  if (only && patients.length === 1) {
    return (
      <p>
        {words.forWhom} <PatientName copy={copy} patient={only} />
        <input type="hidden" name={field.name} value={only.id} />
      </p>
    )
  }
  const labels = labelsOf(copy, patients)
  const options = patients.map(({ id }, at) => ({ value: id, label: labels[at] ?? '' }))
  return <SelectField {...field} label={label} placeholder={words.choosePatient} options={options} />
}

interface PatientSearchProps {
  copy: Copy
  forWhom: PatientChoice
  /** Where the whole form is posted to, so that it keeps what was filled in and no address names anyone. */
  action: string
  /** What was searched for; undefined before the first search. */
  typed: string | undefined
}

/** A search for the front desk, which has too many patients for a list. It is a part of the form that books. */
export function PatientSearch({ copy, forWhom, action, typed }: PatientSearchProps) {
  const words = copy.booking
  if (!forWhom.isMore && typed === undefined) return null
  const hint = forWhom.isMore && typed ? words.tooManyPatients : words.findHint
  return (
    <>
      <TextField
        name="patient"
        label={words.findPatient}
        value={typed ?? ''}
        autocomplete="off"
        hint={hint}
        isOptional
      />
      <button class="quiet" type="submit" formaction={`${action}#patient`} formnovalidate>
        {words.find}
      </button>
      {typed && forWhom.patients.length === 0 && <p role="status">{words.noPatient}</p>}
    </>
  )
}
