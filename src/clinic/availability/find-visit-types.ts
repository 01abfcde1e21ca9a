import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { visitTypes } from '../../../drizzle/schema/visit-types.ts'
import { isDesk, isStaff, requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { versionOf } from '../recorded.ts'
import { closed, includeInactive } from '../shapes.ts'
import type { SnakeKeys } from '../snake-case.ts'
import type { Need } from './needs.ts'

/** A kind of appointment; buffers and notice are in minutes, the horizon in days. */
export type VisitType = typeof visitTypes.$inferSelect

const columns = getTableColumns(visitTypes)

/** With what it needs, as the API writes it. */
export interface DetailedVisitType extends VisitType {
  needs: SnakeKeys<Need>[]
  /** Counts the changes. */
  version: number
}

/** What can be booked with a doctor, as refusals list it. */
export interface Offer {
  visit_type_id: number
  name: string
  minutes: number
}

export type VisitMode = VisitType['mode']

/**
 * The query for the visit types in order that are not withdrawn: those that can be booked online, or all for the front desk.
 * It is not sent yet, so that a page can add it to its one batch. Open to everyone.
 */
export function allVisitTypes({ db, actor }: ClinicContext) {
  return db
    .select(columns)
    .from(visitTypes)
    .where(maySee(actor, false))
    .orderBy(...inOrder)
}

export const findVisitTypesInput = closed({ includeInactive })

/** The same, each with its needs. Only staff may include those that are withdrawn. @throws NotSignedIn, Forbidden. */
export async function findVisitTypes(
  { db, actor }: ClinicContext,
  { includeInactive }: z.infer<typeof findVisitTypesInput>,
): Promise<DetailedVisitType[]> {
  if (includeInactive) requireRight(actor, 'see what is out of use')
  return db
    .select(detailed)
    .from(visitTypes)
    .where(maySee(actor, includeInactive !== undefined))
    .orderBy(...inOrder)
}

/** One of them. One that the actor may not see is not found. @throws NotFound. */
export async function findVisitType({ db, actor }: ClinicContext, id: number): Promise<DetailedVisitType> {
  const [visitType] = await db
    .select(detailed)
    .from(visitTypes)
    .where(and(eq(visitTypes.id, id), maySee(actor, isStaff(actor))))
  if (!visitType) throw new NotFound('visit type')
  return visitType
}

const inOrder = [asc(visitTypes.sortOrder), asc(visitTypes.name)]

const detailed = {
  ...columns,
  needs: sql<DetailedVisitType['needs']>`needs_of(${visitTypes.id})`,
  version: versionOf('visit_type', visitTypes.id),
}

const maySee = (actor: ClinicContext['actor'], includesInactive: boolean) =>
  and(
    includesInactive ? undefined : eq(visitTypes.isActive, true),
    isDesk(actor) ? undefined : eq(visitTypes.bookableOnline, true),
  )
