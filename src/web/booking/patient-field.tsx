import type { Patient } from '../../clinic/patients/find.ts'
import type { Copy } from '../../i18n/en.ts'
import { SelectField } from '../ui/field.tsx'

interface PatientFieldProps {
  copy: Copy
  label: string
  patients: Patient[]
  field: { name: string; id?: string; value: string; problem?: string | undefined }
}

/** For whom; whoever acts for one patient only is not asked. */
export function PatientField({ copy, label, patients, field }: PatientFieldProps) {
  const { choosePatient, forWhom } = copy.booking
  const [only] = patients
  if (only && patients.length === 1) {
    return (
      <p>
        {forWhom} <strong>{only.name}</strong>
        <input type="hidden" name={field.name} value={only.id} />
      </p>
    )
  }
  const options = patients.map(({ id, name }) => ({ value: id, label: name }))
  return <SelectField {...field} label={label} placeholder={choosePatient} options={options} />
}
