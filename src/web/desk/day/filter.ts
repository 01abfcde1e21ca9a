import { type Column, doctorColumns, roomColumns } from '../../../clinic/day/columns.ts'
import type { Day, DayAppointment, DayDoctor } from '../../../clinic/day/day.ts'
import { freeStarts, stepOf } from '../../../clinic/day/free-starts.ts'
import { waitingNow } from '../../../clinic/day/standing.ts'
import type { DayView } from './view.ts'

/** The doctors that the person's filters leave; a doctor chosen by address is shown whatever they say. */
function shownDoctors(day: Day, { doctorId, preferences }: DayView): DayDoctor[] {
  if (doctorId !== undefined) return day.doctors
  const { hidden, specialty, only } = preferences
  const waiting = new Set(waitingNow(day).map((one) => one.doctorId))
  return day.doctors.filter((doctor) => {
    if (hidden.includes(doctor.id)) return false
    if (specialty && doctor.specialty !== specialty) return false
    if (only === 'waiting') return waiting.has(doctor.id)
    return only !== 'free' || hasFree(day, doctor)
  })
}

const hasFree = (day: Day, doctor: DayDoctor) =>
  day.days.some((clock) => freeStarts(doctor.free, clock, stepOf(doctor.gridMinutes)).length > 0)

export const isFiltered = ({ doctorId, preferences }: DayView): boolean =>
  doctorId === undefined &&
  (preferences.hidden.length > 0 || preferences.specialty !== '' || preferences.only !== '')

export function shownColumns(day: Day, view: DayView): Column[] {
  return view.by === 'rooms' ? roomColumns(day) : doctorsInView(day, view)
}

export const doctorsInView = (day: Day, view: DayView): Column[] =>
  doctorColumns({ ...day, doctors: shownDoctors(day, view) })

/** Those of the days that are shown, also of the participants of sessions. */
export const shownAppointments = (day: Day, view: DayView): DayAppointment[] =>
  inView(day, view).filter(({ capacity }) => capacity === null)

/** The sessions themselves, which no list of patients counts. */
export const shownSessions = (day: Day, view: DayView): DayAppointment[] =>
  inView(day, view).filter(({ capacity }) => capacity !== null)

function inView(day: Day, view: DayView): DayAppointment[] {
  const doctors = new Set(shownDoctors(day, view).map(({ id }) => id))
  return day.appointments.filter(
    (one) =>
      [one.doctorId, ...one.colleagues].some((id) => doctors.has(id)) &&
      day.days.some(({ start, end }) => one.start < end && one.end > start),
  )
}
