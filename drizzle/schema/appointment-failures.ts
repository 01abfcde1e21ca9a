import { sql } from 'drizzle-orm'
import { bigint, check, integer, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core'
import { doctors } from './doctors.ts'

/**
 * How often something wanted of an appointment came to nothing: a row for each code, door and doctor in five minutes in which
 * there was one. It says how many and never whose.
 */
export const appointmentFailures = pgTable(
  'appointment_failures',
  {
    /** Where the five minutes begin. */
    countedAt: timestamp('counted_at', { withTimezone: true }).notNull(),
    door: text('door', { enum: ['api', 'web'] }).notNull(),
    /** A refusal's, or what the door says of a failure of ours. */
    code: text('code').notNull(),
    /** Null where none was named, or one that there is not. */
    doctorId: bigint('doctor_id', { mode: 'number' }).references(() => doctors.id),
    failures: integer('failures').notNull(),
  },
  (failure) => [
    unique('appointment_failures_counted_once')
      .on(failure.countedAt, failure.door, failure.code, failure.doctorId)
      .nullsNotDistinct(),
    check('appointment_failures_door_is_known', sql`${failure.door} in ('api', 'web')`),
    check('appointment_failures_code_is_one', sql`${failure.code} ~ '^[a-z_]{1,40}$'`),
    check('appointment_failures_are_some', sql`${failure.failures} > 0`),
  ],
)
