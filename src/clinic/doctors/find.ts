import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm'
import { doctors } from '../../../drizzle/schema/doctors.ts'
import { locations } from '../../../drizzle/schema/locations.ts'
import { isDesk } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'

/** A doctor as they are offered. */
export interface Doctor {
  id: number
  name: string
  specialty: string
  gridMinutes: number
  location: { id: number; name: string; timeZone: string }
  /** The weekly hours in force today, by weekday (ISO: 1 is Monday) and opening, on the location's clock: `09:00`. */
  hours: { weekday: number; opensAt: string; closesAt: string }[]
  visitTypes: { id: number; name: string; mode: string; minutes: number }[]
}

export interface DoctorSearch {
  specialty?: string | undefined
  locationId?: number | undefined
  limit: number
  /** The last doctor of the page before. */
  after?: { name: string; id: number } | undefined
}

/** The query for all doctors by name; not yet sent, so that a page can put it into its one batch. */
export function allDoctors(ctx: ClinicContext) {
  return selectDoctors(ctx).orderBy(asc(doctors.name), asc(doctors.id))
}

export type FoundDoctors =
  | { ok: true; doctors: Doctor[]; next: DoctorSearch['after'] | null }
  | { ok: false; refusal: 'invalid'; faults: { specialty?: 'unknown'; locationId?: 'unknown' } }

/** A page of doctors by name, in one trip; anybody may ask. `next` is where the next page begins, or null. */
export async function findDoctors(
  ctx: ClinicContext,
  { specialty, locationId, limit, after }: DoctorSearch,
): Promise<FoundDoctors> {
  const page = selectDoctors(ctx)
    .where(
      and(
        specialty === undefined ? undefined : eq(doctors.specialty, specialty),
        locationId === undefined ? undefined : eq(doctors.locationId, locationId),
        after && gt(sql`(${doctors.name}, ${doctors.id})`, sql`(${after.name}, ${after.id}::bigint)`),
      ),
    )
    .orderBy(asc(doctors.name), asc(doctors.id))
    .limit(limit + 1)
  const [{ rows: known }, found] = await ctx.db.batch([
    ctx.db.execute<{ specialty: boolean; location: boolean }>(sql`
      select
        ${specialty ?? null}::text is null
          or exists (select from doctors where specialty = ${specialty ?? null}::text) as specialty,
        ${locationId ?? null}::bigint is null
          or exists (select from locations where id = ${locationId ?? null}::bigint) as location`),
    page,
  ])
  const faults = {
    ...(!known[0]?.specialty && { specialty: 'unknown' as const }),
    ...(!known[0]?.location && { locationId: 'unknown' as const }),
  }
  if (Object.keys(faults).length > 0) return { ok: false, refusal: 'invalid', faults }
  const last = found.length > limit ? found[limit - 1] : undefined
  return { ok: true, doctors: found.slice(0, limit), next: last ? { name: last.name, id: last.id } : null }
}

/** Anybody may ask. @throws NotFound. */
export async function findDoctor(ctx: ClinicContext, id: number): Promise<Doctor> {
  const [doctor] = await selectDoctors(ctx).where(eq(doctors.id, id))
  if (!doctor) throw new NotFound('doctor')
  return doctor
}

/** The query for doctors, still without condition and order; not yet sent. */
export function selectDoctors({ db, actor, now }: ClinicContext) {
  return db
    .select({
      id: doctors.id,
      name: doctors.name,
      specialty: doctors.specialty,
      gridMinutes: doctors.gridMinutes,
      location: { id: locations.id, name: locations.name, timeZone: locations.timeZone },
      hours: hoursOn(sql`(${now.toISOString()}::timestamptz at time zone ${locations.timeZone})::date`),
      visitTypes: sql<Doctor['visitTypes']>`(
        select coalesce(
          json_agg(
            json_build_object('id', visit.id, 'name', visit.name, 'mode', visit.mode, 'minutes', visit.minutes)
            order by visit.name
          ), '[]')
        from doctor_visit_types offer
        join visit_types visit on visit.id = offer.visit_type_id
        where offer.doctor_id = ${doctors.id}
        and (visit.bookable_online or ${isDesk(actor)})
      )`,
    })
    .from(doctors)
    .innerJoin(locations, eq(locations.id, doctors.locationId))
    .$dynamic()
}

function hoursOn(date: SQL) {
  return sql<Doctor['hours']>`(
    select coalesce(
      json_agg(
        json_build_object(
          'weekday', weekday,
          'opensAt', to_char(opens_at, 'HH24:MI'),
          'closesAt', to_char(closes_at, 'HH24:MI')
        ) order by weekday, opens_at
      ), '[]')
    from weekly_hours
    where weekly_hours.doctor_id = ${doctors.id}
    and ${date} between coalesce(starts_on, '-infinity') and coalesce(ends_on, 'infinity')
  )`
}
