import type { FoundPatients } from '../../clinic/patients/search.ts'
import type { Copy } from '../../i18n/en.ts'
import { TextField } from '../ui/field.tsx'
import { PatientName } from '../ui/patient-name.tsx'

interface FindFormProps {
  copy: Copy
  /** Posted, so that no address names anyone. */
  action: string
  label: string
  typed?: string
}

/** Finds another patient. */
export function FindForm({ copy, action, label, typed = '' }: FindFormProps) {
  const words = copy.merge
  return (
    <form method="post" action={action}>
      <TextField name="q" label={label} hint={words.findHint} value={typed} autocomplete="off" />
      <button class="quiet" type="submit">
        {words.search}
      </button>
    </form>
  )
}

interface FoundListProps {
  copy: Copy
  found: FoundPatients
  /** Of the link beside each. */
  label: string
  hrefOf: (patientId: number) => string
}

export function FoundList({ copy, found: { patients, isCut }, label, hrefOf }: FoundListProps) {
  const words = copy.merge
  if (patients.length === 0) return <p role="status">{words.nobody}</p>
  return (
    <>
      <ul class="spaced">
        {patients.map((patient) => (
          <li>
            <p>
              <PatientName copy={copy} patient={patient} />
            </p>
            <a class="more" href={hrefOf(patient.id)}>
              {label}
              <span class="aloud">
                : <bdi>{patient.name}</bdi>
              </span>
            </a>
          </li>
        ))}
      </ul>
      {isCut && <p class="hint">{words.more}</p>}
    </>
  )
}
