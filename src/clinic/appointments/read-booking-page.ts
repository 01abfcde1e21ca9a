import { allVisitTypes, type VisitType } from '../availability/find-visit-types.ts'
import { prepareSearch, type SearchedSlots, type SearchSlots } from '../availability/search-slots.ts'
import { type ClinicContext, personOf } from '../context.ts'
import { allDoctors, type Doctor } from '../doctors/find.ts'
import { allLocations, type Location } from '../locations/find.ts'
import { type Patient, patientsOf } from '../patients/find.ts'
import { type Appointment, appointmentsOfToday, newestAppointments } from './find.ts'

const pageSize = 20

export interface BookingPageContent {
  doctors: Doctor[]
  locations: Location[]
  visitTypes: VisitType[]
  /** The free times that were looked for; null when none were. */
  found: SearchedSlots | null
  /** For whom may be booked; null for whoever may not book. */
  patients: Patient[] | null
  /** Null for a stranger, who is told of nobody's appointments. */
  appointments: Appointment[] | null
  /** What to ask for as `before` to see older appointments; null on the last page. */
  olderThan: number | null
}

/**
 * All that the booking page shows to whoever asks, in one trip. Appointments come 20 at a time.
 *
 * @param search the free times that are looked for, if any.
 */
export async function readBookingPage(
  ctx: ClinicContext,
  search: SearchSlots | null,
  before?: number,
): Promise<BookingPageContent> {
  const person = personOf(ctx.actor)
  if (person?.kind === 'doctor') return readDay(ctx, person.doctorId)
  const slots = prepareSearch(ctx, search)
  const [doctors, locations, visitTypes, patients, newest, ...results] = await ctx.db.batch([
    allDoctors(ctx),
    allLocations(ctx),
    allVisitTypes(ctx),
    patientsOf(ctx, person),
    newestAppointments(ctx, person, { before, limit: pageSize + 1 }),
    ...slots.queries,
  ])
  const appointments = newest.slice(0, pageSize)
  const olderThan = newest.length > pageSize ? (appointments.at(-1)?.id ?? null) : null
  const found = slots.read(results)
  const offers = { doctors, locations, visitTypes, found }
  return person
    ? { ...offers, patients, appointments, olderThan }
    : { ...offers, patients: null, appointments: null, olderThan: null }
}

async function readDay(ctx: ClinicContext, doctorId: number): Promise<BookingPageContent> {
  const [doctors, appointments] = await ctx.db.batch([allDoctors(ctx), appointmentsOfToday(ctx, doctorId)])
  return {
    doctors,
    locations: [],
    visitTypes: [],
    found: null,
    patients: null,
    appointments,
    olderThan: null,
  }
}
