import { and, eq, notExists, or, sql } from 'drizzle-orm'
import { accountLocations } from '../../../drizzle/schema/account-locations.ts'
import { locations } from '../../../drizzle/schema/locations.ts'
import { isStaff } from '../accounts/guard.ts'
import { type ClinicContext, personOf } from '../context.ts'
import { NotFound } from '../errors.ts'

/**
 * Whose day one of the clinic's own people may watch, in one trip.
 *
 * @throws NotFound when there is no such location, for accounts that are bound to others, and for everyone else.
 */
export async function findDeskLocation({ db, actor }: ClinicContext, id: number): Promise<{ id: number }> {
  const person = personOf(actor)
  if (!person || !isStaff(actor)) throw new NotFound('location')
  const bound = db
    .select({ here: sql`1` })
    .from(accountLocations)
    .where(eq(accountLocations.accountId, person.accountId))
  const boundHere = db
    .select({ here: sql`1` })
    .from(accountLocations)
    .where(and(eq(accountLocations.accountId, person.accountId), eq(accountLocations.locationId, id)))
  const [found] = await db
    .select({ id: locations.id })
    .from(locations)
    .where(and(eq(locations.id, id), or(notExists(bound), sql`exists ${boundHere}`)))
  if (!found) throw new NotFound('location')
  return found
}
