import { eq, type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { id } from '../shapes.ts'
import { businessOf } from './reach.ts'

/** What a search of times also takes when an appointment is to be moved. */
export const movingInput = { moving: id.optional() }

/**
 * For a search of times to move an appointment to: what it occupies itself counts as free. The SQL is its id, or null when
 * it is none of the actor's business.
 *
 * @throws NotSignedIn, Forbidden.
 */
export function movedAppointment({ actor }: ClinicContext, movedId: number): SQL {
  const isTheirs = businessOf(requireRight(actor, 'change appointments')) ?? sql`true`
  return sql`(select id from ${appointments} where ${eq(appointments.id, movedId)} and ${isTheirs})`
}
