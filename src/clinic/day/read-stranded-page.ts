import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { camelKeys } from '../snake-case.ts'
import { type UndoOffer, undoOffer } from './undo-offer.ts'

/** What is in the way of an appointment. */
export interface StrandedBy {
  kind: 'away' | 'block' | 'closure' | 'doctor_gone' | 'hours' | 'location_closed' | 'need' | 'resource'
  id: number
  name: string
  /** On the location's clock. */
  until?: string
}

export interface Stranded {
  id: number
  version: number
  why: StrandedBy[]
  startLocal: string
  /** Null for a session. */
  patientId: number | null
  patient: string | null
  phone: string | null
  email: string | null
  languages: string[] | null
  doctor: string
  visitType: string | null
  /** Why the front desk put it outside the usual rules. */
  overrideReason: string | null
  isSession: boolean
  /** The nearest free times, of the same doctor first; none for those who are in a session. */
  times: { doctorId: number; doctor: string; isOther: boolean; startLocal: string }[]
}

export interface StrandedContent {
  location: { id: number; name: string }
  locations: { id: number; name: string }[]
  /** Of all, not only those shown. */
  count: number
  entries: Stranded[]
  /** Those that stay as they are. */
  kept: Stranded[]
  /** What the person has just done. */
  undoOffer: UndoOffer | null
}

/** More are shown once these are done. */
const aPage = 20

/**
 * The appointments that lie in time that is no longer open, for the front desk to work through, in one trip.
 *
 * @throws NotFound for a location where the actor does not work, NotSignedIn, Forbidden.
 */
export async function readStrandedPage(ctx: ClinicContext, locationId?: number): Promise<StrandedContent> {
  requireRight(ctx.actor, 'change appointments')
  const { rows } = await ctx.db.execute<{ page: object | null; undo: object | null }>(sql`
    select
      read_stranded(${locationId ?? null}::bigint, ${aPage}, ${acting(ctx)}) as page,
      ${undoOffer(ctx)} as undo`)
  const [row] = rows
  if (!row?.page) throw new NotFound('location')
  return camelKeys({ ...row.page, undo_offer: row.undo }) as StrandedContent
}
