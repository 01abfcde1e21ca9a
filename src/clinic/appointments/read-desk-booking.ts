import { and, asc, eq } from 'drizzle-orm'
import { resources } from '../../../drizzle/schema/resources.ts'
import { isStaff, requireRight } from '../accounts/guard.ts'
import { requireLocation, withinReach } from '../accounts/reach.ts'
import type { Slot } from '../availability/find-open-slots.ts'
import { allVisitTypes, type VisitType } from '../availability/find-visit-types.ts'
import { type AskedTime, type LookedAt, prepareLook } from '../availability/look-at-time.ts'
import type { ClinicContext, Person } from '../context.ts'
import { doctorsToChooseFrom, toDoctorChoice } from '../doctors/choose.ts'
import type { Doctor } from '../doctors/find.ts'
import { Forbidden } from '../errors.ts'
import { allLocations, type Location } from '../locations/find.ts'
import { type PatientChoice, patientsOf } from '../patients/find.ts'
import { type Resource, selectResources } from '../resources/find.ts'

export interface DeskBookingWish {
  /** Null while no doctor or no time is chosen. */
  time: AskedTime | null
  doctorId?: number | undefined
  locationId?: number | undefined
  /** What was typed to find the patient, and who was chosen before. */
  typed?: string | undefined
  chosenId?: number | undefined
  /** Whether the time was just refused, so that others are offered. */
  wasRefused?: boolean
}

export interface DeskBookingContent {
  doctors: Doctor[]
  visitTypes: VisitType[]
  locations: Location[]
  /** Rooms and devices in use, of the location that is asked for or of all. */
  resources: Resource[]
  /** Only after a search, or when one was chosen. */
  forWhom: PatientChoice
  time: LookedAt | null
  /** The free times closest to one that is taken or was refused; those of other doctors last. */
  nearest: Slot[]
}

/**
 * All that the front desk needs to book for someone, or a doctor for one of their patients, in one trip.
 *
 * @throws NotSignedIn, Forbidden, also for a doctor who asks for another one's time.
 */
export async function readDeskBooking(
  ctx: ClinicContext,
  wish: DeskBookingWish,
): Promise<DeskBookingContent> {
  const person = requireRight(ctx.actor, 'book appointments')
  requireLocation(ctx, wish.locationId)
  if (!isStaff(ctx.actor)) throw new Forbidden('This page is for the clinic’s own people.')
  if (person.kind !== 'doctor') return read(ctx, person, wish)
  const { doctorId } = person
  if ((wish.doctorId ?? doctorId) !== doctorId) throw new Forbidden('Doctors can only book with themselves.')
  const content = await read(ctx, person, { ...wish, doctorId })
  return onlyOf(doctorId, content)
}

async function read(
  ctx: ClinicContext,
  person: Person,
  { time, doctorId, locationId, typed, chosenId, wasRefused = false }: DeskBookingWish,
): Promise<DeskBookingContent> {
  const asksForSomeone = Boolean(typed?.trim()) || chosenId !== undefined
  const forWhom = patientsOf(ctx, asksForSomeone ? person : null, { typed, chosenId })
  const look = prepareLook(ctx, time, wasRefused)
  const who = { doctorId, locationId }
  const [doctors, visitTypes, locations, things, patients, ...looked] = await ctx.db.batch([
    doctorsToChooseFrom(ctx, who),
    allVisitTypes(ctx),
    allLocations(ctx),
    thingsAt(ctx, locationId),
    forWhom.query,
    ...look.queries,
  ])
  const seen = look.read(looked)
  requireLocation(ctx, seen.time?.locationId)
  const within = withinReach(ctx, locations)
  return {
    doctors: toDoctorChoice(doctors, who).doctors,
    visitTypes: visitTypes.filter(({ capacity }) => capacity === null),
    locations: within,
    resources: things.filter(({ locationId: at }) => within.some(({ id }) => id === at)),
    forWhom: forWhom.read(patients.rows),
    ...seen,
  }
}

/** Without what only the front desk chooses, and what concerns other doctors. */
function onlyOf(doctorId: number, content: DeskBookingContent): DeskBookingContent {
  const { doctors, nearest, time } = content
  return {
    ...content,
    doctors: doctors.filter(({ id }) => id === doctorId),
    resources: [],
    nearest: nearest.filter(({ doctor }) => doctor.id === doctorId),
    time: time && { ...time, conflicts: time.conflicts.filter(({ part }) => part === 'doctor') },
  }
}

const most = 200

const thingsAt = (ctx: ClinicContext, locationId: number | undefined) =>
  selectResources(ctx)
    .where(
      and(
        eq(resources.isActive, true),
        locationId === undefined ? undefined : eq(resources.locationId, locationId),
      ),
    )
    .orderBy(asc(resources.type), asc(resources.name), asc(resources.id))
    .limit(most)
