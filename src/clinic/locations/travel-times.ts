import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { sendIdempotently } from '../idempotency.ts'
import { recorded } from '../recorded.ts'
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

export type SetTravelTimes = { ok: true } | { ok: false; refusal: 'invalid'; unknownIds: number[] }

/** All travel times, by location. @throws NotSignedIn, Forbidden. */
export async function findTravelTimes({ db, actor }: ClinicContext): Promise<TravelTime[]> {
  requireRight(actor, 'manage locations')
  const { rows } = await db.execute<WayRow>(sql`
    select one_location_id, other_location_id, minutes
    from travel_times
    order by one_location_id, other_location_id`)
  return rows.map((row) => ({
    oneLocationId: Number(row.one_location_id),
    otherLocationId: Number(row.other_location_id),
    minutes: row.minutes,
  }))
}

/**
 * Replaces all travel times, in one trip. From then on, nobody can be booked at two locations with less time between
 * them than the way takes. Existing appointments stay booked.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function setTravelTimes(ctx: ClinicContext, ways: TravelTime[]): Promise<SetTravelTimes> {
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
  const [strangers = []] = await sendIdempotently<[{ id: string }]>(ctx, [
    // Each booking is judged by the old travel times or by the new ones.
    lockOutBookings,
    { rows: unknown },
    sql`delete from travel_times where ${isKnown}`,
    sql`
      insert into travel_times (one_location_id, other_location_id, minutes)
      select one, other, minutes from ${wanted} way where ${isKnown}`,
    recorded(ctx, { subject: 'travel_times', key: '' }),
  ])
  if (strangers.length > 0)
    return { ok: false, refusal: 'invalid', unknownIds: strangers.map(({ id }) => Number(id)) }
  ctx.tell({ kind: 'travel_times.changed', ...deedOf(ctx) })
  return { ok: true }
}

const toRow = ({ oneLocationId: one, otherLocationId: other, minutes }: TravelTime) => ({
  one,
  other,
  minutes,
})

type WayRow = { one_location_id: string; other_location_id: string; minutes: number }
