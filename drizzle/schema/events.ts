import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core'
import { appointments } from './appointments.ts'

const bytea = customType<{ data: string }>({ dataType: () => 'bytea' })

export const eventKinds = [
  'appointment.held',
  'appointment.extended',
  'appointment.released',
  'appointment.booked',
  'appointment.walked_in',
  'appointment.rescheduled',
  'appointment.cancelled',
  'appointment.arrived',
  'appointment.fulfilled',
  'appointment.missed',
  'appointment.reopened',
  'appointment.reassigned',
  'appointment.resized',
  'appointment.requested',
  'appointment.confirmed',
  'appointment.declined',
  'appointment.lapsed',
  'appointment.people_changed',
  'appointment.visit_type_changed',
  'appointment.started',
  'appointment.start_undone',
  'appointment.noted',
  'appointment.time_zone_corrected',
] as const

/**
 * Who did what to which appointment, when and why. Append-only. Each row carries the hash of the previous one of the same
 * appointment, and the appointment carries the hash of the last.
 */
export const events = pgTable(
  'events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    appointmentId: bigint('appointment_id', { mode: 'number' })
      .notNull()
      .references(() => appointments.id),
    /** Counts from 1 per appointment, without gaps. */
    number: integer('number').notNull(),
    kind: text('kind', { enum: eventKinds }).notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    actorKind: text('actor_kind').notNull(),
    accountId: bigint('account_id', { mode: 'number' }),
    apiKeyId: bigint('api_key_id', { mode: 'number' }),
    requestId: text('request_id'),
    /** Empty once it was erased or is no longer kept. */
    reason: text('reason'),
    /** The appointment before and after; `before` is null for its first event. */
    before: jsonb('before'),
    after: jsonb('after').notNull(),
    previousHash: bytea('previous_hash'),
    hash: bytea('hash').notNull(),
    /** Random, and erased with the reason: the commitment then says nothing about it. */
    reasonSalt: bytea('reason_salt'),
    /** What the hash covers in place of the reason; null for events from before there were commitments. */
    reasonHash: bytea('reason_hash'),
  },
  (event) => [
    index('events_by_time').on(event.at),
    // Reasons, which the nightly job may empty.
    index('events_with_reasons').on(event.at).where(sql`${event.reason} is not null`),
    unique('events_numbered_once').on(event.appointmentId, event.number),
    check(
      'events_kind_is_known',
      sql`${event.kind} in ('appointment.held', 'appointment.extended', 'appointment.released', 'appointment.booked', 'appointment.walked_in', 'appointment.rescheduled', 'appointment.cancelled', 'appointment.arrived', 'appointment.fulfilled', 'appointment.missed', 'appointment.reopened', 'appointment.reassigned', 'appointment.resized', 'appointment.requested', 'appointment.confirmed', 'appointment.declined', 'appointment.lapsed', 'appointment.people_changed', 'appointment.visit_type_changed', 'appointment.started', 'appointment.start_undone', 'appointment.noted', 'appointment.time_zone_corrected')`,
    ),
    check('events_first_has_none_before', sql`(${event.number} = 1) = (${event.previousHash} is null)`),
  ],
)
