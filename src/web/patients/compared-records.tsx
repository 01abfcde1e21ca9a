import type { ComparedPatients, ComparedRecord } from '../../clinic/appointments/compare-patients.ts'
import { formatDate } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { formatPhone } from '../../i18n/phones.ts'
import { paths } from '../paths.ts'

/** What two records say, side by side; what neither knows is left out. */
export function ComparedRecords({ copy, compared }: { copy: Copy; compared: ComparedPatients }) {
  const words = copy.merge
  const { records, differing } = compared
  const rows = fieldsOf(copy).map(({ label, field, textOf }) => ({
    label,
    differs: differing.includes(field ?? ''),
    texts: records.map(textOf),
  }))
  return (
    <section class="card">
      <table class="compared">
        <thead>
          <tr>
            <th scope="col">
              <span class="aloud">{words.field}</span>
            </th>
            {records.map(({ patient: { id } }) => (
              <th scope="col">
                <a class="more" href={paths.patient(id)}>
                  {words.recordOf(id)}
                </a>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows
            .filter(({ texts }) => texts.some((text) => text))
            .map(({ label, differs, texts }) => (
              <tr>
                <th scope="row">{label}</th>
                {texts.map((text) => (
                  <td class="as-written">
                    {differs && '≠ '}
                    <bdi>{text || '–'}</bdi>
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}

interface ComparedField {
  label: string
  /** As `differing` names it. */
  field?: string
  textOf: (record: ComparedRecord) => string | null
}

function fieldsOf(copy: Copy): ComparedField[] {
  const { record: words, merge, language } = copy
  const issuers = Object.entries(words.issuers).map(([issuer, label]) => ({
    label,
    field: issuer,
    textOf: ({ patient }: ComparedRecord) =>
      patient.identifiers.flatMap((one) => (one.issuer === issuer ? [one.value] : [])).join(', '),
  }))
  return [
    { label: words.name, textOf: ({ patient }) => patient.name },
    { label: words.calledName, textOf: ({ patient }) => patient.calledName },
    {
      label: words.birthDate,
      field: 'birth_date',
      textOf: ({ patient }) => patient.birthDate && formatDate(patient.birthDate, language),
    },
    { label: words.sex, textOf: ({ patient }) => patient.sex && words.sexes[patient.sex] },
    { label: words.phone, textOf: ({ patient }) => patient.phone && formatPhone(patient.phone) },
    { label: words.email, textOf: ({ patient }) => patient.contactEmail },
    { label: words.address, textOf: ({ patient }) => patient.address },
    ...issuers,
    { label: words.deskNote, textOf: ({ patient }) => patient.deskNote },
    { label: words.deceased, textOf: ({ patient }) => (patient.isDeceased ? '✓' : null) },
    { label: words.onLegalHold, textOf: ({ patient }) => (patient.isOnLegalHold ? '✓' : null) },
    { label: merge.appointments, textOf: ({ appointments }) => String(appointments) },
    { label: merge.accounts, textOf: ({ accounts }) => String(accounts) },
  ]
}
