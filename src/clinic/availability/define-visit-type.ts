import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { visitModes, visitTypes } from '../../../drizzle/schema/visit-types.ts'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, fault, paragraph, personName, wholeNumber } from '../shapes.ts'
import { type SnakeKeys, snakeCase, snakeKeys } from '../snake-case.ts'
import { idsOf, lockOutBookings, type StrandedRow, strandedIn } from '../stranded.ts'
import type { DetailedVisitType } from './find-visit-types.ts'
import { listOfNeeds, needInput } from './needs.ts'

/** Left-out fields have no effect: no buffer, no notice, no cap, no group. */
export const defineVisitTypeInput = closed({
  name: personName,
  mode: z.enum(visitModes, { error: fault('not_a_choice') }).default('in_person'),
  minutes: wholeNumber(5, 480),
  bufferBeforeMinutes: wholeNumber(0, 120).default(0),
  bufferAfterMinutes: wholeNumber(0, 120).default(0),
  noticeMinutes: wholeNumber(0, 525_600).default(0),
  cancellationNoticeMinutes: wholeNumber(0, 525_600).default(0),
  horizonDays: wholeNumber(1, 3650).default(180),
  dailyCap: wholeNumber(1, 1000).nullable().default(null),
  bookableOnline: z.boolean({ error: fault('not_a_choice') }).default(true),
  /** Whether what patients book waits for the clinic, and for how long at most. */
  requiresApproval: z.boolean({ error: fault('not_a_choice') }).default(false),
  approvalHours: wholeNumber(1, 720).default(48),
  /** Who and what it takes besides the doctor. */
  needs: listOfNeeds(needInput),
  /** False once it is withdrawn. */
  isActive: z.boolean({ error: fault('not_a_choice') }).default(true),
  /** Of a group: how many patients a session has room for. */
  capacity: wholeNumber(1, 500).nullable().default(null),
  /** How many days before it patients are reminded. */
  reminderDays: z
    .array(wholeNumber(1, 14), { error: fault('not_a_list') })
    .max(3, { error: fault('too_many_items') })
    .superRefine(refuseRepeatedDays)
    .overwrite((days) => days.toSorted((a, b) => b - a))
    .default([3, 1]),
  /** Whether no message is sent about it. */
  isSilent: z.boolean({ error: fault('not_a_choice') }).default(false),
  bring: paragraph(500).nullable().default(null),
  preparation: paragraph(1000).nullable().default(null),
})

function refuseRepeatedDays(days: number[], context: z.RefinementCtx): void {
  days.forEach((day, at) => {
    if (days.indexOf(day) < at) context.addIssue({ code: 'custom', path: [at], message: 'listed_twice' })
  })
}

export type DefineVisitType = z.infer<typeof defineVisitTypeInput>

export type DefinedVisitType =
  | { ok: true; visitType: DetailedVisitType; appointmentIds: number[] }
  | { ok: false; refusal: 'invalid'; faults: { name: 'already_there' } }

/**
 * Defines a new visit type or replaces one, in one trip. Appointments keep the length and buffers they were booked with.
 * Names are unique (`already_there`). The answer lists the appointments ahead of a visit type that is withdrawn.
 *
 * @param visitTypeId of the one to replace; undefined for a new one.
 * @throws NotFound for an unknown visit type, NotSignedIn, Forbidden.
 */
export async function defineVisitType(
  ctx: ClinicContext,
  visitTypeId: number | undefined,
  input: DefineVisitType,
): Promise<DefinedVisitType> {
  requireRight(ctx.actor, 'manage visit types')
  const named = sql`jsonb_populate_record(null::${visitTypes}, ${JSON.stringify(snakeKeys(input))}::jsonb)`
  const inserted = sql`
    insert into ${visitTypes} (${columns})
    select ${columns} from ${named}
    on conflict do nothing
    returning *, true as is_new`
  const withNeeds = (written: SQL) => ({
    doing: sql`
      written as (${written}),
      needed as (
        select id, set_needs(id, ${JSON.stringify(input.needs.map(snakeKeys))}::jsonb) as needs_changed
        from written
      )`,
    rows: sql`
      select written.*, is_new or needs_changed as is_changed
      from written
      join needed using (id)`,
  })
  // PostgreSQL 17 cannot return the old row, so the table is joined with itself.
  const updated = sql`
    update ${visitTypes} set (${columns}) = (select ${columns} from ${named})
    from visit_types former
    where visit_types.id = ${visitTypeId}::bigint and former.id = visit_types.id and not exists (
      select from visit_types other where other.name = ${input.name} and other.id <> ${visitTypeId}::bigint
    )
    returning visit_types.*, visit_types is distinct from former as is_new`
  const withdrawn = strandedIn(sql`
    appointments_of_visit_type(${visitTypeId}::bigint, ${ctx.now.toISOString()}::timestamptz)`)
  const known = sql`select id from ${visitTypes} where id = ${visitTypeId}::bigint`
  const [[row], found, stranded] = await sendIdempotently<[VisitTypeRow, { id: string }, StrandedRow]>(
    ctx,
    visitTypeId === undefined
      ? [withNeeds(inserted)]
      : // Two renames at the same moment take turns.
        [
          ...(input.isActive ? [] : [lockOutBookings]),
          sql`lock table ${visitTypes} in share row exclusive mode`,
          withNeeds(updated),
          { rows: known },
          ...(input.isActive ? [] : [withdrawn]),
        ],
  )
  if (found?.length === 0) throw new NotFound('visit type')
  if (!row) return { ok: false, refusal: 'invalid', faults: { name: 'already_there' } }
  const visitType = toVisitType(row, input.needs.map(snakeKeys))
  const kind = visitTypeId === undefined ? 'visit_type.defined' : 'visit_type.changed'
  if (row.is_changed) ctx.tell({ kind, visitTypeId: visitType.id, ...deedOf(ctx) })
  return { ok: true, visitType, appointmentIds: idsOf(stranded) }
}

type VisitTypeRow = SnakeKeys<Omit<DefineVisitType, 'needs'>> & { id: string; is_changed: boolean }

const columns = sql.join(
  Object.keys(defineVisitTypeInput.omit({ needs: true }).shape).map((name) =>
    sql.identifier(snakeCase(name)),
  ),
  sql`, `,
)

function toVisitType(row: VisitTypeRow, needs: DetailedVisitType['needs']): DetailedVisitType {
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
    requiresApproval: row.requires_approval,
    approvalHours: row.approval_hours,
    needs,
    isActive: row.is_active,
    capacity: row.capacity,
    reminderDays: row.reminder_days,
    isSilent: row.is_silent,
    bring: row.bring,
    preparation: row.preparation,
  }
}
