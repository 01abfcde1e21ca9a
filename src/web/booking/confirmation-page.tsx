import type { Appointment } from '../../clinic/appointments/find.ts'
import type { Copy } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import { AppointmentDetails } from '../ui/appointment-details.tsx'
import { Layout } from '../ui/layout.tsx'

interface ConfirmationPageProps {
  copy: Copy
  appointment: Appointment
  visitor: string | null
}

export function ConfirmationPage({ copy, appointment, visitor }: ConfirmationPageProps) {
  const words = copy.confirmation
  const title = words.titles[appointment.status]
  return (
    <Layout copy={copy} title={title} visitor={visitor}>
      <section class="card confirmation">
        <h1>{title}</h1>
        <AppointmentDetails copy={copy} appointment={appointment} />
        <a class="button" href={paths.booking()}>
          {words.again}
        </a>
        <a href={paths.appointment(appointment.id)}>{words.change}</a>
      </section>
    </Layout>
  )
}
