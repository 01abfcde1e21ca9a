import type { DeskBookingContent } from '../../../clinic/appointments/read-desk-booking.ts'
import type { VisitType } from '../../../clinic/availability/find-visit-types.ts'
import type { Doctor } from '../../../clinic/doctors/find.ts'
import type { PatientSummary } from '../../../clinic/patients/summary.ts'
import { type BookingValues, later } from './values.ts'

/** What the form stands for, before anything else is chosen. */
export interface Chosen {
  doctor: Doctor | undefined
  /** Those of the doctor. */
  visitTypes: VisitType[]
  visitType: VisitType | undefined
  minutes: number | undefined
  /** On the location's clock. */
  endLocal: string | undefined
  patient: PatientSummary | undefined
}

/** Reads the form, and chooses what is likely: the first patient who was found, and the doctor's usual visit type. */
export function choose(content: DeskBookingContent, values: BookingValues): Chosen {
  const { doctors, time, forWhom } = content
  const doctor = doctors.find(({ id }) => String(id) === values.doctor_id)
  const offered = doctor?.visitTypes.map(({ id }) => id)
  const visitTypes = content.visitTypes.filter(({ id }) => !offered || offered.includes(id))
  const isOpen = values.visit_type_id === '' && values.minutes === ''
  const named = visitTypes.find(({ id }) => String(id) === values.visit_type_id)
  const visitType = named ?? (isOpen ? usualOf(visitTypes, content) : undefined)
  const minutes = Number(values.minutes) || visitType?.minutes
  return {
    doctor,
    visitTypes,
    visitType,
    minutes,
    endLocal: time && minutes ? later(time.startLocal, minutes) : undefined,
    patient: forWhom.patients.find(({ id }) => String(id) === values.patient_id) ?? forWhom.patients[0],
  }
}

/** In person if there is one, and one that fits before the next appointment. */
function usualOf(visitTypes: VisitType[], { time }: DeskBookingContent): VisitType | undefined {
  const fits = ({ minutes }: VisitType) =>
    !time?.freeUntilLocal || later(time.startLocal, minutes) <= time.freeUntilLocal
  const inOrder = visitTypes.toSorted(
    (a, b) => Number(a.mode !== 'in_person') - Number(b.mode !== 'in_person') || a.name.localeCompare(b.name),
  )
  return inOrder.find(fits) ?? inOrder[0]
}
