import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { id, personName } from '../shapes.ts'

export const hireDoctorInput = z.object({ name: personName, locationId: id })

export interface HiredDoctor {
  id: number
  name: string
  locationId: number
}

/**
 * Makes a doctor known at a location, in one trip. Without weekly hours they see nobody yet.
 *
 * @throws NotFound for an unknown location, NotSignedIn, Forbidden.
 */
export async function hireDoctor(
  { db, actor }: ClinicContext,
  { name, locationId }: z.infer<typeof hireDoctorInput>,
): Promise<HiredDoctor> {
  requireRight(actor, 'manage doctors')
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into doctors (location_id, name)
    select id, ${name} from locations where id = ${locationId}::bigint
    returning id`)
  const [row] = rows
  if (!row) throw new NotFound('location')
  return { id: Number(row.id), name, locationId }
}
