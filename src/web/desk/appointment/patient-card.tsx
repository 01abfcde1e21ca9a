import type { PatientCard } from '../../../clinic/messages/read-desk-appointment.ts'
import { type IdentityFact, identityFacts } from '../../../clinic/patients/confirm-identity.ts'
import { deskFlags } from '../../../clinic/patients/flags.ts'
import { formatDate, formatLately } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { paths } from '../../paths.ts'
import { describeControl } from '../../ui/field.tsx'
import { shownName } from '../../ui/patient-name.tsx'
import { concealed, initialed, Naming } from '../hidden-name.tsx'
import { initialsOf } from '../initials.ts'
import { localMinute } from './local-minute.ts'
import { PatientAppointments } from './patient-appointments.tsx'
import { DeskForm, type Target } from './press-form.tsx'

interface PatientCardProps {
  copy: Copy
  patient: PatientCard
  target: Target
  nowLocal: string
  /** To book the same again; null for doctors, who do not book. */
  again: Record<string, string> | null
  isDesk: boolean
  timeZone: string
  problem?: string | undefined
}

/** Who the patient is, how to reach them, and what else there is about them. */
export function PatientAside(props: PatientCardProps) {
  const { copy, patient, again, isDesk } = props
  const words = copy.desk.appointment.patient
  const name = shownName(copy, patient.name)
  return (
    <aside class="stack" aria-label={words.section}>
      <section class="box" aria-labelledby="patient-title">
        <div class="person">
          <span class="ini" aria-hidden="true">
            {initialsOf(name)}
          </span>
          <div>
            <h2 id="patient-title">
              <bdi data-i={initialsOf(name)}>{name}</bdi>
            </h2>
            <p class="hint" data-i={aboutPerson(copy, withInitials(patient))}>
              {aboutPerson(copy, patient)}
            </p>
          </div>
        </div>
        <Contact copy={copy} patient={patient} />
        <div class="btns">
          <Identity {...props} />
          {again && (
            <a class="btn" href={paths.deskBooking(again)}>
              {copy.desk.appointment.actions.bookAgain}
            </a>
          )}
          {isDesk && (
            <a class="btn bare" href={paths.patient(patient.id)} data-key="p">
              {words.open}
            </a>
          )}
        </div>
        <Flags {...props} />
        {patient.identity && <Identified {...props} identity={patient.identity} />}
      </section>
      <section class="box">
        <div>
          <PatientAppointments {...props} />
          <details class="fold">
            <summary>
              {words.notes} <span class="soft">{patient.note ? 1 : 0}</span>
            </summary>
            <p class="hint">{patient.note ?? words.noNotes}</p>
          </details>
          <details class="fold">
            <summary>
              {words.dependants} <span class="soft">{patient.dependants.length}</span>
            </summary>
            {patient.dependants.length === 0 && <p class="hint">{words.noDependants}</p>}
            {patient.dependants.map(({ name: own, birthDate }) => (
              <p class="hint">
                <Naming
                  name={own}
                  say={(name) =>
                    birthDate ? words.bornOn(name, formatDate(birthDate, copy.language)) : name
                  }
                />
              </p>
            ))}
          </details>
        </div>
      </section>
    </aside>
  )
}

const withInitials = (patient: PatientCard): PatientCard => ({
  ...patient,
  calledName: patient.calledName && initialed(patient.calledName),
})

function aboutPerson(copy: Copy, { birthDate, age, calledName, isDeceased }: PatientCard): string {
  const words = copy.desk.appointment.patient
  return [
    ...(birthDate && age !== null ? [words.born(formatDate(birthDate, copy.language), age)] : []),
    ...(calledName ? [words.called(calledName)] : []),
    ...(isDeceased ? [words.deceased] : []),
  ].join(' · ')
}

function Contact({ copy, patient }: Pick<PatientCardProps, 'copy' | 'patient'>) {
  const words = copy.desk.appointment.patient
  const { recordNumber, phone, email, languages } = patient
  const names = new Intl.DisplayNames(copy.language, { type: 'language' })
  return (
    <dl class="facts">
      {recordNumber && (
        <>
          <dt>{words.record}</dt>
          <dd class="num">{recordNumber}</dd>
        </>
      )}
      {phone && (
        <>
          <dt>{words.phone}</dt>
          <dd>
            <a href={`tel:${phone}`}>{phone}</a>
          </dd>
        </>
      )}
      {email && (
        <>
          <dt>{words.email}</dt>
          <dd>
            <a href={`mailto:${email}`} data-i={concealed}>
              {email}
            </a>
          </dd>
        </>
      )}
      {languages.length > 0 && (
        <>
          <dt>{words.languages}</dt>
          <dd>{languages.map((tag) => names.of(tag) ?? tag).join(', ')}</dd>
        </>
      )}
    </dl>
  )
}

function Identity({ copy, patient, target, problem }: PatientCardProps) {
  const words = copy.desk.appointment.patient
  const ending = patient.phone?.slice(-4)
  const labelOf = (fact: IdentityFact) =>
    fact === 'phone' && ending ? words.phoneEnds(ending) : words.checks[fact]
  const asked = identityFacts.filter((fact) => fact !== 'phone' || ending)
  return (
    <details class="drop" open={problem !== undefined}>
      <summary class="btn">{words.confirmIdentity}</summary>
      <DeskForm action={paths.deskIdentity(target.id)} target={target}>
        <p class="hint">{words.ask}</p>
        {problem && (
          <p class="problem" id="identity-problem">
            {problem}
          </p>
        )}
        {asked.map((fact, at) => (
          <label class="check">
            <input
              type="checkbox"
              id={at === 0 ? 'identity' : undefined}
              name={fact}
              value="1"
              {...(at === 0 && describeControl({ name: 'identity', problem }))}
            />{' '}
            {labelOf(fact)}
          </label>
        ))}
        <button class="btn main" type="submit">
          {words.confirmIdentity}
        </button>
      </DeskForm>
    </details>
  )
}

/** What to know when they come: a press sets it, another takes it away. */
function Flags({ copy, patient, target }: PatientCardProps) {
  const words = copy.desk.appointment
  return (
    <div class="btns">
      {deskFlags.map((flag) => {
        const isSet = patient.flags.includes(flag)
        return (
          <DeskForm action={paths.deskFlag(target.id)} target={target}>
            <input type="hidden" name="flag" value={flag} />
            <input type="hidden" name="is_set" value={isSet ? '' : '1'} />
            <button class="btn tog" type="submit" aria-pressed={isSet ? 'true' : 'false'}>
              {words.flags[flag]}
            </button>
          </DeskForm>
        )
      })}
    </div>
  )
}

function Identified({
  copy,
  identity,
  nowLocal,
  timeZone,
}: PatientCardProps & { identity: NonNullable<PatientCard['identity']> }) {
  const words = copy.desk.appointment.patient
  const local = localMinute(new Date(identity.at), timeZone)
  return <p class="hint">{words.identified(formatLately(local, nowLocal, copy.language), identity.name)}</p>
}
