import type { Patient } from '../../clinic/patients/record.ts'
import { formatDate } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { languageName } from '../../i18n/languages.ts'
import { formatPhone } from '../../i18n/phones.ts'
import { paths } from '../paths.ts'
import { shownName } from '../ui/patient-name.tsx'
import { PhoneLink } from '../ui/phone-link.tsx'
import type { PatientSectionProps } from './patient-section.ts'

/** All that the record says. */
export function PatientDetails({ frame: { copy }, content: { patient }, isDesk }: PatientSectionProps) {
  const words = copy.record
  const badges = [
    patient.isDeceased && words.deceased,
    !patient.isActive && words.inactive,
    patient.isOnLegalHold && words.onLegalHold,
  ].filter((badge) => badge !== false)
  return (
    <section class="card confirmation" aria-labelledby="details-title">
      <h2 id="details-title">{words.details}</h2>
      {badges.length > 0 && (
        <p class="badges">
          {badges.map((badge) => (
            <span class="mark-current">{badge}</span>
          ))}
        </p>
      )}
      <Facts copy={copy} patient={patient} />
      {isDesk && !patient.erasedAt && (
        <a class="more" href={paths.patientDetails(patient.id)}>
          {words.correct}
        </a>
      )}
    </section>
  )
}

/** What is known of the patient; what is not is left out. */
function Facts({ copy, patient }: { copy: Copy; patient: Patient }) {
  const words = copy.record
  const { language } = copy
  const texts: [string, string | null][] = [
    [words.calledName, patient.calledName],
    [words.birthDate, patient.birthDate && formatDate(patient.birthDate, language)],
    [words.sex, patient.sex && words.sexes[patient.sex]],
    [words.email, patient.contactEmail],
    [words.languages, patient.languages.map((tag) => languageName(tag, language)).join(', ')],
    [words.channel, patient.preferredChannel && words.channels[patient.preferredChannel]],
    [words.address, patient.address],
    ...patient.identifiers.map(({ issuer, value }): [string, string] => [words.issuers[issuer], value]),
    [words.deskNote, patient.deskNote],
  ]
  return (
    <dl>
      <dt>{words.name}</dt>
      <dd>
        <bdi>{shownName(copy, patient.name)}</bdi>
      </dd>
      {patient.phone && (
        <>
          <dt>{words.phone}</dt>
          <dd>
            <PhoneLink phone={formatPhone(patient.phone)} />
          </dd>
        </>
      )}
      {texts.map(
        ([label, text]) =>
          text && (
            <>
              <dt>{label}</dt>
              <dd class="as-written">
                <bdi>{text}</bdi>
              </dd>
            </>
          ),
      )}
      <dt>{words.number}</dt>
      <dd>{patient.id}</dd>
    </dl>
  )
}
