import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { WantedMessages } from '../../../drizzle/schema/wanted-messages.ts'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, fault, personName } from '../shapes.ts'
import { snakeCase, snakeKeys } from '../snake-case.ts'
import { fromNow, idsOf, lockOutBookings, type StrandedRow, strandedIn } from '../stranded.ts'
import type { ManagedLocation } from './find.ts'
import { openLocationInput } from './open.ts'

/** Left-out fields keep their values; null removes a text. The time zone stays what it is. */
export const changeLocationInput = closed({
  name: personName.optional(),
  address: openLocationInput.shape.address.nullable(),
  phone: openLocationInput.shape.phone.nullable(),
  directions: openLocationInput.shape.directions.nullable(),
  /** Where the location itself is written to, and of what. */
  email: openLocationInput.shape.email.nullable(),
  wantedMessages: openLocationInput.shape.wantedMessages,
  /** False once it is closed for good. */
  isActive: z.boolean({ error: fault('not_a_choice') }).optional(),
})

export type ChangeLocation = z.infer<typeof changeLocationInput>

export interface ChangedLocation {
  location: ManagedLocation
  /** The appointments ahead at a location that is closed for good. They stay booked. */
  appointmentIds: number[]
}

/**
 * Changes a location, in one trip. At one that is closed for good nothing can be booked; what took place there stays
 * readable.
 *
 * @throws NotFound, NotSignedIn, Forbidden.
 */
export async function changeLocation(
  ctx: ClinicContext,
  locationId: number,
  wish: ChangeLocation,
): Promise<ChangedLocation> {
  requireRight(ctx.actor, 'manage locations')
  const { isActive } = wish
  const named = sql`jsonb_populate_record(locations, ${JSON.stringify(snakeKeys(wish))}::jsonb)`
  const [[row], stranded] = await sendIdempotently<[LocationRow, StrandedRow]>(ctx, [
    ...(isActive === false ? [lockOutBookings] : []),
    sql`
      update locations set (${columns}) = (select ${columns} from ${named} wanted)
      where id = ${locationId}::bigint and locations is distinct from ${named}`,
    {
      rows: sql`
        select *, xmin = pg_current_xact_id_if_assigned()::xid as is_changed
        from locations where id = ${locationId}::bigint`,
    },
    ...(isActive === false
      ? [strandedIn(sql`appointments_at_location(${locationId}::bigint, ${fromNow(ctx)})`)]
      : []),
  ])
  if (!row) throw new NotFound('location')
  if (row.is_changed) ctx.tell({ kind: 'location.changed', locationId, ...deedOf(ctx) })
  return { location: toLocation(row), appointmentIds: idsOf(stranded) }
}

const columns = sql.join(
  Object.keys(changeLocationInput.shape).map((name) => sql.identifier(snakeCase(name))),
  sql`, `,
)

type LocationRow = {
  id: string
  name: string
  time_zone: string
  address: string | null
  phone: string | null
  directions: string | null
  email: string | null
  wanted_messages: WantedMessages
  is_active: boolean
  /** Null when the transaction wrote nothing at all. */
  is_changed: boolean | null
}

const toLocation = ({ id, time_zone, is_active, ...row }: LocationRow): ManagedLocation => ({
  id: Number(id),
  name: row.name,
  timeZone: time_zone,
  address: row.address,
  phone: row.phone,
  directions: row.directions,
  email: row.email,
  wantedMessages: row.wanted_messages,
  isActive: is_active,
})
