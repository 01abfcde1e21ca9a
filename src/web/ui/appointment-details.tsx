import type { Appointment } from '../../clinic/appointments/find.ts'
import { cityOf, formatDay, formatTime } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { shownName } from './patient-name.tsx'

/** All facts of an appointment, in the local time of its location. */
export function AppointmentDetails({ copy, appointment }: { copy: Copy; appointment: Appointment }) {
  const words = copy.confirmation
  const { startAt, startLocal, endLocal, location } = appointment
  return (
    <dl>
      <dt>{words.when}</dt>
      <dd>
        <time datetime={startAt.toISOString()}>
          <strong>{formatDay(startLocal, copy.language)}</strong>
          <br />
          {formatTime(startLocal, copy.language)}–{formatTime(endLocal, copy.language)}
        </time>{' '}
        <span class="zone">{copy.timeIn(cityOf(location.timeZone))}</span>
      </dd>
      <dt>{words.where}</dt>
      <dd>
        {location.name}
        {location.address && (
          <>
            <br />
            {location.address}
          </>
        )}
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
      <dt>{words.doctor}</dt>
      <dd>{appointment.doctor.name}</dd>
      {appointment.patient && (
        <>
          <dt>{words.patient}</dt>
          <dd>
            <bdi>{shownName(copy, appointment.patient.name)}</bdi>
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
