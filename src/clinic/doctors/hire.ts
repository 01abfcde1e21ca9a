import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { doctors } from '../../../drizzle/schema/doctors.ts'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { type Recorded, recordedNew } from '../recorded.ts'
import { closed, fault, id, line, listOf, personName, sortOrder } from '../shapes.ts'

/** Slots start at multiples of it after midnight. It divides the day and is a multiple of 5. */
export const gridMinutes = z
  .int({ error: fault('not_a_grid') })
  .min(5, { error: fault('not_a_grid') })
  .max(720, { error: fault('not_a_grid') })
  .refine((minutes) => minutes % 5 === 0 && 1440 % minutes === 0, { error: fault('not_a_grid') })

/** What they do, in the clinic's words, such as `nurse`. Visit types ask for roles. */
export const role = line(60)

export const hireDoctorInput = closed({
  name: personName,
  /** Where they work, first of all at the first; all in one time zone. */
  locationIds: listOf(id).optional(),
  /** The only one, as earlier releases write it. */
  locationId: id.optional(),
  specialty: personName.default('General practice'),
  role: role.default('doctor'),
  gridMinutes: gridMinutes.default(15),
  /** False hides them from patients. */
  isListed: z.boolean({ error: fault('not_a_choice') }).optional(),
  sortOrder: sortOrder.optional(),
}).refine(({ locationIds, locationId }) => (locationIds ?? [locationId])[0] !== undefined, {
  path: ['locationIds'],
  error: () => 'missing',
})

export type HireDoctor = z.infer<typeof hireDoctorInput>

export type HiredDoctor =
  | { ok: true; id: number; locationIds: number[]; version: number }
  | { ok: false; refusal: 'invalid'; faults: { locationIds: 'other_time_zone' } }

/**
 * Adds a doctor at their locations, in one trip. The doctor cannot be booked until weekly hours are set, nor online until
 * visit types are.
 *
 * @throws NotFound for an unknown location, NotSignedIn, Forbidden.
 */
export async function hireDoctor(ctx: ClinicContext, doctor: HireDoctor): Promise<HiredDoctor> {
  requireRight(ctx.actor, 'manage doctors')
  const { name, specialty, role, gridMinutes, isListed = true, sortOrder = 0 } = doctor
  const locationIds = [...new Set(doctor.locationIds ?? [doctor.locationId ?? 0])]
  const [locationId = 0] = locationIds
  const hired = sql`
    insert into doctors (location_id, name, specialty, role, grid_minutes, is_listed, sort_order)
    select ${locationId}::bigint, ${name}, ${specialty}, ${role}, ${gridMinutes}, ${isListed}, ${sortOrder}
    where ${areOneZone(locationIds)}
    returning id`
  // A trigger has added the first one already.
  const others = sql`
    insert into doctor_locations (doctor_id, location_id)
    select doctor.id, place.id
    from (select currval(pg_get_serial_sequence('doctors', 'id')) as id) doctor
    cross join ${idList(locationIds.slice(1))} place
    where ${areOneZone(locationIds)}
    on conflict do nothing`
  type Answers = [{ many: number }, { id: string }, Recorded]
  const [[known], [row], [change] = []] = await sendIdempotently<Answers>(ctx, [
    {
      rows: sql`select count(*)::integer as many from locations where id in (select id from ${idList(locationIds)} one)`,
    },
    { rows: hired },
    ...(locationIds.length > 1 ? [others] : []),
    recordedNew(ctx, 'doctor', doctors),
  ])
  if (known?.many !== locationIds.length) throw new NotFound('location')
  if (!row) return { ok: false, refusal: 'invalid', faults: { locationIds: 'other_time_zone' } }
  const doctorId = Number(row.id)
  ctx.tell({ kind: 'doctor.hired', doctorId, locationId, ...deedOf(ctx) })
  return { ok: true, id: doctorId, locationIds, version: change?.version ?? 0 }
}

/** Ids as a table of one column, `id`. */
export const idList = (ids: number[]): SQL =>
  sql`(select value::bigint as id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`

/** Whether all of these locations exist and have one time zone. */
export const areOneZone = (locationIds: number[]): SQL => sql`(
  select count(place.id) = count(*) and count(distinct place.time_zone) = 1
  from ${idList(locationIds)} one
  left join locations place on place.id = one.id
)`
