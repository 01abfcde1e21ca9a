import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, fault, id, personName } from '../shapes.ts'

/** Slots start at multiples of it after midnight. It divides the day and is a multiple of 5. */
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
 * Adds a doctor at a location, in one trip, and returns the id. The doctor cannot be booked until weekly hours are set,
 * nor online until visit types are.
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
  const doctorId = Number(row.id)
  ctx.tell({ kind: 'doctor.hired', doctorId, locationId: location_id, ...deedOf(ctx) })
  return doctorId
}
