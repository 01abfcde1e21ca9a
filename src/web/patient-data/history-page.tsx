import type { PatientEvent, PatientHistory } from '../../clinic/patients/find-history.ts'
import { formatInstant } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { Changes } from './export-fields.tsx'
import { PatientLogPage } from './patient-log-page.tsx'

interface HistoryPageProps extends PatientHistory {
  frame: Frame
  /** The address of the page with older entries. */
  older: string | null
}

/** For staff: who changed a patient's record, when and why, newest first. */
export function HistoryPage({ frame, patient, events, older }: HistoryPageProps) {
  const { copy } = frame
  const words = copy.personalData
  const back = { path: paths.patient(patient.id), label: words.toRecord }
  return (
    <PatientLogPage title={words.history} {...{ frame, patient, older, back }}>
      {events.length === 0 && <p>{words.noHistory}</p>}
      {events.map((event) => (
        <EventCard copy={copy} event={event} isOfMerged={event.patientId !== patient.id} />
      ))}
    </PatientLogPage>
  )
}

function EventCard({ copy, event, isOfMerged }: { copy: Copy; event: PatientEvent; isOfMerged: boolean }) {
  const { values } = copy.exportFile
  const role = (values as Record<string, string>)[event.actor] ?? event.actor
  return (
    <section class="card">
      <h2>{values[event.kind]}</h2>
      <p class="hint">
        <time datetime={event.at.toISOString()}>{formatInstant(event.at, copy.language)}</time>
        {' · '}
        {event.accountName && (
          <>
            <bdi>{event.accountName}</bdi>
            {' · '}
          </>
        )}
        {role}
        {event.apiKeyId !== null && ` · ${copy.personalData.withKey}`}
        {isOfMerged && ` · ${copy.personalData.ofRecord(event.patientId)}`}
      </p>
      {event.reason && (
        <p>
          <bdi>{event.reason}</bdi>
        </p>
      )}
      <Changes copy={copy} before={event.before} after={event.after} />
    </section>
  )
}
