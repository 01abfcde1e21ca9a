import { asc, eq } from 'drizzle-orm'
import { visitTypes } from '../../../drizzle/schema/visit-types.ts'
import { isDesk } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'

/** A kind of appointment; buffers and notice are in minutes, the horizon in days. */
export type VisitType = Omit<
  typeof visitTypes.$inferSelect,
  'isActive' | 'requiresApproval' | 'approvalHours' | 'capacity'
>

export type VisitMode = VisitType['mode']

/**
 * The query for the visit types by name: those that can be booked online, or all for the front desk. It is not sent yet,
 * so that a page can add it to its one batch. Open to everyone.
 */
export function allVisitTypes({ db, actor }: ClinicContext) {
  return db
    .select()
    .from(visitTypes)
    .where(isDesk(actor) ? undefined : eq(visitTypes.bookableOnline, true))
    .orderBy(asc(visitTypes.name))
}
