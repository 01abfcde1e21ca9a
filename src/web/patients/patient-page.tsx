import { EraseSection } from '../erasure/erase-section.tsx'
import { paths } from '../paths.ts'
import { DataSection } from '../patient-data/data-section.tsx'
import { HistorySection } from '../patient-data/history-section.tsx'
import { Layout } from '../ui/layout.tsx'
import { AccountsSection } from './accounts-section.tsx'
import { InvitationSection } from './invitation-section.tsx'
import { MergeSection } from './merge-section.tsx'
import { PatientDetails } from './patient-details.tsx'
import type { PatientSectionProps } from './patient-section.ts'
import { RequestSection } from './request-section.tsx'

type Section = (props: PatientSectionProps) => ReturnType<typeof PatientDetails> | null

/** In the order of the page. A section that has nothing to show is null. */
const sections: Section[] = [
  RequestSection,
  PatientDetails,
  AccountsSection,
  InvitationSection,
  MergeSection,
  DataSection,
  EraseSection,
  HistorySection,
]

/** The staff's page of one patient. */
export function PatientPage(props: PatientSectionProps) {
  const { frame, content, isDesk } = props
  const { copy } = frame
  return (
    <Layout frame={frame} title={nameOf(props)}>
      <div class="account">
        <h1>
          <bdi>{nameOf(props)}</bdi>
        </h1>
        {sections.map((Section) => (
          <Section {...props} />
        ))}
        {isDesk && !content.patient.erasedAt && (
          <a class="more" href={paths.deskBooking({ patient_id: String(content.patient.id) })}>
            {copy.record.book}
          </a>
        )}
      </div>
    </Layout>
  )
}

const nameOf = ({ frame, content: { patient } }: PatientSectionProps) =>
  patient.erasedAt ? frame.copy.record.erased : patient.name
