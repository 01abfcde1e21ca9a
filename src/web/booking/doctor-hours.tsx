import type { Doctor } from '../../clinic/doctors/find.ts'
import type { Copy } from '../../i18n/en.ts'
import { summariseHours } from './weekly-hours.ts'

/** More than that nobody reads through. */
const aFew = 12

interface DoctorHoursProps {
  copy: Copy
  doctors: Doctor[]
  /** Whose hours alone are shown, when there are more than a few. */
  chosen: string
}

export function DoctorHours({ copy, doctors, chosen }: DoctorHoursProps) {
  const shown = doctors.length > aFew ? doctors.filter(({ id }) => String(id) === chosen) : doctors
  if (doctors.length > 0 && shown.length === 0) return null
  return (
    <section class="hours" aria-labelledby="hours-title">
      <h2 id="hours-title">{copy.hours.title}</h2>
      {doctors.length === 0 && <p class="empty">{copy.booking.noDoctors}</p>}
      {shown.map((doctor) => (
        <div class="doctor">
          <h3>{doctor.name}</h3>
          <p class="where">{doctor.location.name}</p>
          <Week copy={copy} hours={doctor.hours} />
        </div>
      ))}
    </section>
  )
}

function Week({ copy, hours }: { copy: Copy; hours: Doctor['hours'] }) {
  const lines = summariseHours(hours, copy.language)
  if (lines.length === 0) return <p class="empty">{copy.hours.closed}</p>
  return (
    <dl>
      {lines.map(({ days, times }) => (
        <div>
          <dt>{days}</dt>
          <dd>{times}</dd>
        </div>
      ))}
    </dl>
  )
}
