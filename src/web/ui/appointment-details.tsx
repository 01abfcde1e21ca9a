import type { Appointment } from '../../clinic/appointments/find.ts'
import { cityOf, formatDay, formatSpan } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import { PatientFacts, shownName } from './patient-name.tsx'

interface AppointmentDetailsProps {
  copy: Copy
  appointment: Appointment
  /** For staff: tells patients of one name apart. */
  tellsApart?: boolean | undefined
}

/** All facts of an appointment, in the local time of its location. */
export function AppointmentDetails({ copy, appointment, tellsApart }: AppointmentDetailsProps) {
  const words = copy.confirmation
  const { startAt, startLocal, location, resources } = appointment
  const rooms = tellsApart ? resources : resources.filter(({ type }) => type === 'room')
  return (
    <dl>
      <dt>{words.when}</dt>
      <dd>
        <time datetime={startAt.toISOString()}>
          <strong>{formatDay(startLocal, copy.language)}</strong>
          <br />
          {formatSpan(appointment, copy.language)}
        </time>{' '}
        <span class="zone">{copy.timeIn(cityOf(location.timeZone))}</span>
      </dd>
      <dt>{words.where}</dt>
      <dd>
        <bdi>{location.name}</bdi>
        {location.address && (
          <>
            <br />
            {location.address}
          </>
        )}
        {rooms.map(({ name }) => (
          <>
            <br />
            <bdi>{name}</bdi>
          </>
        ))}
      </dd>
      {appointment.visitType && (
        <>
          <dt>{words.visitType}</dt>
          <dd>
            {appointment.visitType.name}
            {copy.finder.modes[appointment.visitType.mode]}
          </dd>
        </>
      )}
      {appointment.sessionId !== null && (
        <>
          <dt>{copy.session.group}</dt>
          <dd>
            {tellsApart ? (
              <a href={paths.session(appointment.sessionId)}>{copy.session.link}</a>
            ) : (
              copy.session.withOthers
            )}
          </dd>
        </>
      )}
      <dt>{words.doctor}</dt>
      <dd>
        <bdi>{appointment.doctor.name}</bdi>
      </dd>
      {appointment.patient && (
        <>
          <dt>{words.patient}</dt>
          <dd>
            <bdi>{shownName(copy, appointment.patient.name)}</bdi>
            {tellsApart && <PatientFacts copy={copy} patient={appointment.patient} />}
          </dd>
        </>
      )}
      {appointment.others.length > 0 && (
        <>
          <dt>{words.others}</dt>
          <dd>
            {appointment.others.map(({ name, role, type }, n) => (
              <>
                {n > 0 && <br />}
                <bdi>{type === 'patient' ? shownName(copy, name) : name}</bdi>
                {role && role !== 'doctor' && ` (${role})`}
              </>
            ))}
          </dd>
        </>
      )}
      {appointment.reasonForVisit && (
        <>
          <dt>{words.reason}</dt>
          <dd>{appointment.reasonForVisit}</dd>
        </>
      )}
      {appointment.status !== 'pending' && (
        <>
          <dt>{words.number}</dt>
          <dd>{appointment.id}</dd>
        </>
      )}
    </dl>
  )
}
