import type { PatientChoice } from '../../clinic/patients/find.ts'
import type { Copy } from '../../i18n/en.ts'
import type { Finder } from '../read-finder.ts'
import { SelectField, TextField } from '../ui/field.tsx'
import { labelOf, PatientName } from '../ui/patient-name.tsx'

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
  const options = patients.map((patient) => ({ value: patient.id, label: labelOf(copy, patient) }))
  return <SelectField {...field} label={label} placeholder={words.choosePatient} options={options} />
}

interface PatientSearchProps {
  copy: Copy
  forWhom: PatientChoice
  action: string
  /** What was searched for; undefined before the first search. */
  typed: string | undefined
  finder?: Finder
}

/** A search for the front desk, which has too many patients for a list. */
export function PatientSearch({ copy, forWhom, action, typed, finder }: PatientSearchProps) {
  const words = copy.booking
  if (!forWhom.isMore && typed === undefined) return null
  const hint = forWhom.isMore && typed ? words.tooManyPatients : words.findHint
  return (
    <form method="get" action={action}>
      {Object.entries(finder ?? {}).map(
        ([name, value]) => value && <input type="hidden" name={name} value={value} />,
      )}
      <TextField
        name="patient"
        label={words.findPatient}
        value={typed ?? ''}
        autocomplete="off"
        hint={hint}
      />
      <button class="quiet" type="submit">
        {words.find}
      </button>
      {typed && forWhom.patients.length === 0 && <p role="status">{words.noPatient}</p>}
    </form>
  )
}
