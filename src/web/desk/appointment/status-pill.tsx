import { type DeskStatus, deskStatusOf } from '../../../clinic/day/desk-status.ts'
import type { DeskAppointmentContent } from '../../../clinic/messages/read-desk-appointment.ts'
import type { Copy } from '../../../i18n/en.ts'
import { Icon } from '../icons.tsx'

type Shown = Pick<DeskAppointmentContent, 'appointment' | 'patient' | 'walkInNumber'>

/** What the status is called: a hold that waits for the clinic is a request. */
export function statusWord(copy: Copy, { appointment }: Pick<Shown, 'appointment'>, now: Date): string {
  const words = copy.desk.appointment
  if (appointment.awaitsApproval) return words.awaitsApproval
  return words.statuses[deskStatusOf(appointment, now)]
}

export function StatusPill({ copy, now, ...shown }: Pick<Shown, 'appointment'> & { copy: Copy; now: Date }) {
  const status = deskStatusOf(shown.appointment, now)
  return (
    <p class={`pill ${looks[status]}`}>
      <Icon name={status} />
      {statusWord(copy, shown, now)}
    </p>
  )
}

const looks: Record<DeskStatus, string> = {
  pending: 's-pending',
  booked: 's-booked',
  late: 's-late',
  arrived: 's-arrived',
  with_doctor: 's-doing',
  fulfilled: 's-done',
  noshow: 's-noshow',
  cancelled: 's-cancelled',
}

/** What to know before the patient is called. */
export function Badges({ copy, appointment, patient, walkInNumber }: Shown & { copy: Copy }) {
  const words = copy.desk.appointment
  const badges = [
    ...(walkInNumber === null ? [] : [{ text: words.walkIn(walkInNumber) }]),
    ...(patient && patient.appointmentCount === 0 ? [{ text: words.isNew }] : []),
    ...(appointment.isAccepted && appointment.status === 'booked'
      ? [{ text: words.confirmed, icon: 'fulfilled' as const }]
      : []),
    ...(patient && patient.missed > 0
      ? [{ text: words.missed(patient.missed, patient.kept), icon: 'warning' as const }]
      : []),
    ...(patient?.flags ?? []).map((flag) => ({
      text: words.flags[flag],
      icon: flag === 'interpreter' ? ('language' as const) : ('warning' as const),
    })),
    ...(appointment.note ? [{ text: words.facts.note, icon: 'note' as const }] : []),
    ...(appointment.overrideReason ? [{ text: words.override, icon: 'warning' as const }] : []),
  ]
  if (badges.length === 0) return null
  return (
    <ul class="bs" aria-label={words.badges}>
      {badges.map(({ text, icon }) => (
        <li class={icon === 'warning' ? 'b warn' : 'b'}>
          {icon && <Icon name={icon} />}
          {text}
        </li>
      ))}
    </ul>
  )
}
