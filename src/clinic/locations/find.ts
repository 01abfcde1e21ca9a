import { and, asc, eq } from 'drizzle-orm'
import type * as z from 'zod'
import { locations } from '../../../drizzle/schema/locations.ts'
import type { WantedMessages } from '../../../drizzle/schema/wanted-messages.ts'
import { isStaff, requireRight } from '../accounts/guard.ts'
import type { Actor, ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { versionOf } from '../recorded.ts'
import { closed, includeInactive } from '../shapes.ts'

export interface Location {
  id: number
  name: string
  /** IANA name. */
  timeZone: string
  address: string | null
  phone: string | null
}

export interface ManagedLocation extends Location {
  /** How to find it, in the clinic's words. */
  directions: string | null
  /** Where the location itself is written to, and of what. Left out for everyone but staff. */
  email?: string | null
  wantedMessages?: WantedMessages
  /** False once it is closed for good. */
  isActive: boolean
  /** Counts the changes. */
  version: number
}

export const findLocationsInput = closed({ includeInactive })

/** Of someone who may not see those that are closed for good, one of them is not found. @throws NotFound. */
export async function findLocation({ db, actor }: ClinicContext, id: number): Promise<ManagedLocation> {
  const isSeen = isStaff(actor) ? undefined : eq(locations.isActive, true)
  const [location] = await db
    .select(columnsFor(actor))
    .from(locations)
    .where(and(eq(locations.id, id), isSeen))
  if (!location) throw new NotFound('location')
  return location
}

/**
 * The query for the locations by name that are not closed for good; not sent yet, so that a page can add it to its one
 * batch. Open to everyone, except that only staff may include the others.
 *
 * @throws NotSignedIn, Forbidden.
 */
export function allLocations(
  { db, actor }: ClinicContext,
  { includeInactive }: z.infer<typeof findLocationsInput> = {},
) {
  if (includeInactive) requireRight(actor, 'see what is out of use')
  return db
    .select(columnsFor(actor))
    .from(locations)
    .where(includeInactive ? undefined : eq(locations.isActive, true))
    .orderBy(asc(locations.name), asc(locations.id))
}

const columnsFor = (actor: Actor) => ({
  id: locations.id,
  name: locations.name,
  timeZone: locations.timeZone,
  address: locations.address,
  phone: locations.phone,
  directions: locations.directions,
  ...(isStaff(actor) && { email: locations.email, wantedMessages: locations.wantedMessages }),
  isActive: locations.isActive,
  version: versionOf('location', locations.id),
})
