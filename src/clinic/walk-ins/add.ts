import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import { walkIns } from '../../../drizzle/schema/walk-ins.ts'
import { requireRight } from '../accounts/guard.ts'
import { acting, wantedRow } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, id } from '../shapes.ts'

export const addWalkInInput = closed({
  locationId: id,
  patientId: id,
  visitTypeId: id,
  /** Left out, any doctor will do. */
  doctorId: id.optional(),
})

export type AddWalkIn = z.infer<typeof addWalkInInput>

export type AddedWalkIn =
  | { ok: true; walkIn: { id: number; number: number } }
  | { ok: false; refusal: 'already_waiting'; walkIn: { id: number; number: number } }
  | { ok: false; refusal: 'not_offered' | 'patient_inactive' }

type AddedRow = { verdict: string | null; id: string; number: number }

/**
 * Gives a patient who came without an appointment the next number of the day at a location, in one trip. Whoever waits
 * there already keeps their number (`already_waiting`).
 *
 * @throws NotFound for an unknown location or patient, NotSignedIn, Forbidden.
 */
export async function addWalkIn(ctx: ClinicContext, input: AddWalkIn): Promise<AddedWalkIn> {
  requireRight(ctx.actor, 'take walk-ins')
  const { locationId } = input
  const [[row]] = await sendIdempotently<[AddedRow]>(
    ctx,
    [{ rows: sql`select * from add_walk_in(${wantedRow(walkIns, 'walk_ins', input)}, ${acting(ctx)})` }],
    // A statement of its own, so that the next one sees the number before.
    sql`select pg_advisory_xact_lock(hashtextextended('walk-ins ' || ${locationId}::bigint, 0))`,
  )
  if (!row) throw new Error('add_walk_in always answers.')
  const walkIn = { id: Number(row.id), number: row.number }
  switch (row.verdict) {
    case 'no_location':
      throw new NotFound('location')
    case 'no_patient':
      throw new NotFound('patient')
    case 'already_waiting':
      return { ok: false, refusal: row.verdict, walkIn }
    case 'not_offered':
    case 'patient_inactive':
      return { ok: false, refusal: row.verdict }
  }
  ctx.tell({ kind: 'walk_in.added', walkInId: walkIn.id, locationId, ...deedOf(ctx) })
  return { ok: true, walkIn }
}
