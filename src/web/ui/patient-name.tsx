import type { AppointmentPatient } from '../../clinic/appointments/find.ts'
import { erasedName } from '../../clinic/patients/record.ts'
import type { PatientSummary } from '../../clinic/patients/summary.ts'
import { formatDate } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { isolate } from '../../i18n/isolate.ts'

interface PatientProps {
  copy: Copy
  patient: PatientSummary
}

/** A patient's name on its own; in the words of the page when it was erased. */
export function shownName(copy: Copy, name: string): string {
  return name === erasedName ? copy.record.erased : name
}

/** A patient's name with what tells them apart from others of the same name. */
export function PatientName({ copy, patient }: PatientProps) {
  return (
    <>
      <strong>
        <bdi>{patient.name}</bdi>
      </strong>
      {factsAbout(copy, patient).map((fact) => (
        <>
          {' · '}
          <bdi>{fact}</bdi>
        </>
      ))}
    </>
  )
}

/** What tells people of one name apart, as staff need it beside each appointment. */
export function PatientFacts({ copy, patient }: { copy: Copy; patient: AppointmentPatient }) {
  const { birthDate = null, phoneEnding = null, recordNumber = null } = patient
  const facts = factsAbout(copy, { ...nothingElse, ...patient, birthDate, phoneEnding, recordNumber })
  return facts.length === 0 ? null : (
    <span class="zone">
      {' '}
      <bdi>{facts.join(' · ')}</bdi>
    </span>
  )
}

const nothingElse = { calledName: null, isActive: true, isDeceased: false }

/**
 * The same as text, for the options of a list, which cannot contain elements. People about whom nothing else is known have
 * their number beside a name that others have, too.
 */
export function labelsOf(copy: Copy, patients: PatientSummary[]): string[] {
  const labels = patients.map((patient) => labelOf(copy, patient))
  const isAmbiguous = (label: string) => labels.indexOf(label) !== labels.lastIndexOf(label)
  return patients.map(({ id }, at) => {
    const label = labels[at] ?? ''
    return isAmbiguous(label) ? `${label} · ${copy.patient.number(id)}` : label
  })
}

function labelOf(copy: Copy, patient: PatientSummary): string {
  const facts = factsAbout(copy, patient)
  return [isolate(patient.name), ...facts].join(' · ')
}

/** What tells people of one name apart. */
export function factsAbout(copy: Copy, patient: PatientSummary): string[] {
  const { calledName, birthDate, phoneEnding, recordNumber, isActive, isDeceased } = patient
  const words = copy.patient
  return [
    calledName === null ? null : words.called(calledName),
    birthDate === null ? null : words.born(formatDate(birthDate, copy.language)),
    phoneEnding === null ? null : words.phoneEnding(phoneEnding),
    recordNumber === null ? null : words.recordNumber(recordNumber),
    isDeceased ? words.deceased : isActive ? null : words.inactive,
  ].filter((fact) => fact !== null)
}
