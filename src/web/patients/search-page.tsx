import type { Newcomer } from '../../clinic/patients/read-query.ts'
import type { FoundPatients } from '../../clinic/patients/search.ts'
import type { PatientSummary } from '../../clinic/patients/summary.ts'
import type { Copy } from '../../i18n/en.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { PatientName } from '../ui/patient-name.tsx'

interface SearchPageProps {
  frame: Frame
  typed: string
  /** What was typed, for the form of someone new; null if the visitor may not register anyone. */
  newcomer: Newcomer | null
  /** Missing before the first search. */
  found?: FoundPatients
  problem?: string
}

/** The staff's search for a patient. */
export function SearchPage({ frame, typed, newcomer, found, problem }: SearchPageProps) {
  const { copy } = frame
  const words = copy.patients
  return (
    <Layout frame={frame} title={words.title}>
      <div class="lead">
        <h1>{words.title}</h1>
      </div>
      <form class="card" method="post" action={paths.patients()}>
        <TextField
          name="q"
          label={words.label}
          hint={words.hint}
          value={typed}
          autocomplete="off"
          problem={problem}
        />
        <button type="submit">{words.submit}</button>
      </form>
      {found && <Results copy={copy} found={found} />}
      {newcomer && <Register words={words.register} newcomer={newcomer} />}
      {newcomer && (
        <p>
          <a class="more" href={paths.correctionRequests()}>
            {copy.record.requests.title}
          </a>
        </p>
      )}
    </Layout>
  )
}

function Results({ copy, found: { patients, isCut } }: { copy: Copy; found: FoundPatients }) {
  const words = copy.patients
  return (
    <section class="people" aria-labelledby="found">
      <h2 id="found">{words.found(patients.length)}</h2>
      {isCut && <p role="status">{words.typeMore}</p>}
      {patients.length === 0 && !isCut && <p class="empty card">{words.nobody}</p>}
      <ol>
        {patients.map((patient) => (
          <Person copy={copy} patient={patient} />
        ))}
      </ol>
    </section>
  )
}

function Person({ copy, patient }: { copy: Copy; patient: PatientSummary }) {
  return (
    <li>
      <a class="card" href={paths.patient(patient.id)}>
        <PatientName copy={copy} patient={patient} />
      </a>
    </li>
  )
}

function Register({ words, newcomer }: { words: string; newcomer: Newcomer }) {
  const { name, birthDate, phone, email } = newcomer
  return (
    <form method="post" action={paths.newPatient()}>
      {Object.entries({ name, birth_date: birthDate, phone, email, is_draft: 'yes' }).map(
        ([field, value]) => (
          <input type="hidden" name={field} value={value} />
        ),
      )}
      <button class="quiet" type="submit">
        {words}
      </button>
    </form>
  )
}
