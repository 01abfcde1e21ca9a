import type { Appointment } from '../../clinic/appointments/find.ts'
import { ApprovalNote } from '../appointments/approval.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { AppointmentDetails } from '../ui/appointment-details.tsx'
import { AppointmentLinks } from '../ui/appointment-links.tsx'
import { Layout } from '../ui/layout.tsx'

export function ConfirmationPage({ frame, appointment }: { frame: Frame; appointment: Appointment }) {
  const words = frame.copy.confirmation
  const { awaitsApproval } = appointment
  const { approval } = frame.copy
  const requested = frame.isStaff ? approval.status : approval.title
  const title = awaitsApproval ? requested : words.titles[appointment.status]
  return (
    <Layout frame={frame} title={title}>
      <section class="card confirmation">
        <h1>{title}</h1>
        <ApprovalNote copy={frame.copy} appointment={appointment} isStaff={frame.isStaff} />
        <AppointmentDetails copy={frame.copy} appointment={appointment} tellsApart={frame.isStaff} />
        <AppointmentLinks copy={frame.copy} appointment={appointment} isForStaff={frame.isStaff} />
        {appointment.status === 'booked' && !frame.isStaff && (
          <p class="hint">{frame.copy.change.until(appointment.visitType?.cancellationNoticeMinutes ?? 0)}</p>
        )}
        {(appointment.status === 'booked' || awaitsApproval) && (
          <a
            class="button"
            href={frame.isStaff ? paths.deskAppointment(appointment.id) : paths.appointment(appointment.id)}
          >
            {words.change}
          </a>
        )}
        <a class="more" href={frame.isStaff ? paths.deskBooking() : paths.booking()}>
          {words.again}
        </a>
      </section>
    </Layout>
  )
}
