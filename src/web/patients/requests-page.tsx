import type { OpenRequest } from '../../clinic/patients/correction-requests.ts'
import type { Copy } from '../../i18n/en.ts'
import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { PatientName } from '../ui/patient-name.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { RequestedChanges } from './request-state.tsx'

interface RequestsPageProps {
  frame: Frame
  requests: OpenRequest[]
  isMore: boolean
  newKey: () => string
  /** Why the last decision did not happen. */
  refused?: keyof Copy['record']['refused']
  /** The request whose reason is missing or wrong, and what is wrong. */
  problem?: { id: number; words: string }
}

/** For the front desk: what patients want corrected. */
export function RequestsPage({ frame, requests, isMore, newKey, refused, problem }: RequestsPageProps) {
  const { copy } = frame
  const words = copy.record.requests
  return (
    <Layout frame={frame} title={words.title}>
      <div class="account">
        <h1>{words.title}</h1>
        {refused && <Refusal title={copy.record.notSaved} reason={copy.record.refused[refused]} />}
        {requests.length === 0 && <p class="empty card">{words.none}</p>}
        {requests.map((request) => (
          <section class="card confirmation">
            <a class="more" href={paths.patient(request.patientId)}>
              <span>
                <PatientName copy={copy} patient={request.patient} />
              </span>
            </a>
            <p>{words.wanted}</p>
            <RequestedChanges copy={copy} request={request} />
            <form method="post" action={paths.acceptCorrection(request.id)}>
              <FormKey value={newKey()} />
              <button type="submit">{words.accept}</button>
            </form>
            <details open={problem?.id === request.id}>
              <summary>{words.decline}</summary>
              <form method="post" action={paths.declineCorrection(request.id)}>
                <FormKey value={newKey()} />
                <TextField
                  name="reason"
                  id={`reason-${request.id}`}
                  label={words.reason}
                  hint={words.reasonHint}
                  value=""
                  autocomplete="off"
                  problem={problem?.id === request.id ? problem.words : undefined}
                />
                <button class="danger" type="submit">
                  {words.decline}
                </button>
              </form>
            </details>
          </section>
        ))}
        {isMore && <p class="hint">{words.more}</p>}
      </div>
    </Layout>
  )
}
