import { type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, personOf } from '../context.ts'
import { NotFound, NotSignedIn } from '../errors.ts'
import type { Answering } from '../once.ts'
import { type AppointmentRow, asRow, occupiedDays, selectNamed, toAppointment } from './appointment-row.ts'
import type { Asked } from './asked.ts'
import { type Appointment, businessOf } from './find.ts'
import { isOpen } from './let-go.ts'

/** How long a hold lasts, and how much longer once extended, in minutes. */
export const holdMinutes = 10

/**
 * The condition that a hold is the actor's: of a patient of theirs, or what their browser holds for no patient yet.
 *
 * @throws NotSignedIn, Forbidden.
 */
export function isTheirHold(ctx: ClinicContext, id: number): SQL {
  const holder = requireRight(ctx.actor, 'hold slots')
  if (holder.kind === 'anonymous' && !ctx.browser) throw new NotSignedIn()
  const isBusiness = businessOf(personOf(ctx.actor)) ?? sql`true`
  const wasTheirs = sql`${appointments.strangerId} = ${ctx.browser?.id ?? null}`
  // Whatever became of it, so that doing it again is the same.
  return sql`${appointments.id} = ${id}::bigint and (${isBusiness} or ${wasTheirs})`
}

/**
 * A hold that has not expired, in one trip.
 *
 * @throws NotFound when there is none, or it is not the actor's; NotSignedIn, Forbidden.
 */
export async function findHold(ctx: ClinicContext, id: number): Promise<Appointment> {
  const which = sql`${isTheirHold(ctx, id)} and ${isOpen(ctx.now)}`
  const { rows } = await ctx.db.execute<AppointmentRow>(
    sql`select ${asRow()} from (${selectNamed(which)}) hold`,
  )
  const [row] = rows
  if (!row) throw new NotFound('hold')
  return toAppointment(row)
}

/** The open hold that whoever asks has of the very slot that is asked for. */
export function selectOwnHold(
  { doctor, patientId, strangerId, visitTypeId, startAt, endAt }: Asked,
  now: Date,
): Answering {
  const isTheirs = sql`(appointments.stranger_id = ${strangerId} or appointments.patient_id = ${patientId}::bigint)`
  const isThatSlot = sql`
    appointments.doctor_id = coalesce(${doctor.id ?? null}::bigint, appointments.doctor_id)
    and appointments.visit_type_id
      is not distinct from coalesce(${visitTypeId ?? null}::bigint, appointments.visit_type_id)
    and appointments.start_at = instant_at(${startAt}, locations.time_zone)
    and appointments.end_at = coalesce(instant_at(${endAt ?? null}, locations.time_zone), appointments.end_at)`
  const rows = sql`
    select ${asRow()} from (${selectNamed(sql`${isTheirs} and ${isOpen(now)} and ${isThatSlot}`)}) hold order by id limit 1`
  return { rows }
}

/** When the doctors are free again whose open holds this very transaction let go, because the browser asks for another. */
export function selectGivenUp({ strangerId }: Asked, now: Date): Answering {
  const isGivenUp = sql`
    appointments.stranger_id = ${strangerId} and appointments.status = 'cancelled'
    and appointments.hold_expires_at > ${now.toISOString()}::timestamptz
    and appointments.xmin = pg_current_xact_id_if_assigned()::xid`
  const rows = sql`select doctor_id, location_id, ${occupiedDays()} from (${selectNamed(isGivenUp)}) given_up order by id`
  return { rows }
}
