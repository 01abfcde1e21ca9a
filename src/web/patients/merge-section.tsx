import { formatDate } from '../../i18n/dates.ts'
import { FormKey } from '../form-key.tsx'
import { paths } from '../paths.ts'
import { FindForm } from './find-form.tsx'
import type { PatientSectionProps } from './patient-section.ts'

/** For the front desk: merge this record with another of the same person, or undo that. */
export function MergeSection({ frame: { copy }, content, isDesk, formKey }: PatientSectionProps) {
  const words = copy.merge
  const { patient, merges } = content
  if (!isDesk || patient.erasedAt) return null
  return (
    <section class="card spaced" aria-labelledby="merge-title">
      <h2 id="merge-title">{words.section}</h2>
      {merges.map(({ id, name, mergedAt }) => (
        <form method="post" action={paths.unmerge(id)}>
          <FormKey value={formKey} />
          <p>{words.merged(name, id, formatDate(mergedAt.toISOString().slice(0, 10), copy.language))}</p>
          <button class="quiet" type="submit">
            {words.undo}
          </button>
        </form>
      ))}
      <p class="hint">{words.hint}</p>
      <FindForm copy={copy} action={paths.mergeSearch(patient.id)} label={words.find} />
    </section>
  )
}
