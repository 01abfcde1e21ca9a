import type { Appointment } from '../../clinic/appointments/find.ts'
import { formatDay, formatTime } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import { Layout } from '../ui/layout.tsx'

interface ConfirmationPageProps {
  copy: Copy
  appointment: Appointment
  visitor: string | null
}

export function ConfirmationPage({ copy, appointment, visitor }: ConfirmationPageProps) {
  const words = copy.confirmation
  const title = words.titles[appointment.status]
  const { startAt, startLocal, endLocal, location } = appointment
  return (
    <Layout copy={copy} title={title} visitor={visitor}>
      <section class="card confirmation">
        <h1>{title}</h1>
        <dl>
          <dt>{words.when}</dt>
          <dd>
            <time datetime={startAt.toISOString()}>
              <strong>{formatDay(startLocal, copy.language)}</strong>
              <br />
              {formatTime(startLocal, copy.language)}–{formatTime(endLocal, copy.language)}
            </time>{' '}
            <span class="zone">{location.timeZone}</span>
          </dd>
          <dt>{words.where}</dt>
          <dd>{location.name}</dd>
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
          <dt>{words.patient}</dt>
          <dd>{appointment.patient?.name}</dd>
          <dt>{words.number}</dt>
          <dd>{appointment.id}</dd>
        </dl>
        <a class="button" href={paths.booking()}>
          {words.again}
        </a>
      </section>
    </Layout>
  )
}
