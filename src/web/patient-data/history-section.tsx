import { paths } from '../paths.ts'
import type { PatientSectionProps } from '../patients/patient-section.ts'

/** Leads staff to what happened to the record. */
export function HistorySection({ frame: { copy }, content: { patient } }: PatientSectionProps) {
  return (
    <a class="more" href={paths.patientHistory(patient.id)}>
      {copy.personalData.history}
    </a>
  )
}
