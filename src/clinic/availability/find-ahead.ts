import { type SQL, sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { fromNow } from '../stranded.ts'

/** An appointment that taking something out of use would strand. */
interface Ahead {
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

type Retired = { locationId: number } | { resourceId: number } | { visitTypeId: number }

/** The appointments ahead that need a location, a room or a device, or are of a visit type, in one trip. @throws NotSignedIn, Forbidden. */
export async function findAhead(ctx: ClinicContext, of: Retired): Promise<AppointmentsAhead> {
  requireRight(ctx.actor, 'manage settings')
  const appointments = appointmentsOf(ctx, of)
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

function appointmentsOf(ctx: ClinicContext, of: Retired): SQL {
  if ('locationId' in of) return sql`appointments_at_location(${of.locationId}::bigint, ${fromNow(ctx)})`
  if ('resourceId' in of) return sql`appointments_of_resource(${of.resourceId}::bigint, ${fromNow(ctx)})`
  return sql`appointments_of_visit_type(${of.visitTypeId}::bigint, ${ctx.now.toISOString()}::timestamptz)`
}

type Row = {
  id: string
  start_local: string
  patient: string | null
  phone: string | null
  doctor: string
  count: number
}
