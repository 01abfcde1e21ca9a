import { paths } from '../paths.ts'
import type { PatientSectionProps } from './patient-section.ts'
import { RequestedChanges } from './request-state.tsx'

/** What the patient wants corrected, while it is open. */
export function RequestSection({ frame: { copy }, content: { request }, isDesk }: PatientSectionProps) {
  if (request?.status !== 'open') return null
  const words = copy.record.requests
  return (
    <section class="card confirmation" aria-labelledby="request-title">
      <h2 id="request-title">{words.wanted}</h2>
      <RequestedChanges copy={copy} request={request} />
      {isDesk && (
        <a class="more" href={paths.correctionRequests()}>
          {words.title}
        </a>
      )}
    </section>
  )
}
