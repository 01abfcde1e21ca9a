import { asc } from 'drizzle-orm'
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

/** The query for all locations by name; not sent yet, so that a page can add it to its one batch. Open to everyone. */
export function allLocations({ db }: ClinicContext) {
  return db
    .select({
      id: locations.id,
      name: locations.name,
      timeZone: locations.timeZone,
      address: locations.address,
      phone: locations.phone,
    })
    .from(locations)
    .orderBy(asc(locations.name), asc(locations.id))
}
