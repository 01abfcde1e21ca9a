import type { Appointment } from '../../clinic/appointments/find.ts'
import { formatDay, formatSpan } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'

/** The appointments that stand in the way of a change, each with a link. */
export function InTheWay({ copy, appointments }: { copy: Copy; appointments: Appointment[] }) {
  return (
    <ul class="spaced">
      {appointments.map((one) => (
        <li>
          <a href={paths.deskAppointment(one.id)}>
            {formatDay(one.startLocal, copy.language)}, {formatSpan(one, copy.language)}
          </a>
          <br />
          <bdi>{one.patient?.name}</bdi> {copy.appointments.with} <bdi>{one.doctor.name}</bdi>
        </li>
      ))}
    </ul>
  )
}
