import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { fault, id, listOf } from '../shapes.ts'
import { openLocationInput } from './open.ts'

/** What stays the same of the appointments ahead when the time zone of their location is corrected. */
const keptByZone = ['clock_time', 'instant'] as const

export const correctTimeZoneInput = {
  /** The right one. */
  timeZone: openLocationInput.shape.timeZone.optional(),
  keeps: z.enum(keptByZone, { error: fault('not_a_choice') }).optional(),
  /** Other locations with the same mistake: all locations of a doctor have one time zone. */
  togetherWith: listOf(id).optional(),
}

/** A start: the instant, and the clock time in a zone. */
interface Start {
  start_at: string
  start_local: string
  time_zone: string
}

/** What a correction concerns, before somebody has chosen what stays the same. */
interface ConcernedByZone {
  appointment_count: number
  session_count: number
  hold_count: number
  patient_count: number
  /** The first three, with what either choice makes of them. */
  examples: {
    appointment_id: number
    doctor_name: string
    patient_name: string | null
    now: Start
    clock_time: Start
    instant: Start
  }[]
}

interface NamedAppointment extends Start {
  id: number
  doctor_name: string
  patient_name: string | null
  location_name: string
}

/** Why a clock time cannot stay: a night skips it there, or somebody or something is taken by the other appointment. */
interface ZoneConflict {
  reason: 'no_such_time' | 'slot_taken' | 'patient_busy' | 'resource_taken'
  appointment: NamedAppointment
  other: NamedAppointment | null
}

/** A location that has to go along, and the doctors who work there and at another one. */
interface LinkedLocation {
  id: number
  name: string
  time_zone: string
  doctors: { id: number; name: string }[]
}

export type RefusedZone =
  | { refusal: 'keeps_needed'; concerned: ConcernedByZone }
  | { refusal: 'clock_times_taken'; conflict_count: number; conflicts: ZoneConflict[] }
  | { refusal: 'doctors_elsewhere'; locations: LinkedLocation[] }
  | { refusal: 'not_a_zone' }
  | { refusal: 'unknown' }

/** What `correct_time_zone` answers: the appointments that no longer fit the hours, or a refusal. */
export type CorrectedZone = { stranded: number[]; refusal?: never } | RefusedZone

/** Merges wait, because they give appointments to others; everything that locks both takes this one first. */
export const lockOutMerges = sql`select pg_advisory_xact_lock_shared(hashtext('merges'))`

/** Corrects the zone, and then does what is to be done only if that was not refused. */
export function correcting(
  ctx: ClinicContext,
  locationId: number,
  wish: { timeZone: string; keeps?: string | undefined; togetherWith?: number[] | undefined },
  afterwards: SQL,
): { doing: SQL; rows: SQL } {
  const { timeZone, keeps = null, togetherWith = [] } = wish
  return {
    doing: sql`
      corrected as materialized (
        select correct_time_zone(
          ${locationId}::bigint,
          array(select jsonb_array_elements_text(${JSON.stringify(togetherWith)}::jsonb)::bigint),
          ${timeZone}, ${keeps}, ${acting(ctx)}
        ) as answer
      ),
      done as materialized (select case when answer -> 'refusal' is null then (${afterwards}) end from corrected)`,
    rows: sql`select corrected.answer from corrected cross join done`,
  }
}
