import { eq, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { doctors } from '../../../drizzle/schema/doctors.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, personName } from '../shapes.ts'
import { type Doctor, selectDoctors } from './find.ts'
import { gridMinutes } from './hire.ts'

/** What of a doctor may change; what is left out stays. Who works elsewhere is hired there. */
export const doctorChanges = closed({
  name: personName.optional(),
  specialty: personName.optional(),
  grid_minutes: gridMinutes.optional(),
})

type DoctorRow = {
  id: string
  name: string
  specialty: string
  grid_minutes: number
  location_id: string
  location: string
  time_zone: string
  hours: Doctor['hours']
  visit_types: Doctor['visitTypes']
}

/** The columns of `selectDoctors`, named. */
const asDoctorRow = sql`
  doctor (id, name, specialty, grid_minutes, location_id, location, time_zone, hours, visit_types)`

/**
 * Changes what is said of a doctor, in one trip; answers the doctor as they now are. What is booked stays booked.
 *
 * @throws NotFound, NotSignedIn, Forbidden.
 */
export async function changeDoctor(
  ctx: ClinicContext,
  doctorId: number,
  { name, specialty, grid_minutes }: z.infer<typeof doctorChanges>,
): Promise<Doctor> {
  requireRight(ctx.actor, 'manage doctors')
  const [[doctor]] = await sendIdempotently<[DoctorRow]>(ctx, [
    sql`
      update doctors set
        name = coalesce(${name ?? null}, name),
        specialty = coalesce(${specialty ?? null}, specialty),
        grid_minutes = coalesce(${grid_minutes ?? null}::smallint, grid_minutes)
      where id = ${doctorId}::bigint`,
    {
      rows: sql`select * from (${selectDoctors(ctx).where(eq(doctors.id, doctorId)).getSQL()}) ${asDoctorRow}`,
    },
  ])
  if (!doctor) throw new NotFound('doctor')
  ctx.tellFreeTime?.(['everything'])
  return {
    id: Number(doctor.id),
    name: doctor.name,
    specialty: doctor.specialty,
    gridMinutes: doctor.grid_minutes,
    location: { id: Number(doctor.location_id), name: doctor.location, timeZone: doctor.time_zone },
    hours: doctor.hours,
    visitTypes: doctor.visit_types,
  }
}
