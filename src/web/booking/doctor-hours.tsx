import type { Doctor } from '../../clinic/doctors/find.ts'
import type { Copy } from '../../i18n/en.ts'
import { summariseHours } from './weekly-hours.ts'

/** With more doctors than this, only the chosen doctor’s hours are shown. */
const mostShown = 12

interface DoctorHoursProps {
  copy: Copy
  doctors: Doctor[]
  /** The id of the chosen doctor, or empty. */
  chosen: string
}

export function DoctorHours({ copy, doctors, chosen }: DoctorHoursProps) {
  const shown = doctors.length > mostShown ? doctors.filter(({ id }) => String(id) === chosen) : doctors
  if (doctors.length > 0 && shown.length === 0) return null
  return (
    <section class="hours" aria-labelledby="hours-title">
      <h2 id="hours-title">{copy.hours.title}</h2>
      {doctors.length === 0 && <p class="empty">{copy.booking.noDoctors}</p>}
      {shown.map((doctor) => (
        <div class="doctor">
          <h3>
            <bdi>{doctor.name}</bdi>
          </h3>
          <p class="where">{doctor.locations.map(({ name }) => name).join(', ')}</p>
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
      {lines.map(({ days, ranges }) => (
        <div>
          <dt>{days}</dt>
          <dd>
            {ranges.map((range, n) => (
              <>
                {n > 0 && ', '}
                <span class="range">{range}</span>
              </>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}
