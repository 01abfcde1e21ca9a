import { asc, eq } from 'drizzle-orm'
import { locations } from '../../../drizzle/schema/locations.ts'
import type { ClinicContext } from '../context.ts'

export interface Location {
  id: number
  name: string
  /** IANA name. */
  timeZone: string
  address: string | null
  phone: string | null
}

export interface ManagedLocation extends Location {
  /** False once it is closed for good. */
  isActive: boolean
}

/**
 * The query for the locations by name that are not closed for good; not sent yet, so that a page can add it to its one
 * batch. Open to everyone.
 */
export function allLocations({ db }: ClinicContext) {
  return db
    .select({
      id: locations.id,
      name: locations.name,
      timeZone: locations.timeZone,
      address: locations.address,
      phone: locations.phone,
      isActive: locations.isActive,
    })
    .from(locations)
    .where(eq(locations.isActive, true))
    .orderBy(asc(locations.name), asc(locations.id))
}
