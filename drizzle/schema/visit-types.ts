import { sql } from 'drizzle-orm'
import { bigint, boolean, check, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { isLegible } from './legible.ts'

export const visitModes = ['in_person', 'phone', 'video'] as const

/** Kinds of appointment. Notice, horizon and daily cap bind online bookings only; buffers always apply. */
export const visitTypes = pgTable(
  'visit_types',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    name: text('name').notNull().unique('visit_types_name_once'),
    mode: text('mode', { enum: visitModes }).notNull().default('in_person'),
    minutes: smallint('minutes').notNull(),
    /** Time the doctor needs around the visit; it may lie outside the hours, but never in another appointment. */
    bufferBeforeMinutes: smallint('buffer_before_minutes').notNull().default(0),
    bufferAfterMinutes: smallint('buffer_after_minutes').notNull().default(0),
    /** How long in advance it must be booked. */
    noticeMinutes: integer('notice_minutes').notNull().default(0),
    /** How many days after today it may start, on the location's clock. */
    horizonDays: smallint('horizon_days').notNull().default(180),
    /** How long before the start a patient may still cancel or move it; the front desk always may. */
    cancellationNoticeMinutes: integer('cancellation_notice_minutes').notNull().default(0),
    /** The most one doctor takes on one day; null means no limit. */
    dailyCap: smallint('daily_cap'),
    /** If false, only the front desk books it. */
    bookableOnline: boolean('bookable_online').notNull().default(true),
    /** False once it is withdrawn: nobody books it any more. */
    isActive: boolean('is_active').notNull().default(true),
    /** Lists begin with the lowest; then come names. */
    sortOrder: smallint('sort_order').notNull().default(0),
    /** If true, what patients book waits for the clinic, which has this many hours to confirm or decline it. */
    requiresApproval: boolean('requires_approval').notNull().default(false),
    approvalHours: smallint('approval_hours').notNull().default(48),
    /** Of a group: how many participants a session has room for. Null for an appointment of one patient. */
    capacity: smallint('capacity'),
    /** How many days before it patients are reminded. */
    reminderDays: smallint('reminder_days').array().notNull().default(sql`'{3,1}'`),
    /** If true, no message is sent about it. */
    isSilent: boolean('is_silent').notNull().default(false),
    /** What patients should bring, and how they should prepare; messages say it. */
    bring: text('bring'),
    preparation: text('preparation'),
  },
  (visit) => [
    check('visit_types_name_is_written', sql`${visit.name} ~ '\\S'`),
    check('visit_types_name_is_legible', isLegible(visit.name)),
    check('visit_types_mode_is_known', sql`${visit.mode} in ('in_person', 'phone', 'video')`),
    check('visit_types_length_is_sane', sql`${visit.minutes} between 5 and 480`),
    check(
      'visit_types_buffers_are_sane',
      sql`${visit.bufferBeforeMinutes} between 0 and 120 and ${visit.bufferAfterMinutes} between 0 and 120`,
    ),
    check('visit_types_order_is_sane', sql`${visit.sortOrder} between 0 and 1000`),
    check('visit_types_notice_is_sane', sql`${visit.noticeMinutes} between 0 and 525600`),
    check(
      'visit_types_cancellation_notice_is_sane',
      sql`${visit.cancellationNoticeMinutes} between 0 and 525600`,
    ),
    check('visit_types_horizon_is_sane', sql`${visit.horizonDays} between 1 and 3650`),
    check('visit_types_approval_is_sane', sql`${visit.approvalHours} between 1 and 720`),
    check('visit_types_capacity_is_sane', sql`${visit.capacity} between 1 and 500`),
    check(
      'visit_types_reminders_are_sane',
      sql`cardinality(${visit.reminderDays}) <= 3 and 1 <= all (${visit.reminderDays}) and 14 >= all (${visit.reminderDays})`,
    ),
    check('visit_types_bring_is_sane', sql`${visit.bring} ~ '\\S' and length(${visit.bring}) <= 500`),
    check(
      'visit_types_preparation_is_sane',
      sql`${visit.preparation} ~ '\\S' and length(${visit.preparation}) <= 1000`,
    ),
    check('visit_types_cap_is_sane', sql`${visit.dailyCap} between 1 and 1000`),
  ],
)
