import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { PhoneLink } from '../ui/phone-link.tsx'

/** What helps someone who may book no more appointments online. */
export function TooManyAppointments({ copy, phone }: Pick<Frame, 'copy' | 'phone'>) {
  return (
    <>
      <p>
        <a href={paths.appointments()}>{copy.appointments.all}</a>
      </p>
      <p>
        {copy.problems.orCall} <PhoneLink phone={phone} />
      </p>
    </>
  )
}
