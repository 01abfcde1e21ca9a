import type { Appointment } from '../../clinic/appointments/find.ts'
import { formatDay, formatTime } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'

interface AppointmentListProps {
  copy: Copy
  appointments: Appointment[]
  olderThan: number | null
  isFirstPage: boolean
  /** One day of a doctor, from first to last. */
  isDay: boolean
}

export function AppointmentList({ copy, appointments, olderThan, isFirstPage, isDay }: AppointmentListProps) {
  const words = copy.appointments
  return (
    <section class="appointments" id="appointments" aria-labelledby="appointments-title">
      <div class="heading">
        <h2 id="appointments-title">{words.title}</h2>
        <p class="hint">{isDay ? words.today : words.order}</p>
      </div>
      {appointments.length === 0 ? (
        <p class="empty card">
          {isDay ? words.nothingToday : isFirstPage ? words.empty : words.nothingOlder}
        </p>
      ) : (
        <ol>
          {appointments.map((appointment) => (
            <AppointmentItem copy={copy} appointment={appointment} />
          ))}
        </ol>
      )}
      {(olderThan !== null || !isFirstPage) && (
        <nav class="pages" aria-label={words.pages}>
          {!isFirstPage && <a href={paths.newestAppointments()}>{words.newest}</a>}
          {olderThan !== null && (
            <a rel="next" href={paths.olderAppointments(olderThan)}>
              {words.older}
            </a>
          )}
        </nav>
      )}
    </section>
  )
}

function AppointmentItem({ copy, appointment }: { copy: Copy; appointment: Appointment }) {
  const { startAt, startLocal, endLocal, doctor, patient, visitType, status, location } = appointment
  return (
    <li class={`card appointment ${status}`}>
      <p class="when">
        <time datetime={startAt.toISOString()}>
          <span class="day">{formatDay(startLocal, copy.language)}</span>{' '}
          <span class="clock">
            {formatTime(startLocal, copy.language)}–{formatTime(endLocal, copy.language)}
          </span>
        </time>{' '}
        <span class="zone">{location.timeZone}</span>
      </p>
      <p class="who">
        <b>{patient?.name}</b> {copy.appointments.with} {doctor.name}
        {visitType && <span class="zone"> {visitType.name}</span>}
      </p>
      <p class="status">
        <a
          href={paths.appointment(appointment.id)}
          aria-label={copy.appointments.open(
            formatDay(startLocal, copy.language),
            copy.appointments.statuses[status],
          )}
        >
          {copy.appointments.statuses[status]}
        </a>
      </p>
    </li>
  )
}
