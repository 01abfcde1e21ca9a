import type { Appointment } from '../../clinic/appointments/find.ts'
import { AppointmentList } from '../appointments/appointment-list.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { Layout } from '../ui/layout.tsx'

/** The booking page for doctors: their own day. */
export function DayPage({ frame, appointments }: { frame: Frame; appointments: Appointment[] }) {
  const { copy } = frame
  const words = copy.appointments
  return (
    <Layout frame={frame} title={words.yourDay}>
      <h1>{words.yourDay}</h1>
      <AppointmentList
        copy={copy}
        id="day"
        title={words.today}
        empty={words.nothingToday}
        appointments={appointments}
        tellsApart
      />
      <a class="button" href={paths.deskBooking()}>
        {words.bookOne}
      </a>
    </Layout>
  )
}
