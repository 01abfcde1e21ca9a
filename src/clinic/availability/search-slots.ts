import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { isDesk } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { pageOf } from '../page-of.ts'
import type { Fault } from '../refusals.ts'
import { calendarDate, closed, fault, id, instant, personName } from '../shapes.ts'
import { type Slot, type SlotRow, toSlot } from './find-open-slots.ts'
import type { Offer } from './find-visit-types.ts'
import { filter, firstFree } from './first-free.ts'
import { readWindow } from './window.ts'

export const partsOfDay = ['morning', 'afternoon', 'evening'] as const

export const searchSlotsInput = closed({
  visitTypeId: id,
  specialty: personName.optional(),
  locationId: id.optional(),
  doctorId: id.optional(),
  /** Dates on the clock of each doctor's location, both included; see `readWindow`. */
  from: calendarDate.optional(),
  to: calendarDate.optional(),
  /** On the location's clock: before 12:00, from 12:00, from 17:00. */
  partOfDay: z.enum(partsOfDay, { error: fault('not_a_choice') }).optional(),
})

export interface SearchSlots extends z.infer<typeof searchSlotsInput> {
  limit: number
  /** Lists one doctor for each start, the first in order. */
  isOneEach?: boolean
  /** After an empty window, looks for the first free time up to the horizon. */
  looksBeyond?: boolean
  /** The last slot of the previous page. */
  after?: SlotKey | undefined
  /** The id of an appointment that is being moved, whose time counts as free; null in SQL when there is none. */
  moved?: SQL | undefined
}

/** A cursor of the previous release names no location. */
const afterAll = Number.MAX_SAFE_INTEGER

/** What slots are ordered by. The load is the number of appointments the doctor has that day. */
export const slotKey = z
  .tuple([instant, z.int().min(0), id, id.optional()])
  .transform(([startAt, load, doctorId, locationId = afterAll]) => ({
    startAt: new Date(startAt),
    load,
    doctorId,
    locationId,
  }))

export type SlotKey = z.infer<typeof slotKey>

/** What follows an empty window: the first free time, or how far in a large clinic was searched without finding any. */
export interface Beyond {
  slot: Slot | null
  searchedUntil: Date | null
}

export type SearchedSlots =
  | {
      ok: true
      slots: Slot[]
      next: SlotKey | null
      /** Only of a search that looked there. */
      beyond?: Beyond
    }
  | { ok: false; refusal: 'not_offered'; offered: Offer[] }
  | { ok: false; refusal: 'invalid'; faults: Partial<Record<keyof SearchSlots, Fault>> }

/**
 * The first slots of all matching doctors, ordered by start, load and doctor; in one trip. Open to everyone. A page ends
 * at a key rather than a number, so new bookings shift nothing. In a large clinic that is booked up, a page may have fewer
 * slots than its limit, or none, before `next` is null. Only among slots with the same start can one appear twice
 * or be missed, when its doctor's load changes between two pages.
 *
 * @throws NotFound for an unknown appointment to move.
 */
export async function searchSlots(ctx: ClinicContext, search: SearchSlots): Promise<SearchedSlots> {
  const prepared = prepareSearch(ctx, search)
  const found = prepared.refused ?? prepared.read(await ctx.db.batch(prepared.queries))
  if (!found) throw new Error('A search always has a result.')
  return found
}

/**
 * The same search as queries that are not sent yet, so that a page can add them to its one batch. Without a search, the
 * result is null.
 */
export function prepareSearch(ctx: ClinicContext, search: SearchSlots | null) {
  const window = search && readWindow(search, ctx.now)
  const isAskable = search !== null && window?.ok
  const nothing = sql`select where false`
  const refused =
    window?.ok === false ? ({ ok: false, refusal: 'invalid', faults: window.faults } as const) : null
  return {
    refused,
    queries: [
      ctx.db.execute<Known>(isAskable ? whatIsKnown(ctx, search) : nothing),
      ctx.db.execute<FoundRow>(isAskable ? firstFree(ctx, search, window.window) : nothing),
    ] as const,
    read([known, found]: readonly [{ rows: Known[] }, { rows: FoundRow[] }]): SearchedSlots | null {
      return isAskable ? readSearch(search, known.rows[0], found.rows) : refused
    },
  }
}

