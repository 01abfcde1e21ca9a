import type { PatientCard } from '../../../clinic/messages/read-desk-appointment.ts'
import { formatDate, formatLately, formatTime } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { paths } from '../../paths.ts'

interface PatientAppointmentsProps {
  copy: Copy
  patient: PatientCard
  isDesk: boolean
  nowLocal: string
}

/** The patient's appointments, each with why it is outside the rules or off. */
export function PatientAppointments({ copy, patient, isDesk, nowLocal }: PatientAppointmentsProps) {
  const words = copy.desk.appointment
  const { appointments, appointmentCount } = patient
  return (
    <details class="fold" open>
      <summary>
        {words.patient.appointments}{' '}
        <span class="soft">{words.patient.shown(appointments.length, appointmentCount)}</span>
      </summary>
      {appointments.length === 0 && <p class="hint">{words.patient.noAppointments}</p>}
      <ol class="log">
        {appointments.map(({ id, startLocal, status, isPast, doctor, visitType, ...why }) => (
          <li>
            <time datetime={startLocal}>
              {startLocal.slice(0, 4) === nowLocal.slice(0, 4)
                ? formatLately(startLocal, nowLocal, copy.language)
                : formatDate(startLocal.slice(0, 10), copy.language)}
            </time>
            <div>
              <a href={paths.deskAppointment(id)}>{visitType ?? words.facts.noVisitType}</a>
              {(isPast || status !== 'booked') && `, ${words.statuses[status].toLowerCase()}`}
              <p>{words.patient.withDoctor(doctor, formatTime(startLocal, copy.language))}</p>
              {why.overrideReason && <p>{words.history.override(why.overrideReason)}</p>}
              {why.offBecause && <p>{words.history.reason(why.offBecause)}</p>}
            </div>
          </li>
        ))}
      </ol>
      {isDesk && appointmentCount > appointments.length && (
        <a class="btn bare flush" href={paths.patient(patient.id)}>
          {words.patient.all}
        </a>
      )}
    </details>
  )
}
