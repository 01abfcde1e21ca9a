import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { visitTypes } from '../../../drizzle/schema/visit-types.ts'
import { isDesk, requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { closed, includeInactive } from '../shapes.ts'
import type { SnakeKeys } from '../snake-case.ts'
import type { Need } from './needs.ts'

/** A kind of appointment; buffers and notice are in minutes, the horizon in days. */
export type VisitType = typeof visitTypes.$inferSelect

const columns = getTableColumns(visitTypes)

/** With what it needs, as the API writes it. */
export interface DetailedVisitType extends VisitType {
  needs: SnakeKeys<Need>[]
}

/** What can be booked with a doctor, as refusals list it. */
export interface Offer {
  visit_type_id: number
  name: string
  minutes: number
}

export type VisitMode = VisitType['mode']

/**
 * The query for the visit types by name that are not withdrawn: those that can be booked online, or all for the front desk.
 * It is not sent yet, so that a page can add it to its one batch. Open to everyone.
 */
export function allVisitTypes({ db, actor }: ClinicContext) {
  return db.select(columns).from(visitTypes).where(maySee(actor, false)).orderBy(asc(visitTypes.name))
}

export const findVisitTypesInput = closed({ includeInactive })

/** The same, each with its needs. Only staff may include those that are withdrawn. @throws NotSignedIn, Forbidden. */
export async function findVisitTypes(
  { db, actor }: ClinicContext,
  { includeInactive }: z.infer<typeof findVisitTypesInput>,
): Promise<DetailedVisitType[]> {
  if (includeInactive) requireRight(actor, 'see what is out of use')
  const needs = sql<DetailedVisitType['needs']>`needs_of(${visitTypes.id})`
  return db
    .select({ ...columns, needs })
    .from(visitTypes)
    .where(maySee(actor, includeInactive !== undefined))
    .orderBy(asc(visitTypes.name))
}

const maySee = (actor: ClinicContext['actor'], includesInactive: boolean) =>
  and(
    includesInactive ? undefined : eq(visitTypes.isActive, true),
    isDesk(actor) ? undefined : eq(visitTypes.bookableOnline, true),
  )
