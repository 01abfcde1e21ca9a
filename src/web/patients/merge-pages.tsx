import type { ComparedPatients } from '../../clinic/appointments/compare-patients.ts'
import type { FoundPatients } from '../../clinic/patients/search.ts'
import type { PatientSummary } from '../../clinic/patients/summary.ts'
import { InTheWay } from '../appointments/in-the-way.tsx'
import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { PatientName } from '../ui/patient-name.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { ComparedRecords } from './compared-records.tsx'
import { FindForm, FoundList } from './find-form.tsx'

interface SearchPageProps {
  frame: Frame
  patient: PatientSummary
  others: FoundPatients
  typed: string
}

/** Who may be the same person. */
export function MergeSearchPage({ frame, patient, others, typed }: SearchPageProps) {
  const { copy } = frame
  const words = copy.merge
  return (
    <Layout frame={frame} title={words.section}>
      <div class="card narrow">
        <h1>{words.section}</h1>
        <p>
          {words.of} <PatientName copy={copy} patient={patient} />
        </p>
        <FindForm copy={copy} action={paths.mergeSearch(patient.id)} label={words.find} typed={typed} />
        <FoundList
          copy={copy}
          found={others}
          label={words.compare}
          hrefOf={(otherId) => paths.merge(patient.id, otherId)}
        />
        <a class="more" href={paths.patient(patient.id)}>
          {words.back}
        </a>
      </div>
    </Layout>
  )
}

interface MergePageProps {
  frame: Frame
  compared: ComparedPatients
  formKey: string
  /** Which record the person chose to keep. */
  keepId?: number | undefined
  refused?: string | undefined
}

/** Both records side by side, what merging them does, and what stands in its way. */
export function MergePage({ frame, compared, formKey, keepId, refused }: MergePageProps) {
  const { copy } = frame
  const words = copy.merge
  const { records, overlap } = compared
  const [one, other] = records.map(({ patient }) => patient.id) as [number, number]
  const isSame = one === other
  const reason = overlap.length > 0 ? words.refused.appointments_overlap : refused
  return (
    <Layout frame={frame} title={words.title}>
      <div class="account">
        <h1>{words.title}</h1>
        {reason && !isSame && (
          <Refusal title={words.notMerged} reason={reason}>
            {overlap.length > 0 && <InTheWay copy={copy} appointments={overlap} />}
          </Refusal>
        )}
        <ComparedRecords copy={copy} compared={compared} />
        {isSame && <p>{words.same}</p>}
        {!isSame && overlap.length === 0 && (
          <MergeForm
            frame={frame}
            compared={compared}
            formKey={formKey}
            keepId={keepId ?? Math.min(one, other)}
          />
        )}
        <a class="more" href={paths.patient(one)}>
          {words.back}
        </a>
      </div>
    </Layout>
  )
}

function MergeForm({ frame: { copy }, compared, formKey, keepId }: MergePageProps) {
  const words = copy.merge
  const { records, differing } = compared
  const [one, other] = records
  const named: Record<string, string> = { ...copy.record.issuers, birth_date: copy.record.birthDate }
  return (
    <form class="card" method="post" action={paths.merge(one.patient.id)}>
      <FormKey value={formKey} />
      <input type="hidden" name="with" value={other.patient.id} />
      <fieldset>
        <legend>{words.keep}</legend>
        {records.map(({ patient: { id, name } }) => (
          <label class="choice">
            <input type="radio" name="keep" value={id} checked={id === keepId} required />
            <span>
              {words.keepThis(id)} (<bdi>{name}</bdi>)
            </span>
          </label>
        ))}
      </fieldset>
      <div class="spaced">
        <h2>{words.happens}</h2>
        <ul>
          {words.steps.map((step) => (
            <li>{step}</li>
          ))}
        </ul>
        {one.accounts + other.accounts > 0 && <p>{words.access}</p>}
      </div>
      {differing.length > 0 && (
        <>
          <p>{words.differ(differing.map((field) => named[field] ?? field).join(', '))}</p>
          <label class="choice">
            <input type="checkbox" name="confirmed" value="yes" required />
            <span>{words.confirm}</span>
          </label>
        </>
      )}
      <TextField name="reason" label={words.reason} value="" autocomplete="off" isOptional />
      <button type="submit">{words.submit}</button>
    </form>
  )
}

/** Why a merge was not undone. */
export function NotUndonePage({
  frame,
  reason,
  patientId,
}: {
  frame: Frame
  reason: string
  patientId: number
}) {
  const words = frame.copy.merge
  return (
    <Layout frame={frame} title={words.notUndone}>
      <div class="card narrow">
        <h1>{words.notUndone}</h1>
        <p>{reason}</p>
        <a class="more" href={paths.patient(patientId)}>
          {words.back}
        </a>
      </div>
    </Layout>
  )
}
