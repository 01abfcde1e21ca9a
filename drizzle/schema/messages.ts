import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, smallint, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'
import { locations } from './locations.ts'
import { patients } from './patients.ts'

export const messageStates = ['due', 'sending', 'sent', 'failed', 'skipped'] as const

/** One message to one recipient, about one or more appointments (`message_appointments`). */
export const messages = pgTable(
  'messages',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind').notNull(),
    /** What it is sent for, such as `booked:12:1` (the first event of appointment 12) or `reminder:3:2026-12-03`. */
    cause: text('cause').notNull(),
    /** `account:12`, `patient:5` for someone without an account, or `location:3`. */
    recipient: text('recipient').notNull(),
    accountId: bigint('account_id', { mode: 'number' }).references(() => accounts.id, {
      onDelete: 'set null',
    }),
    /** Whose appointments a patient's message is about. */
    patientId: bigint('patient_id', { mode: 'number' }).references(() => patients.id),
    locationId: bigint('location_id', { mode: 'number' }).references(() => locations.id),
    /** Of a reminder. */
    daysBefore: smallint('days_before'),
    state: text('state', { enum: messageStates }).notNull().default('due'),
    /** Why it was skipped, failed or put off. */
    reason: text('reason'),
    /** When it should go out. */
    dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
    /** When it is tried next. While it is `sending`: when the attempt counts as lost. */
    tryAt: timestamp('try_at', { withTimezone: true }).notNull(),
    attempts: smallint('attempts').notNull().default(0),
    /** From the last attempt on: how, where and in which language. */
    channel: text('channel'),
    address: text('address'),
    language: text('language'),
    /** Tells the provider that a second attempt is the same message. */
    key: uuid('key').notNull().defaultRandom(),
    provider: text('provider'),
    /** The provider's own id of the message. */
    providerId: text('provider_id'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    /** When the provider accepted it. */
    sentAt: timestamp('sent_at', { withTimezone: true }),
    /** When it reached the recipient, if the provider says so. */
    deliveredAt: timestamp('delivered_at', { withTimezone: true }),
  },
  (message) => [
    unique('messages_once').on(message.cause, message.recipient),
    index('messages_to_try').on(message.tryAt).where(sql`${message.state} in ('due', 'sending')`),
    index('messages_overdue').on(message.dueAt).where(sql`${message.state} in ('due', 'sending')`),
    index('messages_by_time').on(message.dueAt, message.id),
    index('messages_by_state').on(message.state, message.dueAt, message.id),
    index('messages_sent').on(message.channel, message.sentAt).where(sql`${message.sentAt} is not null`),
    index('messages_by_account').on(message.accountId),
    index('messages_by_patient').on(message.patientId),
    index('messages_by_provider').on(message.providerId).where(sql`${message.providerId} is not null`),
    check(
      'messages_state_is_known',
      sql`${message.state} in ('due', 'sending', 'sent', 'failed', 'skipped')`,
    ),
    check('messages_channel_is_known', sql`${message.channel} in ('email', 'whatsapp', 'sms')`),
    check('messages_sent_say_when', sql`${message.state} <> 'sent' or ${message.sentAt} is not null`),
    check(
      'messages_say_why_not',
      sql`${message.state} not in ('failed', 'skipped') or ${message.reason} is not null`,
    ),
  ],
)
