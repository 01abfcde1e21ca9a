import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { locations } from '../../../drizzle/schema/locations.ts'
import type { WantedMessages } from '../../../drizzle/schema/wanted-messages.ts'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { changeColumns, type Recorded, recorded, requireVersion } from '../recorded.ts'
import type { Fault } from '../refusals.ts'
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
import {
  type CorrectedZone,
  correcting,
  correctTimeZoneInput,
  lockOutMerges,
  type RefusedZone,
} from './correct-time-zone.ts'
import type { ManagedLocation } from './find.ts'
import { openLocationInput } from './open.ts'

/** Left-out fields keep their values; null removes a text. */
export const changeLocationInput = closed({
  name: personName.optional(),
  address: openLocationInput.shape.address.nullable(),
  phone: openLocationInput.shape.phone.nullable(),
  directions: openLocationInput.shape.directions.nullable(),
  /** Where the location itself is written to, and of what. */
  email: openLocationInput.shape.email.nullable(),
  wantedMessages: openLocationInput.shape.wantedMessages,
  ...correctTimeZoneInput,
  /** False hides it from patients; staff can book there. */
  isListed: openLocationInput.shape.isListed,
  sortOrder: openLocationInput.shape.sortOrder,
  /** False once it is closed for good. */
  isActive: z.boolean({ error: fault('not_a_choice') }).optional(),
  mayStrand,
})

export type ChangeLocation = z.infer<typeof changeLocationInput>

export type ChangedLocation =
  | {
      ok: true
      location: ManagedLocation
      /** The appointments ahead at a location that is closed for good, or outside its hours on another clock. They stay booked. */
      appointmentIds: number[]
    }
  | { ok: false; refusal: 'invalid'; faults: { timeZone?: Fault; togetherWith?: Fault } }
  | ({ ok: false } & Exclude<RefusedZone, { refusal: 'not_a_zone' } | { refusal: 'unknown' }>)

/**
 * Changes a location, in one trip, or nothing. At one that is closed for good nothing can be booked; what took place there
 * stays readable. With appointments ahead, a corrected time zone says what stays the same of them, and other locations of its
 * doctors go with it.
 *
 * @param version the one that the caller saw; without one, any will do.
 * @throws NotFound, NotSignedIn, Forbidden; Stale when it has changed since; WouldStrand.
 */
export async function changeLocation(
  ctx: ClinicContext,
  locationId: number,
  wish: ChangeLocation & { version?: number | undefined },
): Promise<ChangedLocation> {
  requireRight(ctx.actor, 'manage locations')
  const isClosing = wish.isActive === false
  const location = { subject: 'location', key: locationId } as const
  const { version, mayStrand: named, timeZone, keeps, togetherWith = [], ...columns } = wish
  const changing = changeColumns(locations, locationId, columns)
  const ahead = sql`appointments_at_location(${locationId}::bigint, ${fromNow(ctx)})`
  type Answers = [{ answer: CorrectedZone }, LocationRow, StrandedRow, Recorded, Recorded & { id: string }]
  const [[corrected], [row], stranded, [change] = [], others = []] = await sendIdempotently<Answers>(ctx, [
    ...(timeZone ? [lockOutMerges] : []),
    ...(timeZone || isClosing ? [lockOutBookings] : []),
    requireVersion(location, version),
    ...(isClosing ? refuseToStrand(locations, locationId, ahead, named) : []),
    ...(timeZone
      ? [correcting(ctx, locationId, { timeZone, keeps, togetherWith }, changing)]
      : [changing, { rows: sql`select '{"stranded": []}'::jsonb as answer` }]),
    { rows: sql`select * from locations where id = ${locationId}::bigint` },
    isClosing ? strandedIn(ahead) : nothingStranded,
    recorded(ctx, location),
    { rows: recordedTogether(ctx, togetherWith) },
  ])
  if (!row) throw new NotFound('location')
  const outcome = corrected?.answer ?? { stranded: [] }
  if (outcome.refusal) return refuse(outcome)
  const changedIds = others.flatMap(({ is_changed, id }) => (is_changed ? Number(id) : []))
  for (const id of [...(change?.is_changed ? [locationId] : []), ...changedIds])
    ctx.tell({ kind: 'location.changed', locationId: id, ...deedOf(ctx) })
  const appointmentIds = [...new Set([...outcome.stranded, ...idsOf(stranded)])]
  return { ok: true, location: toLocation(row, change), appointmentIds }
}

const recordedTogether = (ctx: ClinicContext, ids: number[]) => sql`
  select other.id, answer.*
  from (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::bigint as id) other
  cross join lateral jsonb_to_record(record_settings('location', other.id::text, ${acting(ctx)}))
    as answer (version integer, is_changed boolean, state jsonb)
  where other.id in (select id from locations)`

function refuse(refused: RefusedZone): ChangedLocation {
  switch (refused.refusal) {
    case 'not_a_zone':
      return { ok: false, refusal: 'invalid', faults: { timeZone: 'not_a_zone' } }
    case 'unknown':
      return { ok: false, refusal: 'invalid', faults: { togetherWith: 'unknown' } }
    default:
      return { ok: false, ...refused }
  }
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
  is_listed: boolean
  sort_order: number
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
  isListed: row.is_listed,
  sortOrder: row.sort_order,
  version: change?.version ?? 0,
})
