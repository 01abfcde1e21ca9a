import { type SQL, sql } from 'drizzle-orm'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import type { EventKind } from '../events.ts'

/** What the person has just done, and can take back before anyone is told. */
export interface UndoOffer {
  /** Of the appointment. */
  id: number
  version: number
  kind: EventKind
  patient: string | null
  /** On the location's clock; null when no message is sent. */
  toldLocal: string | null
  /** Until it is over. */
  seconds: number
}

/** As JSON, beside whatever else a page reads; null when there is nothing to take back. */
export const undoOffer = (ctx: ClinicContext): SQL => sql`undo_offer(${acting(ctx)})`
