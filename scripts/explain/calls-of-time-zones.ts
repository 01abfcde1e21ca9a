import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { hireDoctor, hireDoctorInput } from '../../src/clinic/doctors/hire.ts'
import { changeLocation } from '../../src/clinic/locations/change.ts'
import { openLocation } from '../../src/clinic/locations/open.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

/** A small location among large ones gets another time zone, with every choice. */
export const callsOfTimeZones: Calls[] = [correctZones]

async function correctZones({ cast, as, context }: Explained, { call, refused }: Recorder) {
  const admin = context(as.admin)
  const open = () => openLocation(admin, { name: 'Sanur', timeZone: 'Asia/Jakarta' })
  const [one, other] = [await open(), await open()]
  if (!one.ok || !other.ok) return
  const [locationId, otherId] = [one.location.id, other.location.id]
  const person = { name: 'dr. Made', specialty: 'General practice', locationIds: [locationId, otherId] }
  const hired = await hireDoctor(admin, hireDoctorInput.parse(person))
  if (!hired.ok) return
  await bookAppointment(context(as.desk), {
    doctorId: hired.id,
    locationId,
    patientId: cast.patientId,
    startAt: '2033-03-01T09:00',
    endAt: '2033-03-01T09:30',
    overrideReason: 'Explained',
  })
  const timeZone = 'Asia/Makassar'
  const togetherWith = [otherId]
  await refused('a time zone is corrected without the other location', 'doctors_elsewhere', () =>
    changeLocation(admin, locationId, { timeZone, keeps: 'instant' }),
  )
  await refused('a time zone is corrected without a choice', 'keeps_needed', () =>
    changeLocation(admin, locationId, { timeZone, togetherWith }),
  )
  await call('a time zone is corrected, and clock times stay', () =>
    changeLocation(admin, locationId, { timeZone, togetherWith, keeps: 'clock_time' }),
  )
  await call('a time zone is corrected, and instants stay', () =>
    changeLocation(admin, locationId, { timeZone: 'Asia/Jakarta', togetherWith, keeps: 'instant' }),
  )
}
