import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import { visitTypes } from '../../../drizzle/schema/visit-types.ts'
import { isDesk } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import type { SnakeKeys } from '../snake-case.ts'
import type { Need } from './needs.ts'

/** A kind of appointment; buffers and notice are in minutes, the horizon in days. */
export type VisitType = typeof visitTypes.$inferSelect

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
 * The query for the visit types by name that are not withdrawn: those that can be booked online, or all for the front desk. It is not sent yet,
 * so that a page can add it to its one batch. Open to everyone.
 */
export function allVisitTypes({ db, actor }: ClinicContext) {
  return db.select().from(visitTypes).where(mayBook(actor)).orderBy(asc(visitTypes.name))
}

/** The same, each with its needs. */
export function allDetailedVisitTypes({ db, actor }: ClinicContext): Promise<DetailedVisitType[]> {
  const needs = sql<DetailedVisitType['needs']>`needs_of(${visitTypes.id})`
  return db
    .select({ ...getTableColumns(visitTypes), needs })
    .from(visitTypes)
    .where(mayBook(actor))
    .orderBy(asc(visitTypes.name))
}

const mayBook = (actor: ClinicContext['actor']) =>
  and(eq(visitTypes.isActive, true), isDesk(actor) ? undefined : eq(visitTypes.bookableOnline, true))
