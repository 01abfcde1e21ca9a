import type { CorrectionRequest } from '../../clinic/patients/correction-requests.ts'
import { formatDate } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'

interface RequestProps {
  copy: Copy
  request: CorrectionRequest
}

/** What a patient asked to have corrected, and what became of it. */
export function RequestState({ copy, request }: RequestProps) {
  const words = copy.record.requests
  return (
    <div class="notice" role="status">
      <p>
        <strong>{words.states[request.status]}</strong>
      </p>
      <RequestedChanges copy={copy} request={request} />
      {request.reason && (
        <p>
          {words.reason}: <bdi>{request.reason}</bdi>
        </p>
      )}
    </div>
  )
}

export function RequestedChanges({ copy, request: { changes } }: RequestProps) {
  const words = copy.record
  const { name, birthDate, sex } = changes
  const wanted: [string, string | null | undefined][] = [
    [words.name, name],
    [words.birthDate, birthDate && formatDate(birthDate, copy.language)],
    [words.sex, sex && words.sexes[sex]],
  ]
  return (
    <ul>
      {wanted.map(
        ([label, text]) =>
          text !== undefined && (
            <li>
              {label}: <bdi>{text ?? words.notKnown}</bdi>
            </li>
          ),
      )}
    </ul>
  )
}
