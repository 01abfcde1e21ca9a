import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { locations } from '../../../drizzle/schema/locations.ts'
import type { WantedMessages } from '../../../drizzle/schema/wanted-messages.ts'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { changeColumns, type Recorded, recorded, requireVersion } from '../recorded.ts'
import { closed, fault, personName } from '../shapes.ts'
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
  mayStrand,
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
 * @param version the one that the caller saw; without one, any will do.
 * @throws NotFound, NotSignedIn, Forbidden; Stale when it has changed since; WouldStrand.
 */
export async function changeLocation(
  ctx: ClinicContext,
  locationId: number,
  { version, mayStrand: named, ...wish }: ChangeLocation & { version?: number | undefined },
): Promise<ChangedLocation> {
  requireRight(ctx.actor, 'manage locations')
  const { isActive } = wish
  const location = { subject: 'location', key: locationId } as const
  const ahead = sql`appointments_at_location(${locationId}::bigint, ${fromNow(ctx)})`
  const [[row], stranded, [change] = []] = await sendIdempotently<[LocationRow, StrandedRow, Recorded]>(ctx, [
    ...(isActive === false ? [lockOutBookings] : []),
    requireVersion(location, version),
    ...(isActive === false ? refuseToStrand(locations, locationId, ahead, named) : []),
    changeColumns(locations, locationId, wish),
    { rows: sql`select * from locations where id = ${locationId}::bigint` },
    isActive === false ? strandedIn(ahead) : nothingStranded,
    recorded(ctx, location),
  ])
  if (!row) throw new NotFound('location')
  if (change?.is_changed) ctx.tell({ kind: 'location.changed', locationId, ...deedOf(ctx) })
  return { location: toLocation(row, change), appointmentIds: idsOf(stranded) }
}

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
}

const toLocation = (
  { id, time_zone, is_active, ...row }: LocationRow,
  change: Recorded | undefined,
): ManagedLocation => ({
  id: Number(id),
  name: row.name,
  timeZone: time_zone,
  address: row.address,
  phone: row.phone,
  directions: row.directions,
  email: row.email,
  wantedMessages: row.wanted_messages,
  isActive: is_active,
  version: change?.version ?? 0,
})
