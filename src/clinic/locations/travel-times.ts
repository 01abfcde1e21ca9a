import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { sendIdempotently } from '../idempotency.ts'
import { type Recorded, recorded, requireVersion, versionOf } from '../recorded.ts'
import { closed, id, wholeNumber } from '../shapes.ts'
import { lockOutBookings } from '../stranded.ts'

/** How long a doctor is on the way between two locations, in either direction. */
export const travelTimeInput = closed({
  oneLocationId: id,
  otherLocationId: id,
  minutes: wholeNumber(1, 480),
}).refine((way) => way.oneLocationId !== way.otherLocationId, {
  path: ['otherLocationId'],
  error: () => 'same_record',
})

export type TravelTime = z.infer<typeof travelTimeInput>

/** No two locations twice, in whichever order. */
export function refuseRepeated(ways: TravelTime[], context: z.RefinementCtx): void {
  const nameOf = (way: TravelTime) =>
    [way.oneLocationId, way.otherLocationId].toSorted((a, b) => a - b).join()
  ways.forEach((way, at) => {
    const isRepeated = ways.findIndex((other) => nameOf(other) === nameOf(way)) < at
    if (isRepeated) context.addIssue({ code: 'custom', path: [at], message: 'already_there' })
  })
}

export type SetTravelTimes =
  | { ok: true; version: number }
  | { ok: false; refusal: 'invalid'; unknownIds: number[] }

/** All travel times, by location, and their common version. @throws NotSignedIn, Forbidden. */
export async function findTravelTimes({
  db,
  actor,
}: ClinicContext): Promise<{ ways: TravelTime[]; version: number }> {
  requireRight(actor, 'manage locations')
  const { rows } = await db.execute<{ version: number; ways: TravelTime[] }>(sql`
    select ${versionOf('travel_times', sql`''`)} as version, coalesce(
      json_agg(
        json_build_object('oneLocationId', one_location_id, 'otherLocationId', other_location_id, 'minutes', minutes)
        order by one_location_id, other_location_id
      ), '[]'
    ) as ways
    from travel_times`)
  return rows[0] ?? { ways: [], version: 0 }
}

/**
 * Replaces all travel times, in one trip. From then on, nobody can be booked at two locations with less time between
 * them than the way takes. Existing appointments stay booked.
 *
 * @param version the one that the caller saw; without one, any will do.
 * @throws NotSignedIn, Forbidden; Stale when they have changed since.
 */
export async function setTravelTimes(
  ctx: ClinicContext,
  ways: TravelTime[],
  version?: number,
): Promise<SetTravelTimes> {
  requireRight(ctx.actor, 'manage locations')
  const wanted = sql`(
    select least(one, other) as one, greatest(one, other) as other, minutes
    from jsonb_to_recordset(${JSON.stringify(ways.map(toRow))}::jsonb) as way (one bigint, other bigint, minutes smallint)
  )`
  const unknown = sql`
    select distinct id
    from ${wanted} way cross join lateral (values (one), (other)) named (id)
    where id not in (select id from locations)`
  const isKnown = sql`not exists (${unknown})`
  const subject = { subject: 'travel_times', key: '' } as const
  const [strangers = [], [change] = []] = await sendIdempotently<[{ id: string }, Recorded]>(ctx, [
    // Each booking is judged by the old travel times or by the new ones.
    lockOutBookings,
    requireVersion(subject, version),
    { rows: unknown },
    sql`delete from travel_times where ${isKnown}`,
    sql`
      insert into travel_times (one_location_id, other_location_id, minutes)
      select one, other, minutes from ${wanted} way where ${isKnown}`,
    recorded(ctx, subject),
  ])
  if (strangers.length > 0)
    return { ok: false, refusal: 'invalid', unknownIds: strangers.map(({ id }) => Number(id)) }
  ctx.tell({ kind: 'travel_times.changed', ...deedOf(ctx) })
  return { ok: true, version: change?.version ?? 0 }
}

const toRow = ({ oneLocationId: one, otherLocationId: other, minutes }: TravelTime) => ({
  one,
  other,
  minutes,
})
