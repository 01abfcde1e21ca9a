import type { PatientSummary } from '../../clinic/patients/summary.ts'
import type { Copy } from '../../i18n/en.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { Layout } from '../ui/layout.tsx'
import { PatientName } from '../ui/patient-name.tsx'

interface OwnDataPageProps {
  frame: Frame
  people: PatientSummary[]
}

/** For a patient: everything that the clinic keeps about them and their dependants, to take along. */
export function OwnDataPage({ frame, people }: OwnDataPageProps) {
  const { copy } = frame
  const words = copy.personalData
  return (
    <Layout frame={frame} title={words.title}>
      <div class="account">
        <div class="lead">
          <h1>{words.title}</h1>
          <p>{words.intro}</p>
          <p>{words.confirmFirst}</p>
        </div>
        {people.length === 0 && <p class="card">{words.nobody}</p>}
        {people.map((patient) => (
          <section class="card" aria-labelledby={`person-${patient.id}`}>
            <h2 id={`person-${patient.id}`}>
              <PatientName copy={copy} patient={patient} />
            </h2>
            <ExportLinks copy={copy} to={(format) => paths.ownExport(patient.id, format)} of={patient.name} />
            <a class="more" href={paths.ownAccesses(patient.id)}>
              {words.whoLooked}
            </a>
          </section>
        ))}
      </div>
    </Layout>
  )
}

interface ExportLinksProps {
  copy: Copy
  to: (format: 'html' | 'json') => string
  /** Tells the links of several people apart. */
  of: string
}

/** Downloads of everything: to read, and for programs. */
export function ExportLinks({ copy, to, of }: ExportLinksProps) {
  const words = copy.personalData
  return (
    <ul class="downloads">
      <li>
        <a class="button" href={to('html')} download="" aria-label={words.downloadOf(words.asPage, of)}>
          {words.asPage}
        </a>
        <p class="hint">{words.asPageHint}</p>
      </li>
      <li>
        <a class="button quiet" href={to('json')} download="" aria-label={words.downloadOf(words.asJson, of)}>
          {words.asJson}
        </a>
        <p class="hint">{words.asJsonHint}</p>
      </li>
    </ul>
  )
}
