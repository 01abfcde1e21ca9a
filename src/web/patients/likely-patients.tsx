import type { PatientSummary } from '../../clinic/patients/summary.ts'
import type { Copy } from '../../i18n/en.ts'
import { FormKey } from '../form-key.tsx'
import { changedPath } from '../paths.ts'
import { PatientName } from '../ui/patient-name.tsx'
import { Refusal } from '../ui/refusal.tsx'

interface LikelyPatientsProps {
  copy: Copy
  words: { title: string; reason: string; use: string; anyway: string }
  candidates: PatientSummary[]
  returnTo: string
  formKey: string
  action: string
  /** What was entered, by field. */
  values: Record<string, string>
}

/** Who may be the person about to be registered: choose one of them, or register someone else. */
export function LikelyPatients(props: LikelyPatientsProps) {
  const { copy, words, candidates, returnTo, formKey, action, values } = props
  const entered = Object.entries({ ...values, return_to: returnTo, confirmed: 'yes' })
  return (
    <Refusal title={words.title} reason={words.reason}>
      <ul>
        {candidates.map((patient) => (
          <li>
            <p>
              <PatientName copy={copy} patient={patient} />
            </p>
            <a class="more" href={changedPath(returnTo, { patient_id: String(patient.id) })}>
              {words.use}
            </a>
          </li>
        ))}
      </ul>
      <form method="post" action={action}>
        <FormKey value={formKey} />
        {entered.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button class="quiet" type="submit">
          {words.anyway}
        </button>
      </form>
    </Refusal>
  )
}
