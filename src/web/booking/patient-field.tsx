import type { PatientChoice } from '../../clinic/patients/find.ts'
import type { Copy } from '../../i18n/en.ts'
import type { Finder } from '../read-finder.ts'
import { SelectField, TextField } from '../ui/field.tsx'

interface PatientFieldProps {
  copy: Copy
  label: string
  forWhom: PatientChoice
  field: { name: string; id?: string; value: string; problem?: string | undefined }
}

/** For whom; whoever acts for one patient only is not asked. */
export function PatientField({ copy, label, forWhom, field }: PatientFieldProps) {
  const words = copy.booking
  const { patients } = forWhom
  const [only] = patients
  if (only && patients.length === 1) {
    return (
      <p>
        {words.forWhom} <strong>{only.name}</strong>
        <input type="hidden" name={field.name} value={only.id} />
      </p>
    )
  }
  const options = patients.map(({ id, name }) => ({ value: id, label: name }))
  return <SelectField {...field} label={label} placeholder={words.choosePatient} options={options} />
}

interface PatientSearchProps {
  copy: Copy
  forWhom: PatientChoice
  action: string
  /** Of the name; undefined while nobody was looked for. */
  part: string | undefined
  finder?: Finder
}

/** Where there are too many patients to choose from, the front desk looks for one first. */
export function PatientSearch({ copy, forWhom, action, part, finder }: PatientSearchProps) {
  const words = copy.booking
  if (!forWhom.isMore && part === undefined) return null
  const hint = forWhom.isMore && part ? words.morePatients : undefined
  return (
    <form method="get" action={action}>
      {Object.entries(finder ?? {}).map(
        ([name, value]) => value && <input type="hidden" name={name} value={value} />,
      )}
      <TextField name="patient" label={words.findPatient} value={part ?? ''} autocomplete="off" hint={hint} />
      <button class="quiet" type="submit">
        {words.find}
      </button>
      {part !== undefined && !forWhom.isMore && forWhom.patients.length === 0 && (
        <p role="status">{words.noPatient}</p>
      )}
    </form>
  )
}
