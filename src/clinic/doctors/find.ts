import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { doctors } from '../../../drizzle/schema/doctors.ts'
import { locations } from '../../../drizzle/schema/locations.ts'
import type { visitModes } from '../../../drizzle/schema/visit-types.ts'
import { isDesk, isStaff, requireRight } from '../accounts/guard.ts'
import type { Actor, ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { pageOf } from '../page-of.ts'
import { versionOf } from '../recorded.ts'
import { closed, id, includeInactive, personName, sortOrder } from '../shapes.ts'

interface DoctorLocation {
  id: number
  name: string
  timeZone: string
}

/** A doctor as pages and the API show them. */
export interface Doctor {
  id: number
  name: string
  specialty: string
  /** What they do, in the clinic's words, such as `nurse`. */
  role: string
  gridMinutes: number
  /** False once they are retired. */
  isActive: boolean
  /** False: patients do not see them. */
  isListed: boolean
  /** Lists begin with the lowest. */
  sortOrder: number
  /** Counts the changes, those to hours and visit types among them. */
  version: number
  /** Where they work, their first location first; all in one time zone. */
  locations: DoctorLocation[]
  /** The weekly hours in force today, by weekday (ISO: 1 is Monday) and opening, on the location's clock: `09:00`. */
  hours: { weekday: number; opensAt: string; closesAt: string; locationId: number }[]
  visitTypes: { id: number; name: string; mode: (typeof visitModes)[number]; minutes: number }[]
}

export const findDoctorsInput = closed({
  specialty: personName.optional(),
  locationId: id.optional(),
  includeInactive,
})

export interface FindDoctors extends z.infer<typeof findDoctorsInput> {
  /** Of one page. */
  limit: number
  /** The last doctor of the previous page. */
  after?: DoctorKey | undefined
}

/** What a list of doctors is ordered by. */
export const doctorKey = z
  .tuple([sortOrder, personName, id])
  .transform(([sortOrder, name, id]) => ({ sortOrder, name, id }))

type DoctorKey = z.infer<typeof doctorKey>

/** The query for all specialties that can be booked; not sent yet. */
export function allSpecialties({ db, actor }: ClinicContext) {
  return db
    .selectDistinct({ specialty: doctors.specialty })
    .from(doctors)
    .where(and(isInUse, isSeenBy(actor)))
    .orderBy(asc(doctors.specialty))
}

/** Not retired, and with a location that is not closed for good. */
export const isInUse = sql`doctors.is_active and exists (
  select from doctor_locations work
  join locations place on place.id = work.location_id and place.is_active
  where work.doctor_id = doctors.id
)`

/** Patients see whoever is listed, at a location that is. */
export const isSeenBy = (actor: Actor) =>
  isStaff(actor)
    ? undefined
    : sql`doctors.is_listed and exists (
        select from doctor_locations work
        join locations place on place.id = work.location_id and place.is_active and place.is_listed
        where work.doctor_id = doctors.id
      )`

export const inOrder = [asc(doctors.sortOrder), asc(doctors.name), asc(doctors.id)]

export const worksAt = (locationId: number) => sql`exists (
  select from doctor_locations work where work.doctor_id = doctors.id and work.location_id = ${locationId}::bigint
)`

export type FoundDoctors =
  | { ok: true; doctors: Doctor[]; next: DoctorKey | null }
  | { ok: false; refusal: 'invalid'; faults: { specialty?: 'unknown'; locationId?: 'unknown' } }

/**
 * A page of doctors in order, in one trip. Open to everyone, but only staff see those who are hidden, and only they may
 * include those out of use. `next` is where the next page begins, or null.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function findDoctors(
  ctx: ClinicContext,
  { specialty, locationId, includeInactive, limit, after }: FindDoctors,
): Promise<FoundDoctors> {
  if (includeInactive) requireRight(ctx.actor, 'see what is out of use')
  const firstRows = selectDoctors(ctx)
    .where(
      and(
        ...wishesFor({ specialty, locationId, includeInactive }),
        isSeenBy(ctx.actor),
        after &&
          gt(
            sql`(${doctors.sortOrder}, ${doctors.name}, ${doctors.id})`,
            sql`(${after.sortOrder}::smallint, ${after.name}, ${after.id}::bigint)`,
          ),
      ),
    )
    .orderBy(...inOrder)
    .limit(limit + 1)
  const [{ rows: known }, found] = await ctx.db.batch([
    ctx.db.execute<{ specialty: boolean; location: boolean }>(sql`
      select
        ${specialty ?? null}::text is null
          or exists (select from doctors where specialty = ${specialty ?? null}::text) as specialty,
        ${locationId ?? null}::bigint is null
          or exists (select from locations where id = ${locationId ?? null}::bigint) as location`),
    firstRows,
  ])
  const faults = {
    ...(!known[0]?.specialty && { specialty: 'unknown' as const }),
    ...(!known[0]?.location && { locationId: 'unknown' as const }),
  }
  if (Object.keys(faults).length > 0) return { ok: false, refusal: 'invalid', faults }
  const { page, last } = pageOf(found, limit)
  return {
    ok: true,
    doctors: page,
    next: last && { sortOrder: last.sortOrder, name: last.name, id: last.id },
  }
}

/** The conditions that the wishes for a list come to. */
const wishesFor = ({ specialty, locationId, includeInactive }: z.infer<typeof findDoctorsInput>) => [
  includeInactive ? undefined : isInUse,
  specialty === undefined ? undefined : eq(doctors.specialty, specialty),
  locationId === undefined ? undefined : worksAt(locationId),
]

/** Open to everyone. @throws NotFound. */
export async function findDoctor(ctx: ClinicContext, id: number): Promise<Doctor> {
  const [doctor] = await selectDoctors(ctx).where(eq(doctors.id, id))
  if (!doctor) throw new NotFound('doctor')
  return doctor
}

/** The query for doctors, without conditions or order; not sent yet. Reads hours and visit types only where `isShown`. */
export function selectDoctors({ db, actor, now }: ClinicContext, isShown = sql`true`) {
  return db
    .select({
      id: doctors.id,
      name: doctors.name,
      specialty: doctors.specialty,
      role: doctors.role,
      gridMinutes: doctors.gridMinutes,
      isActive: doctors.isActive,
      isListed: doctors.isListed,
      sortOrder: doctors.sortOrder,
      version: versionOf('doctor', doctors.id),
      locations: sql<DoctorLocation[]>`(
        select json_agg(
          json_build_object('id', place.id, 'name', place.name, 'timeZone', place.time_zone)
          order by place.id <> ${doctors.locationId}, place.name, place.id
        )
        from doctor_locations work
        join locations place on place.id = work.location_id
        where work.doctor_id = ${doctors.id}
      )`,
      hours: hoursOn(
        sql`(${now.toISOString()}::timestamptz at time zone ${locations.timeZone})::date`,
        isShown,
      ),
      visitTypes: sql<Doctor['visitTypes']>`(
        select coalesce(
          json_agg(
            json_build_object('id', visit.id, 'name', visit.name, 'mode', visit.mode, 'minutes', visit.minutes)
            order by visit.sort_order, visit.name
          ), '[]')
        from doctor_visit_types offer
        join visit_types visit on visit.id = offer.visit_type_id
        where offer.doctor_id = ${doctors.id}
        and (visit.bookable_online or ${isDesk(actor)})
        and visit.is_active
        and ${isShown}
      )`,
    })
    .from(doctors)
    .innerJoin(locations, eq(locations.id, doctors.locationId))
    .$dynamic()
}

function hoursOn(date: SQL, isShown: SQL) {
  return sql<Doctor['hours']>`(
    select coalesce(
      json_agg(
        json_build_object(
          'weekday', day.weekday,
          'opensAt', to_char(make_interval(mins => lower(piece)), 'HH24:MI'),
          'closesAt', to_char(make_interval(mins => upper(piece)), 'HH24:MI'),
          'locationId', day.place
        ) order by day.weekday, piece
      ), '[]')
    from (
      -- What overlaps or touches is one range: earlier releases accepted it.
      select weekday, coalesce(location_id, ${doctors.locationId}) as place, range_agg(int4range(${minutesOf('opens_at')}, ${minutesOf('closes_at')})) as open
      from weekly_hours
      where weekly_hours.doctor_id = ${doctors.id}
      and ${date} between coalesce(starts_on, '-infinity') and coalesce(ends_on, 'infinity')
      and ${isShown}
      group by weekday, place
    ) day
    cross join unnest(day.open) piece
  )`
}

const minutesOf = (clockTime: string) => sql.raw(`(extract(epoch from ${clockTime}) / 60)::integer`)
