import { sql } from 'drizzle-orm'
import { bigint, check, integer, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core'
import { doctors } from './doctors.ts'

/**
 * Counts failed requests about appointments: one row per code, door, doctor and five minutes with a failure. It never says
 * whose they were.
 */
export const appointmentFailures = pgTable(
  'appointment_failures',
  {
    /** The start of the five minutes. */
    countedAt: timestamp('counted_at', { withTimezone: true }).notNull(),
    /** A name from `doors` in src/http/doors.ts; a new door needs no migration. */
    door: text('door').notNull(),
    /** A refusal's code, or the door's code for a bug of ours. */
    code: text('code').notNull(),
    /** Null if the request named no doctor, or an unknown one. */
    doctorId: bigint('doctor_id', { mode: 'number' }).references(() => doctors.id),
    failures: integer('failures').notNull(),
  },
  (failure) => [
    unique('appointment_failures_counted_once')
      .on(failure.countedAt, failure.door, failure.code, failure.doctorId)
      .nullsNotDistinct(),
    check('appointment_failures_door_is_one', sql`${failure.door} ~ '^[a-z_]{1,40}$'`),
    check('appointment_failures_code_is_one', sql`${failure.code} ~ '^[a-z_]{1,40}$'`),
    check('appointment_failures_are_some', sql`${failure.failures} > 0`),
  ],
)
