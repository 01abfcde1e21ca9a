import { isDesk } from '../accounts/guard.ts'
import { allVisitTypes, type VisitType } from '../availability/find-visit-types.ts'
import { prepareSearch, type SearchedSlots, type SearchSlots } from '../availability/search-slots.ts'
import type { ClinicContext, Person } from '../context.ts'
import { allDoctors, type Doctor } from '../doctors/find.ts'
import { allLocations, type Location } from '../locations/find.ts'
import { type Patient, patientsOf } from '../patients/find.ts'
import type { Appointment } from './find.ts'
import { comingAppointments } from './read-appointments-page.ts'

/** What the booking page shows to everyone. */
export interface Offers {
  doctors: Doctor[]
  locations: Location[]
  visitTypes: VisitType[]
  /** The free times that were looked for; null when none were. */
  found: SearchedSlots | null
}

/** What it shows beside that to whoever has signed in. */
export interface OwnPart {
  /** For whom the front desk may book at any time; a patient is asked later. */
  patients: Patient[]
  /** The first 20 that are to come: a patient's own, and to the front desk all of the location that is looked at. */
  coming: Appointment[]
}

/**
 * What the clinic offers, in one trip. Anybody may ask.
 *
 * @param search the free times that are looked for, if any.
 */
export async function readOffers(ctx: ClinicContext, search: SearchSlots | null): Promise<Offers> {
  const slots = prepareSearch(ctx, search)
  const [doctors, locations, visitTypes, ...results] = await ctx.db.batch([
    ...whatIsOffered(ctx),
    ...slots.queries,
  ])
  return { doctors, locations, visitTypes, found: slots.read(results) }
}

/**
 * The same, and what is the person's own, in one trip.
 *
 * @param locationId whose coming appointments the front desk looks at; else those of all.
 */
export async function readBookingPage(
  ctx: ClinicContext,
  person: Person,
  search: SearchSlots | null,
  locationId: number | undefined,
): Promise<Offers & OwnPart> {
  const slots = prepareSearch(ctx, search)
  const [doctors, locations, visitTypes, patients, coming, ...results] = await ctx.db.batch([
    ...whatIsOffered(ctx),
    patientsOf(ctx, isDesk(ctx.actor) ? person : null),
    comingAppointments(ctx, person, locationId),
    ...slots.queries,
  ])
  return { doctors, locations, visitTypes, patients, coming, found: slots.read(results) }
}

const whatIsOffered = (ctx: ClinicContext) =>
  [allDoctors(ctx), allLocations(ctx), allVisitTypes(ctx)] as const
