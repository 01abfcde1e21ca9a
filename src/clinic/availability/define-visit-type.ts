import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { visitModes, visitTypes } from '../../../drizzle/schema/visit-types.ts'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { sendIdempotently } from '../idempotency.ts'
import { type Recorded, recordedNew } from '../recorded.ts'
import { closed, fault, paragraph, personName, sortOrder, wholeNumber } from '../shapes.ts'
import { snakeCase, snakeKeys } from '../snake-case.ts'
import type { DetailedVisitType } from './find-visit-types.ts'
import { listOfNeeds, needInput } from './needs.ts'

/** All that an admin decides about a visit type. */
export const visitTypeFields = {
  name: personName,
  mode: z.enum(visitModes, { error: fault('not_a_choice') }),
  minutes: wholeNumber(5, 480),
  bufferBeforeMinutes: wholeNumber(0, 120),
  bufferAfterMinutes: wholeNumber(0, 120),
  noticeMinutes: wholeNumber(0, 525_600),
  cancellationNoticeMinutes: wholeNumber(0, 525_600),
  horizonDays: wholeNumber(1, 3650),
  dailyCap: wholeNumber(1, 1000).nullable(),
  bookableOnline: z.boolean({ error: fault('not_a_choice') }),
  sortOrder,
  /** Whether what patients book waits for the clinic, and for how long at most. */
  requiresApproval: z.boolean({ error: fault('not_a_choice') }),
  approvalHours: wholeNumber(1, 720),
  /** Who and what it takes besides the doctor. */
  needs: listOfNeeds(needInput),
  /** False once it is withdrawn. */
  isActive: z.boolean({ error: fault('not_a_choice') }),
  /** Of a group: how many patients a session has room for. */
  capacity: wholeNumber(1, 500).nullable(),
  /** How many days before it patients are reminded. */
  reminderDays: z
    .array(wholeNumber(1, 14), { error: fault('not_a_list') })
    .max(3, { error: fault('too_many_items') })
    .superRefine(refuseRepeatedDays)
    .overwrite((days) => days.toSorted((a, b) => b - a)),
  /** Whether no message is sent about it. */
  isSilent: z.boolean({ error: fault('not_a_choice') }),
  bring: paragraph(500).nullable(),
  preparation: paragraph(1000).nullable(),
}

const ofNew = {
  ...visitTypeFields,
  mode: visitTypeFields.mode.default('in_person'),
  bufferBeforeMinutes: visitTypeFields.bufferBeforeMinutes.default(0),
  bufferAfterMinutes: visitTypeFields.bufferAfterMinutes.default(0),
  noticeMinutes: visitTypeFields.noticeMinutes.default(0),
  cancellationNoticeMinutes: visitTypeFields.cancellationNoticeMinutes.default(0),
  horizonDays: visitTypeFields.horizonDays.default(180),
  dailyCap: visitTypeFields.dailyCap.default(null),
  bookableOnline: visitTypeFields.bookableOnline.default(true),
  sortOrder: sortOrder.default(0),
  requiresApproval: visitTypeFields.requiresApproval.default(false),
  approvalHours: visitTypeFields.approvalHours.default(48),
  needs: visitTypeFields.needs.default([]),
  isActive: visitTypeFields.isActive.default(true),
  capacity: visitTypeFields.capacity.default(null),
  reminderDays: visitTypeFields.reminderDays.default([3, 1]),
  isSilent: visitTypeFields.isSilent.default(false),
  bring: visitTypeFields.bring.default(null),
  preparation: visitTypeFields.preparation.default(null),
}

/** A new one needs a name and a length. Other left-out fields have no effect: no buffer, no notice, no cap, no group. */
export const defineVisitTypeInput = closed(ofNew)

function refuseRepeatedDays(days: number[], context: z.RefinementCtx): void {
  days.forEach((day, at) => {
    if (days.indexOf(day) < at) context.addIssue({ code: 'custom', path: [at], message: 'listed_twice' })
  })
}

export type DefineVisitType = z.infer<typeof defineVisitTypeInput>

export type DefinedVisitType =
  | { ok: true; visitType: DetailedVisitType }
  | { ok: false; refusal: 'invalid'; faults: { name: 'already_there' } }

/**
 * Defines a new visit type, in one trip. Names are unique (`already_there`).
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function defineVisitType(
  ctx: ClinicContext,
  { needs, ...columns }: DefineVisitType,
): Promise<DefinedVisitType> {
  requireRight(ctx.actor, 'manage visit types')
  const names = sql.join(
    Object.keys(columns).map((name) => sql.identifier(snakeCase(name))),
    sql`, `,
  )
  const inserted = sql`
    insert into visit_types (${names})
    select ${names} from jsonb_populate_record(null::visit_types, ${JSON.stringify(snakeKeys(columns))}::jsonb)
    on conflict do nothing
    returning id`
  const needed = sql`
    select set_needs(id, ${JSON.stringify(needs.map(snakeKeys))}::jsonb)
    from visit_types
    where xmin = pg_current_xact_id()::xid`
  const [[row], [change] = []] = await sendIdempotently<[{ id: string }, Recorded]>(ctx, [
    { rows: inserted },
    needed,
    recordedNew(ctx, 'visit_type', visitTypes),
  ])
  if (!row) return { ok: false, refusal: 'invalid', faults: { name: 'already_there' } }
  const id = Number(row.id)
  ctx.tell({ kind: 'visit_type.defined', visitTypeId: id, ...deedOf(ctx) })
  const version = change?.version ?? 0
  return { ok: true, visitType: { id, ...columns, needs: needs.map(snakeKeys), version } }
}
