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

export const hireDoctorInput = closed({
  name: personName,
  locationId: id,
  specialty: personName.default('General practice'),
  gridMinutes: gridMinutes.default(15),
})

export type HireDoctor = z.infer<typeof hireDoctorInput>

/**
 * Adds a doctor at a location, in one trip, and returns the id. The doctor cannot be booked until weekly hours are set,
 * nor online until visit types are.
 *
 * @throws NotFound for an unknown location, NotSignedIn, Forbidden.
 */
export async function hireDoctor(
  ctx: ClinicContext,
  { name, locationId, specialty, gridMinutes }: HireDoctor,
): Promise<number> {
  requireRight(ctx.actor, 'manage doctors')
  const hired = sql`
    insert into doctors (location_id, name, specialty, grid_minutes)
    select id, ${name}, ${specialty}, ${gridMinutes} from locations where id = ${locationId}::bigint
    returning id`
  const [[row]] = await sendIdempotently<[{ id: string }]>(ctx, [{ rows: hired }])
  if (!row) throw new NotFound('location')
  const doctorId = Number(row.id)
  ctx.tell({ kind: 'doctor.hired', doctorId, locationId, ...deedOf(ctx) })
  return doctorId
}
