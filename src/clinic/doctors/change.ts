import { eq, sql } from 'drizzle-orm'
import * as z from 'zod'
import { doctors } from '../../../drizzle/schema/doctors.ts'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, fault, personName } from '../shapes.ts'
import { fromNow, idsOf, lockOutBookings, type StrandedRow, strandedIn } from '../stranded.ts'
import { type Doctor, selectDoctors } from './find.ts'
import { gridMinutes } from './hire.ts'

/** Left-out fields keep their values. A doctor who moves to another location is hired there. */
export const changeDoctorInput = closed({
  name: personName.optional(),
  specialty: personName.optional(),
  gridMinutes: gridMinutes.optional(),
  /** False once they are retired. */
  isActive: z.boolean({ error: fault('not_a_choice') }).optional(),
})

export type ChangeDoctor = z.infer<typeof changeDoctorInput>

type DoctorRow = {
  id: string
  name: string
  specialty: string
  grid_minutes: number
  is_active: boolean
  location_id: string
  location: string
  time_zone: string
  hours: Doctor['hours']
  visit_types: Doctor['visitTypes']
  /** Null when the transaction wrote nothing at all. */
  is_changed: boolean | null
}

/** Names for the columns of `selectDoctors`. */
const asDoctorRow = sql`
  doctor (id, name, specialty, grid_minutes, is_active, location_id, location, time_zone, hours, visit_types)`

/**
 * Changes a doctor's details, in one trip. Appointments stay as they are; of a doctor who is retired, the answer lists
 * those ahead.
 *
 * @throws NotFound, NotSignedIn, Forbidden.
 */
export async function changeDoctor(
  ctx: ClinicContext,
  doctorId: number,
  { name, specialty, gridMinutes, isActive }: ChangeDoctor,
): Promise<{ doctor: Doctor; appointmentIds: number[] }> {
  requireRight(ctx.actor, 'manage doctors')
  const found = selectDoctors(ctx).where(eq(doctors.id, doctorId)).getSQL()
  const wanted = sql`(
    coalesce(${name ?? null}, name),
    coalesce(${specialty ?? null}, specialty),
    coalesce(${gridMinutes ?? null}::smallint, grid_minutes),
    coalesce(${isActive ?? null}::boolean, is_active)
  )`
  const [[doctor], stranded] = await sendIdempotently<[DoctorRow, StrandedRow]>(ctx, [
    ...(isActive === false ? [lockOutBookings] : []),
    sql`
      update doctors set (name, specialty, grid_minutes, is_active) = ${wanted}
      where id = ${doctorId}::bigint and (name, specialty, grid_minutes, is_active) is distinct from ${wanted}`,
    {
      rows: sql`
        select doctor.*, changed.xmin = pg_current_xact_id_if_assigned()::xid as is_changed
        from (${found}) ${asDoctorRow}
        join doctors changed on changed.id = doctor.id`,
    },
    ...(isActive === false
      ? [strandedIn(sql`appointments_of_doctor(${doctorId}::bigint, ${fromNow(ctx)})`)]
      : []),
  ])
  if (!doctor) throw new NotFound('doctor')
  const locationId = Number(doctor.location_id)
  if (doctor.is_changed) ctx.tell({ kind: 'doctor.changed', doctorId, locationId, ...deedOf(ctx) })
  return { doctor: toDoctor(doctor), appointmentIds: idsOf(stranded) }
}

function toDoctor(doctor: DoctorRow): Doctor {
  return {
    id: Number(doctor.id),
    name: doctor.name,
    specialty: doctor.specialty,
    gridMinutes: doctor.grid_minutes,
    isActive: doctor.is_active,
    location: { id: Number(doctor.location_id), name: doctor.location, timeZone: doctor.time_zone },
    hours: doctor.hours,
    visitTypes: doctor.visit_types,
  }
}
