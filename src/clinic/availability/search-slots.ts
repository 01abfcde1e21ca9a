import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { isDesk } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { onLocalClock } from '../local-clock.ts'
import { pageOf } from '../page-of.ts'
import type { Fault } from '../refusals.ts'
import { calendarDate, closed, fault, id, instant, personName } from '../shapes.ts'
import { type Slot, type SlotRow, toSlot } from './find-open-slots.ts'
import { readWindow, type Window } from './window.ts'

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
  /** The last slot of the previous page. */
  after?: SlotKey | undefined
}

/** What slots are ordered by. The load is the number of appointments the doctor has that day. */
export const slotKey = z
  .tuple([instant, z.int().min(0), id])
  .transform(([startAt, load, doctorId]) => ({ startAt: new Date(startAt), load, doctorId }))

export type SlotKey = z.infer<typeof slotKey>

export type SearchedSlots =
  | { ok: true; slots: Slot[]; next: SlotKey | null }
  | { ok: false; refusal: 'not_offered' }
  | { ok: false; refusal: 'invalid'; faults: Partial<Record<keyof SearchSlots, Fault>> }

/**
 * The first slots of all matching doctors, ordered by start, load and doctor; in one trip. Open to everyone. A page ends
 * at a key rather than a number, so new bookings shift nothing. Only among slots with the same start can one appear twice
 * or be missed, when its doctor's load changes between two pages.
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

type FoundRow = SlotRow & { load: string }

function readSearch(search: SearchSlots, known: Known | undefined, rows: FoundRow[]): SearchedSlots {
  const faults = faultsIn(known)
  if (Object.keys(faults).length > 0) return { ok: false, refusal: 'invalid', faults }
  if (!known?.is_offered) return { ok: false, refusal: 'not_offered' }
  const { page, last } = pageOf(rows, search.limit)
  return {
    ok: true,
    slots: page.map((row) => toSlot(row, search.visitTypeId)),
    next: last
      ? { startAt: new Date(last.start_at), load: Number(last.load), doctorId: Number(last.doctor_id) }
      : null,
  }
}

interface Known extends Record<string, unknown> {
  visit_type: boolean
  specialty: boolean
  location: boolean
  doctor: boolean
  /** By at least one matching doctor. */
  is_offered: boolean
}

function whatIsKnown({ actor }: ClinicContext, search: SearchSlots): SQL {
  const { visitTypeId, specialty = null, locationId = null, doctorId = null } = search
  return sql`
    select
      exists (
        select from visit_types where id = ${visitTypeId}::bigint and (bookable_online or ${isDesk(actor)})
      ) as visit_type,
      ${specialty}::text is null or exists (select from doctors where specialty = ${specialty}::text) as specialty,
      ${locationId}::bigint is null or exists (select from locations where id = ${locationId}::bigint) as location,
      ${doctorId}::bigint is null or exists (select from doctors where id = ${doctorId}::bigint) as doctor,
      (
        select offer.doctor_id
        from doctor_visit_types offer
        join doctors doctor on doctor.id = offer.doctor_id
        where offer.visit_type_id = ${visitTypeId}::bigint ${filter(search)}
        order by offer.visit_type_id, offer.doctor_id
        limit 1
      ) is not null as is_offered`
}

function faultsIn(known: Known | undefined): Partial<Record<keyof SearchSlots, Fault>> {
  return {
    ...(!known?.visit_type && { visitTypeId: 'unknown' as const }),
    ...(!known?.specialty && { specialty: 'unknown' as const }),
    ...(!known?.location && { locationId: 'unknown' as const }),
    ...(!known?.doctor && { doctorId: 'unknown' as const }),
  }
}

/** Searches day by day until the page is full: in a quiet clinic that is one day, however long the window. */
function firstFree({ actor, now }: ClinicContext, search: SearchSlots, { from, to }: Window): SQL {
  const { visitTypeId, limit, isOneEach, after } = search
  const at = sql`${now.toISOString()}::timestamptz`
  return sql`
    with recursive
    candidate as materialized (
      select
        doctor.id as doctor_id, doctor.name as doctor,
        location.id as location_id, location.name as location, location.time_zone,
        tstzrange(
          ${from}::date::timestamp at time zone location.time_zone,
          (${to}::date + 1)::timestamp at time zone location.time_zone
        ) as within
      from doctor_visit_types offer
      join doctors doctor on doctor.id = offer.doctor_id
      join locations location on location.id = doctor.location_id
      where offer.visit_type_id = ${visitTypeId}::bigint ${filter(search)}
    ),
    sweep (reached, found, slots) as (
      select
        greatest(min(lower(within)), ${at}, ${after?.startAt.toISOString() ?? null}::timestamptz),
        0, '[]'::jsonb
      from candidate
      union all
      select upper(day.during), sweep.found + jsonb_array_length(page.slots), page.slots
      from sweep
      cross join lateral (
        select tstzrange(sweep.reached, sweep.reached + interval '1 day') as during offset 0
      ) day
      cross join lateral (
        select coalesce(jsonb_agg(to_jsonb(slot)), '[]') as slots
        from (
          select ${isOneEach ? sql`distinct on (slot.start_at)` : sql``} candidate.doctor_id, slot.*
          from candidate
          cross join lateral open_slots(
            candidate.doctor_id, ${visitTypeId}::bigint, candidate.within * day.during, ${isDesk(actor)}, ${at}
          ) slot
          where candidate.within && day.during
          ${after ? isBehind(after) : sql``}
          ${partOfDay(search)}
          order by slot.start_at, slot.load, candidate.doctor_id
          limit ${limit + 1}
        ) slot
      ) page
      where sweep.found <= ${limit} and sweep.reached < (select max(upper(within)) from candidate)
    )
    select
      candidate.*, slot.start_at, slot.end_at, slot.load,
      ${onLocalClock(sql`slot.start_at`, sql`candidate.time_zone`)} as start_local,
      ${onLocalClock(sql`slot.end_at`, sql`candidate.time_zone`)} as end_local
    from sweep
    cross join lateral jsonb_to_recordset(sweep.slots)
      as slot (doctor_id bigint, start_at timestamptz, end_at timestamptz, load bigint)
    join candidate on candidate.doctor_id = slot.doctor_id
    order by slot.start_at, slot.load, slot.doctor_id
    limit ${limit + 1}`
}

function filter({ specialty, locationId, doctorId }: SearchSlots): SQL {
  return sql`
    ${specialty === undefined ? sql`` : sql`and doctor.specialty = ${specialty}::text`}
    ${locationId === undefined ? sql`` : sql`and doctor.location_id = ${locationId}::bigint`}
    ${doctorId === undefined ? sql`` : sql`and doctor.id = ${doctorId}::bigint`}`
}

/** Excludes the slot of the key itself, whose load may have grown since. */
function isBehind({ startAt, load, doctorId }: SlotKey): SQL {
  const [start, doctor] = [sql`${startAt.toISOString()}::timestamptz`, sql`${doctorId}::bigint`]
  return sql`
    and (slot.start_at, slot.load, candidate.doctor_id) > (${start}, ${load}::bigint, ${doctor})
    and (slot.start_at, candidate.doctor_id) <> (${start}, ${doctor})`
}

const clocks = { morning: [0, 12], afternoon: [12, 17], evening: [17, 24] } as const

function partOfDay({ partOfDay }: SearchSlots): SQL {
  if (!partOfDay) return sql``
  const [begins, ends] = clocks[partOfDay]
  const hour = sql`extract(hour from slot.start_at at time zone candidate.time_zone)`
  return sql`and ${hour} >= ${begins} and ${hour} < ${ends}`
}
