import { type SQL, sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { fromNow } from '../stranded.ts'

/** An appointment that taking something out of use would strand. */
export interface Ahead {
  id: number
  startLocal: string
  /** Null for a group's session. */
  patient: string | null
  phone: string | null
  doctor: string
}

export interface AppointmentsAhead {
  count: number
  /** The next ones. */
  first: Ahead[]
}

const mostListed = 50

/** The appointments ahead that a location, a room or a device is needed for, in one trip. @throws NotSignedIn, Forbidden. */
export async function findAhead(
  ctx: ClinicContext,
  of: { locationId: number } | { resourceId: number },
): Promise<AppointmentsAhead> {
  requireRight(ctx.actor, 'manage settings')
  const appointments: SQL =
    'locationId' in of
      ? sql`appointments_at_location(${of.locationId}::bigint, ${fromNow(ctx)})`
      : sql`appointments_of_resource(${of.resourceId}::bigint, ${fromNow(ctx)})`
  const { rows } = await ctx.db.execute<Row>(sql`
    select
      one.id, patient.name as patient, patient.phone, doctor.name as doctor,
      to_char(one.start_at at time zone place.time_zone, 'YYYY-MM-DD"T"HH24:MI') as start_local,
      count(*) over ()::integer as count
    from ${appointments} one
    join doctors doctor on doctor.id = one.doctor_id
    join locations place on place.id = coalesce(one.location_id, doctor.location_id)
    left join patients patient on patient.id = one.patient_id
    where one.end_at > ${ctx.now.toISOString()}::timestamptz
    order by one.start_at, one.id
    limit ${mostListed}`)
  const first = rows.map(({ id, start_local, patient, phone, doctor }) => ({
    id: Number(id),
    startLocal: start_local,
    patient,
    phone,
    doctor,
  }))
  return { count: rows[0]?.count ?? 0, first }
}

type Row = {
  id: string
  start_local: string
  patient: string | null
  phone: string | null
  doctor: string
  count: number
}
