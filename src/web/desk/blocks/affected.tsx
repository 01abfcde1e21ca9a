import type { Block, InTheWay } from '../../../clinic/availability/read-blocks-page.ts'
import { formatDay, formatTime } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { paths } from '../../paths.ts'
import { shownName } from '../../ui/patient-name.tsx'
import { PhoneLink } from '../../ui/phone-link.tsx'
import { initialsOf } from '../initials.ts'

interface AffectedProps {
  copy: Copy
  appointments: InTheWay[]
  kind: Block['kind'] | ''
  /** When it is about extra hours that were removed. */
  isRemoved?: boolean
}

/** Whom an absence affects, or who is booked in extra hours, with their phone numbers. */
export function Affected({ copy, appointments, kind, isRemoved = false }: AffectedProps) {
  const words = copy.desk.blocks
  const many = appointments.length
  const title = isRemoved
    ? words.nowOutside(many)
    : kind === 'hours'
      ? words.inHours(many)
      : words.affects(many)
  // In a reserve nobody has to move.
  const hints: Partial<Record<typeof kind, string>> = { reserve: words.inReserve, hours: words.ifRemoved }
  const hint = isRemoved ? words.staysBooked : (hints[kind] ?? words.staysBooked)
  return (
    <>
      <p>
        <b>{title}</b>
      </p>
      {many > 0 && (
        <>
          <p class="hint">{hint}</p>
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
