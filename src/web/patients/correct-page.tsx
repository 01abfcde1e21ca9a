import type { CorrectedPatient } from '../../clinic/patients/correct.ts'
import type { CorrectionRequest } from '../../clinic/patients/correction-requests.ts'
import type { Patient } from '../../clinic/patients/record.ts'
import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { Layout } from '../ui/layout.tsx'
import { PatientName } from '../ui/patient-name.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { labelOf, RecordForm } from './record-form.tsx'
import { deskFields, type RecordFaults, type RecordValues, toValues } from './record-values.ts'
import { RequestState } from './request-state.tsx'

interface CorrectPageProps {
  frame: Frame
  patient: Patient
  /** The latest request of the patient, on their own page. */
  request: CorrectionRequest | null
  action: string
  back: string
  formKey: string
  withdrawalKey: string
  isDesk: boolean
  values: RecordValues
  faults?: RecordFaults
  refused?: Exclude<CorrectedPatient, { ok: true } | { refusal: 'invalid' }>
}

/** A patient's record to correct, for the front desk or for themselves. */
export function CorrectPage(props: CorrectPageProps) {
  const { frame, patient, request, back, refused, values } = props
  const { copy } = frame
  const words = copy.record
  return (
    <Layout frame={frame} title={words.correct}>
      <div class="card narrow">
        <h1>{words.correct}</h1>
        {refused && (
          <Refusal title={words.notSaved} reason={words.refused[refused.refusal]}>
            {refused.refusal === 'stale' && <Meanwhile {...{ frame, patient, values }} />}
            {refused.refusal === 'identifier_taken' && refused.holder && (
              <p>
                <a href={paths.patient(refused.holder.id)}>
                  <span>
                    <PatientName copy={copy} patient={refused.holder} />
                  </span>
                </a>
              </p>
            )}
          </Refusal>
        )}
        {request && !props.isDesk && <RequestState copy={copy} request={request} />}
        {request?.status === 'open' && !props.isDesk && <Withdrawal {...props} />}
        <RecordForm {...props} copy={copy} version={patient.version} faults={props.faults ?? {}} />
        <a class="more" href={back}>
          {words.back}
        </a>
      </div>
    </Layout>
  )
}

/** Withdraws the patient's open request, so that the record stays as it is. */
function Withdrawal({ frame: { copy }, patient, action, withdrawalKey }: CorrectPageProps) {
  const { name, birth_date, sex } = toValues(patient)
  return (
    <form method="post" action={action}>
      <FormKey value={withdrawalKey} />
      {Object.entries({ name, birth_date, sex, version: String(patient.version), withdraws: 'yes' }).map(
        ([field, value]) => (
          <input type="hidden" name={field} value={value} />
        ),
      )}
      <button class="quiet" type="submit">
        {copy.record.requests.withdraw}
      </button>
    </form>
  )
}

/** Where the record now differs from what is in the form. */
function Meanwhile({ frame, patient, values }: Pick<CorrectPageProps, 'frame' | 'patient' | 'values'>) {
  const { copy } = frame
  const now = toValues(patient)
  const differing = deskFields.filter((field) => now[field] !== values[field])
  return (
    <ul>
      {differing.map((field) => (
        <li>
          {labelOf(copy, field)}: <bdi>{now[field] || copy.record.notKnown}</bdi>
        </li>
      ))}
    </ul>
  )
}
