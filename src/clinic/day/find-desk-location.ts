import { and, eq, sql } from 'drizzle-orm'
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
  const isTheirs = sql`coalesce(${locations.id} = any(locations_of_account(${person.accountId})), true)`
  const [found] = await db
    .select({ id: locations.id })
    .from(locations)
    .where(and(eq(locations.id, id), isTheirs))
  if (!found) throw new NotFound('location')
  return found
}
