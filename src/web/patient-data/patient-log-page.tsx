import type { Child } from 'hono/jsx'
import type { PatientSummary } from '../../clinic/patients/summary.ts'
import type { Frame } from '../frame.ts'
import { Layout } from '../ui/layout.tsx'
import { PatientName } from '../ui/patient-name.tsx'

interface PatientLogPageProps {
  frame: Frame
  title: string
  patient: PatientSummary
  /** What counts as an entry. */
  intro?: string
  /** The address of the page with older entries. */
  older: string | null
  back: { path: string; label: string }
  children: Child
}

/** A log about one patient, newest first. */
export function PatientLogPage({ frame, title, patient, intro, older, back, children }: PatientLogPageProps) {
  const { copy } = frame
  return (
    <Layout frame={frame} title={title}>
      <div class="account">
        <div class="lead">
          <h1>{title}</h1>
          <p>
            <PatientName copy={copy} patient={patient} />
          </p>
          {intro && <p>{intro}</p>}
        </div>
        {children}
        {older && (
          <p>
            <a class="button quiet" rel="next" href={older}>
              {copy.personalData.older}
            </a>
          </p>
        )}
        <a class="more" href={back.path}>
          {back.label}
        </a>
      </div>
    </Layout>
  )
}
