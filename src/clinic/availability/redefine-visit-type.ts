import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import { visitTypes } from '../../../drizzle/schema/visit-types.ts'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { changeColumns, type Recorded, recorded, requireVersion } from '../recorded.ts'
import { closed } from '../shapes.ts'
import { camelKeys, type SnakeKeys, snakeKeys } from '../snake-case.ts'
import {
  idsOf,
  lockOutBookings,
  mayStrand,
  nothingStranded,
  refuseToStrand,
  type StrandedRow,
  strandedIn,
} from '../stranded.ts'
import { visitTypeFields } from './define-visit-type.ts'
import type { DetailedVisitType } from './find-visit-types.ts'

/** Replaces a visit type: nothing may be left out, or a rule would end without anyone having said so. */
export const replaceVisitTypeInput = closed({
  ...visitTypeFields,
  /** Of one that is withdrawn. */
  mayStrand,
})

/** Left-out fields keep their values. */
export const redefineVisitTypeInput = replaceVisitTypeInput.partial()

export interface RedefineVisitType extends z.infer<typeof redefineVisitTypeInput> {
  /** The version that the caller saw; without one, any will do. */
  version?: number | undefined
}

export type RedefinedVisitType =
  | { ok: true; visitType: DetailedVisitType; appointmentIds: number[] }
  | { ok: false; refusal: 'invalid'; faults: { name: 'already_there' } }

/**
 * Changes a visit type, in one trip. Appointments keep the length and buffers they were booked with. Names are unique
 * (`already_there`). The answer lists the appointments ahead of a visit type that is withdrawn.
 *
 * @throws NotFound for an unknown visit type, NotSignedIn, Forbidden; Stale when it has changed since; WouldStrand.
 */
export async function redefineVisitType(
  ctx: ClinicContext,
  visitTypeId: number,
  { version, mayStrand: named, needs, ...columns }: RedefineVisitType,
): Promise<RedefinedVisitType> {
  requireRight(ctx.actor, 'manage visit types')
  const { name, isActive } = columns
  const subject = { subject: 'visit_type', key: visitTypeId } as const
  const taken = sql`
    exists (select from visit_types other where other.name = ${name ?? null} and other.id <> ${visitTypeId}::bigint)`
  const withNeeds = sql`
    select set_needs(id, ${JSON.stringify((needs ?? []).map(snakeKeys))}::jsonb)
    from visit_types
    where id = ${visitTypeId}::bigint and not ${taken}`
  const ahead = sql`
    appointments_of_visit_type(${visitTypeId}::bigint, ${ctx.now.toISOString()}::timestamptz)`
  type Answers = [{ is_taken: boolean }, StrandedRow, Recorded<State>]
  const [[other], stranded, [change] = []] = await sendIdempotently<Answers>(ctx, [
    ...(isActive === false ? [lockOutBookings] : []),
    requireVersion(subject, version),
    // Two renames at the same moment take turns.
    ...(name === undefined ? [] : [sql`lock table visit_types in share row exclusive mode`]),
    ...(isActive === false ? refuseToStrand(visitTypes, visitTypeId, ahead, named) : []),
    { rows: sql`select ${taken} as is_taken` },
    sql`select case when not ${taken} then (${changeColumns(visitTypes, visitTypeId, columns)}) end`,
    ...(needs ? [withNeeds] : []),
    isActive === false ? strandedIn(ahead) : nothingStranded,
    recorded(ctx, subject),
  ])
  if (!change?.state) throw new NotFound('visit type')
  if (other?.is_taken) return { ok: false, refusal: 'invalid', faults: { name: 'already_there' } }
  if (change.is_changed) ctx.tell({ kind: 'visit_type.changed', visitTypeId, ...deedOf(ctx) })
  const { needs: needed, ...row } = change.state
  const known = { ...(camelKeys(row) as Omit<DetailedVisitType, 'id' | 'needs' | 'version'>), needs: needed }
  return {
    ok: true,
    visitType: { id: visitTypeId, ...known, version: change.version ?? 0 },
    appointmentIds: idsOf(stranded),
  }
}

type State = SnakeKeys<Omit<DetailedVisitType, 'id' | 'version'>>
