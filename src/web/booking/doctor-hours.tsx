import type { Doctor } from '../../clinic/doctors/find.ts'
import type { Copy } from '../../i18n/en.ts'
import { summariseHours } from './weekly-hours.ts'

export function DoctorHours({ copy, doctors }: { copy: Copy; doctors: Doctor[] }) {
  return (
    <section class="hours" aria-labelledby="hours-title">
      <h2 id="hours-title">{copy.hours.title}</h2>
      {doctors.length === 0 && <p class="empty">{copy.booking.noDoctors}</p>}
      {doctors.map((doctor) => (
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
