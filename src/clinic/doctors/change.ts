import { eq, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { doctors } from '../../../drizzle/schema/doctors.ts'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { changeColumns, type Recorded, recorded, requireVersion } from '../recorded.ts'
import type { Fault } from '../refusals.ts'
import { closed, fault, id, listOf, personName, sortOrder } from '../shapes.ts'
import {
  fromNow,
  idsOf,
  lockOutBookings,
  mayStrand,
  nothingStranded,
  refuseToStrand,
  type StrandedRow,
  strandedIn,
} from '../stranded.ts'
import { type Doctor, selectDoctors } from './find.ts'
import { areOneZone, gridMinutes, idList, role } from './hire.ts'

/** Left-out fields keep their values. */
export const changeDoctorInput = closed({
  name: personName.optional(),
  specialty: personName.optional(),
  role: role.optional(),
  gridMinutes: gridMinutes.optional(),
  /** False once they are retired. */
  isActive: z.boolean({ error: fault('not_a_choice') }).optional(),
  /** Of one who is retired. */
  mayStrand,
  /** False hides them from patients; staff can book them. */
  isListed: z.boolean({ error: fault('not_a_choice') }).optional(),
  sortOrder: sortOrder.optional(),
  /** Where they work from now on, first of all at the first; all in one time zone. Hours at other locations end. */
  locationIds: listOf(id)
    .min(1, { error: fault('missing') })
    .optional(),
  /** Another row of the same person, so that neither is booked while the other is; null separates them again. */
  samePersonAs: id.nullable().optional(),
})

export type ChangeDoctor = z.infer<typeof changeDoctorInput>

export type ChangedDoctor =
  | { ok: true; doctor: Doctor; appointmentIds: number[] }
  | {
      ok: false
      refusal: 'invalid'
      faults: { locationIds?: Fault; samePersonAs?: Fault }
      /** Those that overlap. */
      appointmentIds: number[]
    }

type DoctorRow = {
  id: string
  name: string
  specialty: string
  role: string
  grid_minutes: number
  is_active: boolean
  is_listed: boolean
  sort_order: number
  locations: Doctor['locations']
  hours: Doctor['hours']
  visit_types: Doctor['visitTypes']
}

/** Names for the columns of `selectDoctors`. */
const asDoctorRow = sql`
  doctor (
    id, name, specialty, role, grid_minutes, is_active, is_listed, sort_order, former_version, locations, hours, visit_types
  )`

/**
 * Changes a doctor's details, in one trip, or nothing. Appointments stay as they are; the answer lists the upcoming ones of
 * a doctor who is retired, those at locations where they no longer work, and those that need a role or specialty they no
 * longer have. Two rows become one person only if none of their upcoming appointments overlap (`has_overlaps`).
 *
 * @param version the one that the caller saw; without one, any will do.
 * @throws NotFound, NotSignedIn, Forbidden; Stale when the doctor has changed since; WouldStrand.
 */
export async function changeDoctor(
  ctx: ClinicContext,
  doctorId: number,
  { version, mayStrand: named, ...change }: ChangeDoctor & { version?: number | undefined },
): Promise<ChangedDoctor> {
  requireRight(ctx.actor, 'manage doctors')
  const { isActive, locationIds, samePersonAs, role, specialty } = change
  const subject = { subject: 'doctor', key: doctorId } as const
  const found = selectDoctors(ctx).where(eq(doctors.id, doctorId)).getSQL()
  const isFine = sql.join([mayMove(locationIds), isJoined(doctorId, samePersonAs)], sql` and `)
  const takesAway =
    isActive === false || locationIds !== undefined || role !== undefined || specialty !== undefined
  const [[check], [doctor], stranded, [recording] = []] = await sendIdempotently<
    [Check, DoctorRow, StrandedRow, Recorded]
  >(ctx, [
    ...(takesAway || samePersonAs !== undefined ? [lockOutBookings] : []),
    requireVersion(subject, version),
    ...(isActive === false ? refuseToStrand(doctors, doctorId, aheadOf(ctx, doctorId), named) : []),
    { rows: checking(ctx, doctorId, change) },
    ...(locationIds ? moving(doctorId, locationIds, isFine) : []),
    updating(doctorId, change, isFine),
    { rows: sql`select * from (${found}) ${asDoctorRow}` },
    takesAway ? left(ctx, doctorId, change) : nothingStranded,
    recorded(ctx, subject),
  ])
  if (!doctor) throw new NotFound('doctor')
  const refused = refuse(check, change)
  if (refused) return refused
  const [first] = doctor.locations
  if (recording?.is_changed)
    ctx.tell({ kind: 'doctor.changed', doctorId, locationId: first?.id ?? 0, ...deedOf(ctx) })
  return { ok: true, doctor: toDoctor(doctor, recording), appointmentIds: idsOf(stranded) }
}

interface Check extends Record<string, unknown> {
  may_move: boolean
  /** The appointments that overlap; null when there is no such other doctor. */
  in_the_way: string[] | null
}

/** Joins the two rows if that is allowed; nothing else happens unless it is. */
function checking(ctx: ClinicContext, doctorId: number, { locationIds, samePersonAs }: ChangeDoctor): SQL {
  const shared = sql`case when ${mayMove(locationIds)} then to_jsonb(
    share_resource(${doctorId}::bigint, ${samePersonAs ?? null}::bigint, ${acting(ctx)})
  ) else '[]' end`
  return sql`
    select ${mayMove(locationIds)} as may_move, ${samePersonAs === undefined ? sql`'[]'::jsonb` : shared} as in_the_way`
}

const mayMove = (locationIds: number[] | undefined) => (locationIds ? areOneZone(locationIds) : sql`true`)

const isJoined = (doctorId: number, other: number | null | undefined) =>
  other == null
    ? sql`true`
    : sql`(select resource_id from doctors where id = ${doctorId}::bigint) = (select resource_id from doctors where id = ${other}::bigint)`

function moving(doctorId: number, locationIds: number[], isFine: SQL): SQL[] {
  const [first] = locationIds
  const ofDoctor = sql`doctor_id = ${doctorId}::bigint and ${isFine}`
  const elsewhere = sql`location_id not in (select id from ${idList(locationIds)} one)`
  return [
    sql`
      update weekly_hours set location_id = (select location_id from doctors where id = ${doctorId}::bigint)
      where location_id is null and ${ofDoctor}`,
    sql`delete from weekly_hours where ${elsewhere} and ${ofDoctor}`,
    sql`update doctors set location_id = ${first}::bigint where id = ${doctorId}::bigint and ${isFine}`,
    sql`delete from doctor_locations where ${elsewhere} and ${ofDoctor}`,
    sql`
      insert into doctor_locations (doctor_id, location_id)
      select doctor.id, one.id
      from doctors doctor cross join ${idList(locationIds)} one
      where doctor.id = ${doctorId}::bigint and ${isFine}
      on conflict do nothing`,
  ]
}

/** The doctor's own columns; `moving` and `checking` take care of the rest. */
function updating(
  doctorId: number,
  { locationIds: _, samePersonAs: __, ...columns }: Omit<ChangeDoctor, 'mayStrand'>,
  isFine: SQL,
): SQL {
  return sql`select case when ${isFine} then (${changeColumns(doctors, doctorId, columns)}) end`
}

const aheadOf = (ctx: ClinicContext, doctorId: number) =>
  sql`appointments_of_doctor(${doctorId}::bigint, ${fromNow(ctx)})`

/** The upcoming appointments that lose their doctor, or their doctor at that location, or who met a need of theirs. */
function left(ctx: ClinicContext, doctorId: number, { isActive, locationIds }: ChangeDoctor) {
  const ahead = aheadOf(ctx, doctorId)
  if (isActive === false) return strandedIn(ahead)
  return strandedIn(sql`(
    select one.id, one.start_at
    from ${ahead} one
    join doctors doctor on doctor.id = one.doctor_id
    where ${locationIds ? sql`coalesce(one.location_id, doctor.location_id) not in (select id from ${idList(locationIds)} place)` : sql`false`}
    or exists (
      select from claims claim
      join visit_type_needs need on need.id = claim.need_id
      join doctors colleague on colleague.id = claim.doctor_id
      where claim.appointment_id = coalesce(one.session_id, one.id)
      and claim.doctor_id = ${doctorId}::bigint
      and (colleague.role <> need.role or colleague.specialty <> need.specialty)
      offset 0 -- or PostgreSQL would read all claims that the doctor ever had
    )
  ) unmet`)
}

function refuse(check: Check | undefined, { samePersonAs }: ChangeDoctor): ChangedDoctor | null {
  const refusal = { ok: false as const, refusal: 'invalid' as const, appointmentIds: [] }
  if (!check?.may_move) return { ...refusal, faults: { locationIds: 'other_time_zone' } }
  if (check.in_the_way === null && samePersonAs !== undefined)
    return { ...refusal, faults: { samePersonAs: 'unknown' } }
  const appointmentIds = (check.in_the_way ?? []).map(Number)
  return appointmentIds.length > 0
    ? { ...refusal, faults: { samePersonAs: 'has_overlaps' }, appointmentIds }
    : null
}

function toDoctor(doctor: DoctorRow, recording: Recorded | undefined): Doctor {
  return {
    id: Number(doctor.id),
    name: doctor.name,
    specialty: doctor.specialty,
    role: doctor.role,
    gridMinutes: doctor.grid_minutes,
    isActive: doctor.is_active,
    isListed: doctor.is_listed,
    sortOrder: doctor.sort_order,
    version: recording?.version ?? 0,
    locations: doctor.locations,
    hours: doctor.hours,
    visitTypes: doctor.visit_types,
  }
}
