import { eq, sql } from 'drizzle-orm'
import * as z from 'zod'
import { visitModes, visitTypes } from '../../../drizzle/schema/visit-types.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { closed, fault, personName, wholeNumber } from '../shapes.ts'
import type { VisitType } from './find-visit-types.ts'

/** In minutes and days; what is left out has no effect (no buffer, no notice, no cap). */
export const visitTypeInput = closed({
  name: personName,
  mode: z.enum(visitModes, { error: fault('not_a_choice') }).default('in_person'),
  minutes: wholeNumber(5, 480),
  buffer_before_minutes: wholeNumber(0, 120).default(0),
  buffer_after_minutes: wholeNumber(0, 120).default(0),
  notice_minutes: wholeNumber(0, 525_600).default(0),
  cancellation_notice_minutes: wholeNumber(0, 525_600).default(0),
  horizon_days: wholeNumber(1, 3650).default(180),
  daily_cap: wholeNumber(1, 1000).nullable().default(null),
  bookable_online: z.boolean({ error: fault('not_a_choice') }).default(true),
})

export type DefinedVisitType =
  | { ok: true; visitType: VisitType }
  | { ok: false; refusal: 'invalid'; faults: { name: 'already_there' } }

/**
 * Defines a visit type, or defines it anew, in one trip. What is booked keeps the length and the buffers with
 * which it was booked. A name belongs to one visit type (`already_there`).
 *
 * @param visitTypeId of the one to define anew; undefined for a new one.
 * @throws NotFound for an unknown visit type, NotSignedIn, Forbidden.
 */
export async function defineVisitType(
  { db, actor }: ClinicContext,
  visitTypeId: number | undefined,
  input: z.infer<typeof visitTypeInput>,
): Promise<DefinedVisitType> {
  requireRight(actor, 'manage visit types')
  const values = {
    name: input.name,
    mode: input.mode,
    minutes: input.minutes,
    bufferBeforeMinutes: input.buffer_before_minutes,
    bufferAfterMinutes: input.buffer_after_minutes,
    noticeMinutes: input.notice_minutes,
    cancellationNoticeMinutes: input.cancellation_notice_minutes,
    horizonDays: input.horizon_days,
    dailyCap: input.daily_cap,
    bookableOnline: input.bookable_online,
  }
  const taken = { ok: false, refusal: 'invalid', faults: { name: 'already_there' } } as const
  if (visitTypeId === undefined) {
    const [visitType] = await db.insert(visitTypes).values(values).onConflictDoNothing().returning()
    return visitType ? { ok: true, visitType } : taken
  }
  const isFree = sql`not exists (
    select from visit_types other where other.name = ${input.name} and other.id <> ${visitTypeId}::bigint
  )`
  const [, known, changed] = await db.batch([
    // Two who rename at the same moment take turns.
    db.execute(sql`lock table ${visitTypes} in share row exclusive mode`),
    db.select({ id: visitTypes.id }).from(visitTypes).where(eq(visitTypes.id, visitTypeId)),
    db
      .update(visitTypes)
      .set(values)
      .where(sql`${eq(visitTypes.id, visitTypeId)} and ${isFree}`)
      .returning(),
  ])
  if (known.length === 0) throw new NotFound('visit type')
  const [visitType] = changed
  return visitType ? { ok: true, visitType } : taken
}
