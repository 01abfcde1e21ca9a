import type { InTheWay } from '../../../clinic/availability/read-blocks-page.ts'
import { formatDay, formatTime } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { paths } from '../../paths.ts'
import { shownName } from '../../ui/patient-name.tsx'
import { PhoneLink } from '../../ui/phone-link.tsx'
import { initialsOf } from '../initials.ts'

interface AffectedProps {
  copy: Copy
  appointments: InTheWay[]
  /** In a reserve nobody has to move. */
  isReserve: boolean
}

/** Whom an absence affects, with their phone numbers. */
export function Affected({ copy, appointments, isReserve }: AffectedProps) {
  const words = copy.desk.blocks
  return (
    <>
      <p>
        <b>{words.affects(appointments.length)}</b>
      </p>
      {appointments.length > 0 && (
        <>
          <p class="hint">{isReserve ? words.inReserve : words.staysBooked}</p>
          <ul class="affected">
            {appointments.map((one) => {
              const name = shownName(copy, one.patient ?? one.visitType ?? '')
              return (
                <li>
                  <span class="num">
                    {formatDay(one.startLocal, copy.language)} {formatTime(one.startLocal, copy.language)}
                  </span>{' '}
                  <a href={paths.deskAppointment(one.id)} data-i={initialsOf(name)}>
                    <bdi>{name}</bdi>
                  </a>{' '}
                  · <bdi>{one.doctor}</bdi> · {one.phone ? <PhoneLink phone={one.phone} /> : words.noPhone}
                </li>
              )
            })}
          </ul>
        </>
      )}
    </>
  )
}
