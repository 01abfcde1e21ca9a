import { sql } from 'drizzle-orm'
import { allVisitTypes, type VisitType } from '../availability/find-visit-types.ts'
import { prepareSearch, type SearchedSlots, type SearchSlots } from '../availability/search-slots.ts'
import type { ClinicContext, Person } from '../context.ts'
import { type DoctorWish, doctorsToChooseFrom, toDoctorChoice } from '../doctors/choose.ts'
import { allSpecialties, type Doctor } from '../doctors/find.ts'
import { allLocations, type Location } from '../locations/find.ts'
import { type ClinicFacts, factsIn, theFacts } from '../settings/facts.ts'
import { type Appointment, shownTo } from './find.ts'
import { comingAppointments } from './read-appointments-page.ts'

/** What the booking page shows to everyone. */
export interface Offers {
  /** Those who fit what is looked for; of too many to choose from only the one who is chosen already. */
  doctors: Doctor[]
  /** There are more of them, so that one looks for a specialty, or a location, first. */
  isMoreDoctors: boolean
  specialties: string[]
  locations: Location[]
  visitTypes: VisitType[]
  /** The free times that were looked for; null when none were. */
  found: SearchedSlots | null
}

/** What signed-in visitors see as well. */
export interface OwnPart {
  /** The first 20 that are to come: a patient's own, and to the front desk all of the location that is looked at. */
  coming: Appointment[]
}

/** What the page looks for; `search` is null while no kind of visit is chosen. */
export interface BookingWish extends DoctorWish {
  search: SearchSlots | null
}

export interface PublicOffers extends Offers {
  facts: ClinicFacts
  /** No doctor has a higher id. */
  highestDoctorId: number
}

/** What the clinic offers, in one trip. Anybody may ask. */
export async function readOffers(ctx: ClinicContext, wish: BookingWish): Promise<PublicOffers> {
  const slots = prepareSearch(ctx, wish.search)
  const [doctors, specialties, locations, visitTypes, facts, { rows }, ...results] = await ctx.db.batch([
    ...whatIsOffered(ctx, wish),
    factsIn(ctx),
    highestDoctor(ctx),
    ...slots.queries,
  ])
  const highestDoctorId = rows[0]?.id ?? 0
  const offers = toOffers(wish, doctors, specialties, visitTypes)
  return { ...offers, locations, facts: theFacts(facts), highestDoctorId, found: slots.read(results) }
}

/**
 * The same, and what is the person's own, in one trip. The front desk looks at the coming appointments of the location,
 * or of all.
 */
export async function readBookingPage(
  ctx: ClinicContext,
  person: Person,
  wish: BookingWish,
): Promise<Offers & OwnPart> {
  const slots = prepareSearch(ctx, wish.search)
  const [doctors, specialties, locations, visitTypes, coming, ...results] = await ctx.db.batch([
    ...whatIsOffered(ctx, wish),
    comingAppointments(ctx, person, wish.locationId),
    ...slots.queries,
  ])
  const own = { coming: coming.map((one) => shownTo(person, one)) }
  const offers = toOffers(wish, doctors, specialties, visitTypes)
  return { ...offers, ...own, locations, found: slots.read(results) }
}

const whatIsOffered = (ctx: ClinicContext, wish: BookingWish) =>
  [doctorsToChooseFrom(ctx, wish), allSpecialties(ctx), allLocations(ctx), allVisitTypes(ctx)] as const

const highestDoctor = ({ db }: ClinicContext) =>
  db.execute<{ id: number | null }>(sql`select max(id)::float8 as id from doctors`)

function toOffers(
  wish: BookingWish,
  found: Doctor[],
  specialties: { specialty: string }[],
  visitTypes: VisitType[],
) {
  const { doctors, isMore } = toDoctorChoice(found, wish)
  return {
    doctors,
    isMoreDoctors: isMore,
    specialties: specialties.map(({ specialty }) => specialty),
    // Groups have sessions and no free times.
    visitTypes: visitTypes.filter(({ capacity }) => capacity === null),
  }
}
