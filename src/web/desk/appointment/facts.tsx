import type { Child } from 'hono/jsx'
import type { DeskAppointmentContent } from '../../../clinic/messages/read-desk-appointment.ts'
import { cityOf, formatDay, formatLately, formatSpan } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { paths } from '../../paths.ts'
import { initialed } from '../hidden-name.tsx'

type Shown = Pick<DeskAppointmentContent, 'appointment' | 'specialty' | 'history' | 'nowLocal'> & {
  now: Date
}

/** When, with whom, where and as what, and everything that was written about it. */
export function Facts({ copy, ...shown }: Shown & { copy: Copy }) {
  const words = copy.desk.appointment.facts
  const { appointment, specialty, nowLocal } = shown
  const { location, doctor, resources, visitType, others } = appointment
  const minutes = (appointment.endAt.getTime() - appointment.startAt.getTime()) / 60_000
  const lately = (local: string) => formatLately(local, nowLocal, copy.language)
  const where = [...resources.map(({ name }) => name), location.name]
  const length = words.minutes(minutes)
  return (
    <dl class="facts">
      <Fact name={words.when}>
        <b>
          {formatDay(appointment.startLocal, copy.language)}, {formatSpan(appointment, copy.language)}
        </b>{' '}
        {words.zone(cityOf(location.timeZone))}
      </Fact>
      <Decide copy={copy} {...shown} />
      <Fact name={words.doctor}>
        <bdi>{doctor.name}</bdi>
        {specialty && `, ${specialty}`}
      </Fact>
      <Fact name={words.where}>{where.join(', ')}</Fact>
      <Fact name={words.visitType}>
        {visitType ? visitType.name : words.noVisitType}, {length}
      </Fact>
      {others.length > 0 && (
        <Fact name={words.with}>
          {others.map(({ name }, at) => (
            <>
              {at > 0 && ', '}
              <bdi data-i={initialed(name)}>{name}</bdi>
            </>
          ))}
        </Fact>
      )}
      {appointment.arrivedLocal && <Fact name={words.arrived}>{lately(appointment.arrivedLocal)}</Fact>}
      {appointment.startedLocal && <Fact name={words.started}>{lately(appointment.startedLocal)}</Fact>}
      {appointment.reasonForVisit && <Fact name={words.reason}>{appointment.reasonForVisit}</Fact>}
      {appointment.overrideReason && <Fact name={words.override}>{appointment.overrideReason}</Fact>}
      <CalledOff copy={copy} {...shown} />
      {appointment.note && <Fact name={words.note}>{appointment.note}</Fact>}
      {appointment.seriesId && (
        <Fact name={words.series}>
          <a href={paths.series(appointment.seriesId)}>{words.partOfSeries(appointment.seriesSize ?? 1)}</a>
        </Fact>
      )}
      {appointment.sessionId && (
        <Fact name={words.session}>
          <a href={paths.session(appointment.sessionId)}>{words.openSession}</a>
        </Fact>
      )}
      {appointment.status !== 'pending' && <Fact name={words.number}>{String(appointment.id)}</Fact>}
    </dl>
  )
}

/** Until when the clinic must have answered a request. */
function Decide({ copy, appointment, nowLocal, now }: Shown & { copy: Copy }) {
  const { awaitsApproval, holdExpiresAt, holdExpiresLocal } = appointment
  if (!awaitsApproval || !holdExpiresAt || !holdExpiresLocal) return null
  return (
    <Fact name={copy.desk.appointment.facts.decideBy}>
      {formatLately(holdExpiresLocal, nowLocal, copy.language)}
      {holdExpiresAt <= now && `. ${copy.approval.overdue}`}
    </Fact>
  )
}

/** Why it is off. */
function CalledOff({ copy, appointment, history }: Pick<Shown, 'appointment' | 'history'> & { copy: Copy }) {
  const words = copy.desk.appointment.facts
  if (appointment.status !== 'cancelled') return null
  const last = history.findLast(({ became }) => became.status === 'cancelled')
  if (!last?.reason) return null
  const name = last.kind === 'appointment.declined' ? words.declinedBecause : words.cancelledBecause
  return <Fact name={name}>{last.reason}</Fact>
}

const Fact = ({ name, children }: { name: string; children: Child }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)
