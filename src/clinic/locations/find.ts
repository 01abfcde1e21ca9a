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
  /** False: patients do not see it. */
  isListed: boolean
  /** Lists begin with the lowest. */
  sortOrder: number
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
 * The query for the locations in order that are not closed for good; not sent yet, so that a page can add it to its one
 * batch. Open to everyone, except that only staff see those that are hidden, and may include the
 * others.
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
    .where(
      and(
        includeInactive ? undefined : eq(locations.isActive, true),
        isStaff(actor) ? undefined : eq(locations.isListed, true),
      ),
    )
    .orderBy(asc(locations.sortOrder), asc(locations.name), asc(locations.id))
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
  isListed: locations.isListed,
  sortOrder: locations.sortOrder,
  version: versionOf('location', locations.id),
})
