import { sql } from 'drizzle-orm'
import { isStaff, requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { Forbidden } from '../errors.ts'

export interface NextFreeWish {
  locationId: number
  doctorId?: number | undefined
  /** Without one, half an hour must be free. */
  visitTypeId?: number | undefined
  /** Later than this; by default, from now on. */
  after?: Date | undefined
}

/**
 * The next free time of a location's doctors, or of one of them, within 60 days and in one trip; null when there is none.
 *
 * @throws NotSignedIn, Forbidden for anyone but the clinic's own people.
 */
export async function findNextFree(
  { db, actor, now }: ClinicContext,
  { locationId, doctorId, visitTypeId, after = now }: NextFreeWish,
): Promise<{ doctorId: number; startLocal: string } | null> {
  const person = requireRight(actor, 'book appointments')
  if (!isStaff(actor)) throw new Forbidden('Only the clinic’s own people search here.')
  const { rows } = await db.execute<{ doctor_id: string; start_local: string }>(sql`
    select doctor_id, start_local
    from next_free_at(
      ${locationId}::bigint, ${person.kind === 'doctor' ? person.doctorId : (doctorId ?? null)}::bigint, ${visitTypeId ?? null}::bigint, ${after.toISOString()}::timestamptz,
      ${now.toISOString()}::timestamptz
    )`)
  const [found] = rows
  return found ? { doctorId: Number(found.doctor_id), startLocal: found.start_local } : null
}
