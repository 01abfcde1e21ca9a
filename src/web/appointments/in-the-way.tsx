import type { Appointment } from '../../clinic/appointments/find.ts'
import { formatDay, formatTime } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'

/** The appointments that stand in the way of a change, each with a link. */
export function InTheWay({ copy, appointments }: { copy: Copy; appointments: Appointment[] }) {
  return (
    <ul class="spaced">
      {appointments.map(({ id, startLocal, endLocal, patient, doctor }) => (
        <li>
          <a href={paths.appointment(id)}>
            {formatDay(startLocal, copy.language)}, {formatTime(startLocal, copy.language)}–
            {formatTime(endLocal, copy.language)}
          </a>
          <br />
          <bdi>{patient?.name}</bdi> {copy.appointments.with} <bdi>{doctor.name}</bdi>
        </li>
      ))}
    </ul>
  )
}
