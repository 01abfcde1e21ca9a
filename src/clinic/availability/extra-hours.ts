import { type SQL, sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { recorded } from '../recorded.ts'
import { lockOutBookings } from '../stranded.ts'
import { absenceReachOf } from './absence-reach.ts'
import { type OutsideRow, strandedSince, strandingsOfHours } from './stranded-by-hours.ts'

/** Hours of a doctor on one date besides those of the week, `[opensAt, closesAt)` on the location's clock. */
export interface ExtraHours {
  locationId: number
  /** The local date. */
  on: string
  /** Such as `17:00`; `24:00` ends the day. */
  opensAt: string
  closesAt: string
}

export type EnteredExtraHours =
  | { ok: true; id: number }
  | { ok: false; refusal: 'overlaps_hours'; opensAt: string; closesAt: string }

type Row = { id: string; opens_at: string; closes_at: string; is_same: boolean; is_new: boolean }

/**
 * Opens a doctor's hours on one date, in one trip. The same hours again change nothing. They may not overlap others of the doctor
 * that day, wherever those are: the answer names the first of them.
 *
 * @throws NotFound for an unknown doctor, and for a location where they or the person do not work; NotSignedIn, Forbidden (also
 * for another doctor).
 */
export async function enterExtraHours(
  ctx: ClinicContext,
  doctorId: number,
  hours: ExtraHours,
): Promise<EnteredExtraHours> {
  requireOwn(ctx, doctorId)
  const { locationId, on, opensAt, closesAt } = hours
  const isFine = sql`(
    exists (
      select from doctor_locations where doctor_id = ${doctorId}::bigint and location_id = ${locationId}::bigint
    )
    and ${mayChange(ctx, doctorId, sql`${locationId}::bigint`)}
  )`
  const overlapping = sql`
    weekly_hours.doctor_id = ${doctorId}::bigint
    and weekday = extract(isodow from ${on}::date)
    and ${on}::date between coalesce(starts_on, '-infinity') and coalesce(ends_on, 'infinity')
    and opens_at < ${closesAt}::time
    and closes_at > ${opensAt}::time`
  const isSame = sql`(
    starts_on is not distinct from ${on}::date and ends_on is not distinct from ${on}::date
    and opens_at = ${opensAt}::time and closes_at = ${closesAt}::time
    and weekly_hours.location_id is not distinct from ${locationId}::bigint
  )`
  const [[known], found, [check]] = await sendIdempotently<[{ id: string }, Row, { is_fine: boolean }]>(ctx, [
    { rows: lockDoctor(doctorId) },
    sql`
      insert into weekly_hours (doctor_id, location_id, weekday, opens_at, closes_at, starts_on, ends_on)
      select ${doctorId}::bigint, ${locationId}::bigint, extract(isodow from ${on}::date), ${opensAt}::time,
        ${closesAt}::time, ${on}::date, ${on}::date
      where ${isFine}
      and not exists (select from weekly_hours where ${overlapping})`,
    {
      rows: sql`
        select weekly_hours.id, to_char(opens_at, 'HH24:MI') as opens_at, to_char(closes_at, 'HH24:MI') as closes_at,
          ${isSame} as is_same,
          weekly_hours.xmin = coalesce(pg_current_xact_id_if_assigned()::xid, '0') as is_new
        from weekly_hours
        where ${overlapping}
        and ${isFine}
        order by ${isSame} desc, opens_at, weekly_hours.id
        limit 1`,
    },
    { rows: sql`select coalesce(${isFine}, false) as is_fine` },
    recorded(ctx, { subject: 'doctor', key: doctorId }),
  ])
  if (!known) throw new NotFound('doctor')
  const [row] = found
  if (!check?.is_fine || !row) throw new NotFound('location')
  if (!row.is_same)
    return { ok: false, refusal: 'overlaps_hours', opensAt: row.opens_at, closesAt: row.closes_at }
  if (row.is_new) ctx.tell({ kind: 'weekly_hours.changed', doctorId, ...deedOf(ctx) })
  return { ok: true, id: Number(row.id) }
}

/**
 * Takes extra hours back, in one trip. Appointments stay as they are.
 *
 * @returns the ids of the doctor's appointments ahead that are outside their hours then, as `setWeeklyHours` does.
 * @throws NotFound when that doctor has no extra hours with that id where the person works; NotSignedIn, Forbidden.
 */
export async function removeExtraHours(ctx: ClinicContext, doctorId: number, id: number): Promise<number[]> {
  requireOwn(ctx, doctorId)
  const { outside, onPurpose, noted } = strandingsOfHours(ctx, doctorId)
  const place = sql`coalesce(
    weekly_hours.location_id, (select doctors.location_id from doctors where doctors.id = ${doctorId}::bigint)
  )`
  const deleted = sql`
    delete from weekly_hours
    where id = ${id}::bigint and weekly_hours.doctor_id = ${doctorId}::bigint and starts_on = ends_on
    and ${mayChange(ctx, doctorId, place)}
    returning id`
  const [before, [removed], after] = await sendIdempotently<[OutsideRow, { id: string }, OutsideRow]>(ctx, [
    lockOutBookings,
    lockDoctor(doctorId),
    { rows: outside },
    onPurpose,
    { rows: deleted },
    { rows: outside },
    noted,
    recorded(ctx, { subject: 'doctor', key: doctorId }),
  ])
  if (!removed) throw new NotFound('time off')
  ctx.tell({ kind: 'weekly_hours.changed', doctorId, ...deedOf(ctx) })
  return strandedSince(before, after)
}

/** Two requests at the same moment take turns. */
const lockDoctor = (doctorId: number): SQL =>
  sql`select id from doctors where id = ${doctorId}::bigint for no key update`

const mayChange = (ctx: ClinicContext, doctorId: number, locationId: SQL): SQL =>
  absenceReachOf(ctx, 'doctor', doctorId).mayChange(locationId)

function requireOwn({ actor }: ClinicContext, doctorId: number): void {
  const person = requireRight(actor, 'manage time off')
  if (person.kind === 'doctor' && person.doctorId !== doctorId)
    throw new Forbidden('Doctors can only change their own hours.')
}
