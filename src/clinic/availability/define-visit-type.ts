import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { visitModes, visitTypes } from '../../../drizzle/schema/visit-types.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
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
  ctx: ClinicContext,
  visitTypeId: number | undefined,
  input: z.infer<typeof visitTypeInput>,
): Promise<DefinedVisitType> {
  requireRight(ctx.actor, 'manage visit types')
  const named = sql`jsonb_populate_record(null::${visitTypes}, ${JSON.stringify(input)}::jsonb)`
  const inserted = sql`
    insert into ${visitTypes} (${columns})
    select ${columns} from ${named}
    on conflict do nothing
    returning *`
  const updated = sql`
    update ${visitTypes} set (${columns}) = (select ${columns} from ${named})
    where id = ${visitTypeId}::bigint and not exists (
      select from visit_types other where other.name = ${input.name} and other.id <> ${visitTypeId}::bigint
    )
    returning *`
  const known = sql`select id from ${visitTypes} where id = ${visitTypeId}::bigint`
  const [[row], found] = await sendIdempotently<[VisitTypeRow, { id: string }]>(
    ctx,
    visitTypeId === undefined
      ? [{ rows: inserted }]
      : // Two who rename at the same moment take turns.
        [sql`lock table ${visitTypes} in share row exclusive mode`, { rows: updated }, { rows: known }],
  )
  if (found?.length === 0) throw new NotFound('visit type')
  if (!row) return { ok: false, refusal: 'invalid', faults: { name: 'already_there' } }
  ctx.tellFreeTime?.(['everything'])
  return { ok: true, visitType: toVisitType(row) }
}

type VisitTypeRow = z.infer<typeof visitTypeInput> & { id: string }

/** All that is defined. */
const columns = sql.join(
  Object.keys(visitTypeInput.shape).map((name) => sql.identifier(name)),
  sql`, `,
)

function toVisitType(row: VisitTypeRow): VisitType {
  return {
    id: Number(row.id),
    name: row.name,
    mode: row.mode,
    minutes: row.minutes,
    bufferBeforeMinutes: row.buffer_before_minutes,
    bufferAfterMinutes: row.buffer_after_minutes,
    noticeMinutes: row.notice_minutes,
    cancellationNoticeMinutes: row.cancellation_notice_minutes,
    horizonDays: row.horizon_days,
    dailyCap: row.daily_cap,
    bookableOnline: row.bookable_online,
  }
}
