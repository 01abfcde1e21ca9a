import type { PatientSummary } from '../../clinic/patients/summary.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { Layout } from '../ui/layout.tsx'
import { PatientName } from '../ui/patient-name.tsx'

/** The people whose data the account can correct. */
export function OwnRecordsPage({ frame, patients }: { frame: Frame; patients: PatientSummary[] }) {
  const { copy } = frame
  const words = copy.record
  return (
    <Layout frame={frame} title={words.ownTitle}>
      <div class="account">
        <h1>{words.ownTitle}</h1>
        {patients.length === 0 && <p class="empty card">{words.noneOwn}</p>}
        {patients.map((patient) => (
          <section class="card confirmation">
            <p>
              <PatientName copy={copy} patient={patient} />
            </p>
            <a class="more" href={paths.ownRecord(patient.id)}>
              {words.correct}
            </a>
          </section>
        ))}
        <a class="more" href={paths.dependants(paths.ownRecords())}>
          {copy.dependant.link}
        </a>
      </div>
    </Layout>
  )
}
