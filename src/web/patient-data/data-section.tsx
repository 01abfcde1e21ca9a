import { paths } from '../paths.ts'
import type { PatientSectionProps } from '../patients/patient-section.ts'
import { ExportLinks } from './own-data-page.tsx'

/** For the front desk: who opened the record, and everything about the person to hand over. */
export function DataSection({ frame: { copy }, content: { patient }, isDesk }: PatientSectionProps) {
  if (!isDesk) return null
  const words = copy.personalData
  const to = (format: 'html' | 'json') => paths.patientExport(patient.id, format)
  return (
    <section class="card" aria-labelledby="data-title">
      <h2 id="data-title">{words.forPerson}</h2>
      <p class="hint">{words.forPersonHint}</p>
      <ExportLinks copy={copy} to={to} of={patient.name} />
      <a class="more" href={paths.patientAccesses(patient.id)}>
        {words.whoLooked}
      </a>
    </section>
  )
}
