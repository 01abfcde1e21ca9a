import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, fault, id, personName } from '../shapes.ts'

/** Starts on multiples of it from midnight: a divisor of the day, in steps of 5 minutes. */
export const gridMinutes = z
  .int({ error: fault('not_a_grid') })
  .min(5, { error: fault('not_a_grid') })
  .max(720, { error: fault('not_a_grid') })
  .refine((minutes) => minutes % 5 === 0 && 1440 % minutes === 0, { error: fault('not_a_grid') })

export const doctorInput = closed({
  name: personName,
  location_id: id,
  specialty: personName.default('General practice'),
  grid_minutes: gridMinutes.default(15),
})

/**
 * Makes a doctor known at a location, in one trip; answers the id. Without weekly hours they see nobody yet,
 * and without visit types nobody books them online.
 *
 * @throws NotFound for an unknown location, NotSignedIn, Forbidden.
 */
export async function hireDoctor(
  ctx: ClinicContext,
  { name, location_id, specialty, grid_minutes }: z.infer<typeof doctorInput>,
): Promise<number> {
  requireRight(ctx.actor, 'manage doctors')
  const hired = sql`
    insert into doctors (location_id, name, specialty, grid_minutes)
    select id, ${name}, ${specialty}, ${grid_minutes} from locations where id = ${location_id}::bigint
    returning id`
  const [[row]] = await sendIdempotently<[{ id: string }]>(ctx, [{ rows: hired }])
  if (!row) throw new NotFound('location')
  ctx.tellFreeTime?.(['everything'])
  return Number(row.id)
}
