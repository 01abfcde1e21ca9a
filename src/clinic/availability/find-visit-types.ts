import { asc, eq } from 'drizzle-orm'
import { visitTypes } from '../../../drizzle/schema/visit-types.ts'
import { isDesk } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'

/** A kind of appointment; `minutes`, buffers and notice in minutes, the horizon in days. */
export type VisitType = typeof visitTypes.$inferSelect

export type VisitMode = VisitType['mode']

/**
 * The query for the visit types by name: what may be booked online, and for the front desk all; not yet sent, so
 * that a page can put it into its one batch. Anybody may ask.
 */
export function allVisitTypes({ db, actor }: ClinicContext) {
  return db
    .select()
    .from(visitTypes)
    .where(isDesk(actor) ? undefined : eq(visitTypes.bookableOnline, true))
    .orderBy(asc(visitTypes.name))
}