type FoundSlot = SlotRow & { load: string }

/** Without a slot, the row only says where the next page begins. */
type FoundRow = (FoundSlot | { start_at: null }) & {
  resume_at: string | null
  is_beyond: boolean | null
  searched_until: string | null
}

function readSearch(search: SearchSlots, known: Known | undefined, rows: FoundRow[]): SearchedSlots {
  if (!known?.appointment) throw new NotFound('appointment')
  const faults = faultsIn(known)
  if (Object.keys(faults).length > 0) return { ok: false, refusal: 'invalid', faults }
  if (!known.is_offered) return { ok: false, refusal: 'not_offered', offered: known.offered ?? [] }
  const [first] = rows
  if (search.looksBeyond && first && isEmpty(first))
    return { ok: true, slots: [], next: null, beyond: toBeyond(first, search.visitTypeId) }
  const { page, last } = pageOf(
    rows.filter((row) => row.start_at !== null),
    search.limit,
  )
  return {
    ok: true,
    slots: page.map((row) => toSlot(row, search.visitTypeId)),
    next: last ? keyOf(last) : beginningAt(first?.resume_at),
  }
}

/** A window beyond the horizon has nothing after it either. */
const isEmpty = (row: FoundRow) => row.is_beyond || (row.start_at === null && row.resume_at === null)

const toBeyond = (row: FoundRow, visitTypeId: number): Beyond => ({
  slot: row.start_at === null ? null : toSlot(row, visitTypeId),
  searchedUntil: row.searched_until === null ? null : new Date(row.searched_until),
})

const keyOf = ({ start_at, load, doctor_id, location_id }: FoundSlot): SlotKey => ({
  startAt: new Date(start_at),
  load: Number(load),
  doctorId: Number(doctor_id),
  locationId: Number(location_id),
})

/** Before every slot that starts at this instant, and after every earlier one: no doctor has that many appointments. */
const beginningAt = (instant: string | null | undefined): SlotKey | null =>
  instant ? { startAt: new Date(Date.parse(instant) - 1), load: 1_000_000, doctorId: 1, locationId: 1 } : null

interface Known extends Record<string, unknown> {
  visit_type: boolean
  specialty: boolean
  location: boolean
  doctor: boolean
  appointment: boolean
  /** By at least one matching doctor. */
  is_offered: boolean
  /** What the doctor who was named offers instead. */
  offered: Offer[] | null
}

function whatIsKnown({ actor, now }: ClinicContext, search: SearchSlots): SQL {
  const { visitTypeId, specialty = null, locationId = null, doctorId = null, moved = sql`0` } = search
  return sql`
    select known.*, case when not is_offered then offered_by(
      ${doctorId}::bigint, ${isDesk(actor)}::boolean, ${now.toISOString()}::timestamptz
    ) end as offered
    from (select
      exists (
        select from visit_types
        where id = ${visitTypeId}::bigint and is_active and (bookable_online or ${isDesk(actor)})
      ) as visit_type,
      ${specialty}::text is null or exists (select from doctors where specialty = ${specialty}::text) as specialty,
      ${locationId}::bigint is null or exists (select from locations where id = ${locationId}::bigint) as location,
      ${doctorId}::bigint is null or exists (select from doctors where id = ${doctorId}::bigint) as doctor,
      ${moved} is not null as appointment,
      (
        select offer.doctor_id
        from doctor_visit_types offer
        join doctors doctor on doctor.id = offer.doctor_id
        join locations location on location.id = doctor.location_id
        where offer.visit_type_id = ${visitTypeId}::bigint ${filter(search)}
        order by offer.visit_type_id, offer.doctor_id
        limit 1
      ) is not null and not visit_type_is_group(${visitTypeId}::bigint) as is_offered
    ) known`
}

function faultsIn(known: Known | undefined): Partial<Record<keyof SearchSlots, Fault>> {
  return {
    ...(!known?.visit_type && { visitTypeId: 'unknown' as const }),
    ...(!known?.specialty && { specialty: 'unknown' as const }),
    ...(!known?.location && { locationId: 'unknown' as const }),
    ...(!known?.doctor && { doctorId: 'unknown' as const }),
  }
}
