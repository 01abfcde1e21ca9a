import type { PropsWithChildren } from 'hono/jsx'
import type { Appointment } from '../../clinic/appointments/find.ts'
import { cityOf, formatDay, formatSpan } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import { Accepted } from '../ui/accepted.tsx'
import { PatientFacts, shownName } from '../ui/patient-name.tsx'

interface AppointmentListProps {
  copy: Copy
  id: string
  title: string
  /** Hides the title from sight, where it is already visible elsewhere. */
  hidesTitle?: boolean
  /** Shown instead of an empty list. */
  empty: string
  appointments: Appointment[]
  /** For staff: tells patients of one name apart. */
  tellsApart?: boolean
}

/** Each item is one link to its appointment. Children come below the list. */
export function AppointmentList(props: PropsWithChildren<AppointmentListProps>) {
  const { copy, id, title, hidesTitle, empty, appointments, tellsApart, children } = props
  return (
    <section class="appointments" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} class={hidesTitle ? 'aloud' : undefined}>
        {title}
      </h2>
      {appointments.length === 0 ? (
        <p class="empty card">{empty}</p>
      ) : (
        <ol>
          {appointments.map((appointment) => (
            <AppointmentItem copy={copy} appointment={appointment} tellsApart={tellsApart} />
          ))}
        </ol>
      )}
      {children}
    </section>
  )
}

interface AppointmentItemProps {
  copy: Copy
  appointment: Appointment
  tellsApart: boolean | undefined
}

function AppointmentItem({ copy, appointment, tellsApart }: AppointmentItemProps) {
  const { id, startAt, startLocal, doctor, patient, visitType, status, location } = appointment
  const { capacity, placesTaken, awaitsApproval, others } = appointment
  return (
    <li>
      <a
        class={`card appointment ${status}`}
        href={
          capacity === null ? (tellsApart ? paths.deskAppointment : paths.appointment)(id) : paths.session(id)
        }
      >
        <span class="when">
          <time datetime={startAt.toISOString()}>
            <span class="day">{formatDay(startLocal, copy.language)}</span>{' '}
            <span class="clock">{formatSpan(appointment, copy.language)}</span>
          </time>{' '}
          <span class="zone">{copy.timeIn(cityOf(location.timeZone))}</span>
        </span>{' '}
        <span class="who">
          <b>
            {capacity === null ? (
              <bdi>{shownName(copy, patient?.name ?? '')}</bdi>
            ) : (
              copy.session.places(placesTaken, capacity)
            )}
          </b>{' '}
          {tellsApart && patient && <PatientFacts copy={copy} patient={patient} />} {copy.appointments.with}{' '}
          <bdi>{doctor.name}</bdi>
          {others.map(({ name }) => (
            <>
              , <bdi>{shownName(copy, name)}</bdi>
            </>
          ))}
          {visitType && <span class="zone"> {visitType.name}</span>}
        </span>{' '}
        <span class="status">
          {awaitsApproval ? copy.approval.status : copy.appointments.statuses[status]}
        </span>
        <Accepted copy={copy} appointment={appointment} isStaff={tellsApart} />
      </a>
    </li>
  )
}
