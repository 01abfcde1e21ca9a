import { sql } from 'drizzle-orm'
import type { Answering } from '../once.ts'
import { type Asked, asArguments } from './asked.ts'

export interface Surroundings extends Record<string, unknown> {
  doctor_is_taken: boolean
  patient_is_busy: boolean
  next_start_at: string | null
  next_end_at: string
  next_start_local: string
  next_end_local: string
  time_zone: string
}

/**
 * What stands in the way, and where it is free. A statement of its own, sent behind the booking: only a
 * new snapshot sees the appointment that won the race. No row, and no work, when this very transaction began one.
 */
export function lookAroundUnlessBegun(wish: Asked, now: Date): Answering {
  const at = sql`${now.toISOString()}::timestamptz`
  return { rows: sql`select * from look_around(${asArguments(wish)}, ${wish.strangerId}::text, ${at})` }
}
