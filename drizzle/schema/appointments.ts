import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  customType,
  index,
  integer,
  pgTable,
  smallint,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import { doctors } from './doctors.ts'
import { patients } from './patients.ts'
import { visitTypes } from './visit-types.ts'

const bytea = customType<{ data: string }>({ dataType: () => 'bytea' })
const tstzrange = customType<{ data: string }>({ dataType: () => 'tstzrange' })

/** The words of FHIR R4's Appointment.status that a clinic's own appointments go through. */
export const appointmentStatuses = [
  'pending',
  'booked',
  'arrived',
  'fulfilled',
  'cancelled',
  'noshow',
] as const

/**
 * The agreed meetings. Two exclusion constraints, which Drizzle cannot express, stand in
 * `migrations/0002_no_overlaps.sql` and `0005_availability.sql`: neither a doctor nor a patient is ever occupied
 * twice at one time.
 */
export const appointments = pgTable(
  'appointments',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    doctorId: bigint('doctor_id', { mode: 'number' })
      .notNull()
      .references(() => doctors.id),
    /** May be absent while this is a hold, made by somebody who had not signed in yet. */
    patientId: bigint('patient_id', { mode: 'number' }).references(() => patients.id),
    status: text('status', { enum: appointmentStatuses }).notNull().default('booked'),
    startAt: timestamp('start_at', { withTimezone: true }).notNull(),
    endAt: timestamp('end_at', { withTimezone: true }).notNull(),
    visitTypeId: bigint('visit_type_id', { mode: 'number' }).references(() => visitTypes.id),
    /** What the doctor needs around this appointment: the visit type's, as it was when this was booked. */
    bufferBeforeMinutes: smallint('buffer_before_minutes').notNull().default(0),
    bufferAfterMinutes: smallint('buffer_after_minutes').notNull().default(0),
    /** Of a hold (`pending`): from this instant on it occupies nothing. One that was let go (`cancelled`) keeps it. */
    holdExpiresAt: timestamp('hold_expires_at', { withTimezone: true }),
    /** Of a hold for no patient yet: who made it, by what their cookie says. */
    strangerId: text('stranger_id'),
    /** Of a hold made in a browser: a keyed hash of the network address that it came from. */
    strangerAddressHash: text('stranger_address_hash'),
    /** How many events it has had, and the hash of the last: the end of its chain in `events`. */
    eventCount: integer('event_count').notNull().default(0),
    lastEventHash: bytea('last_event_hash'),
    /** Why the front desk booked it outside the doctor's hours. */
    overrideReason: text('override_reason'),
    /** What the patient says the visit is about. */
    reasonForVisit: text('reason_for_visit'),
    /** `[start_at, end_at)` while the status occupies time, else null: what the patient's constraint compares. */
    patientOccupied: tstzrange('patient_occupied').generatedAlwaysAs(
      sql`case when status in ('pending', 'booked', 'arrived', 'fulfilled') then tstzrange(start_at, end_at, '[)') end`,
    ),
    /** The same with the buffers around it: what the doctor's constraint compares. */
    doctorOccupied: tstzrange('doctor_occupied').generatedAlwaysAs(
      // By way of UTC, because PostgreSQL takes timestamptz ± interval to depend on the session's zone.
      sql`case when status in ('pending', 'booked', 'arrived', 'fulfilled') then tstzrange(
        ((start_at at time zone 'UTC') - buffer_before_minutes * interval '1 minute') at time zone 'UTC',
        ((end_at at time zone 'UTC') + buffer_after_minutes * interval '1 minute') at time zone 'UTC',
        '[)'
      ) end`,
    ),
  },
  (appointment) => [
    check(
      'appointments_status_is_fhir',
      sql`${appointment.status} in ('pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow')`,
    ),
    check('appointments_end_after_start', sql`${appointment.endAt} > ${appointment.startAt}`),
    check(
      'appointments_length_is_sane',
      sql`${appointment.endAt} - ${appointment.startAt} between interval '5 minutes' and interval '8 hours'`,
    ),
    check(
      'appointments_buffers_are_sane',
      sql`${appointment.bufferBeforeMinutes} between 0 and 120 and ${appointment.bufferAfterMinutes} between 0 and 120`,
    ),
    check(
      'appointments_holds_expire',
      sql`(${appointment.holdExpiresAt} is not null) = (${appointment.status} = 'pending')
        or ${appointment.status} = 'cancelled'`,
    ),
    check(
      'appointments_only_holds_lack_a_patient',
      sql`${appointment.patientId} is not null or ${appointment.holdExpiresAt} is not null`,
    ),
    check(
      'appointments_reason_for_visit_is_sane',
      sql`${appointment.reasonForVisit} ~ '\\S' and length(${appointment.reasonForVisit}) <= 500`,
    ),
    // All that free time is made of, so that the table itself need not be read.
    index('appointments_by_doctor').on(
      appointment.doctorId,
      appointment.startAt,
      appointment.doctorOccupied,
      appointment.holdExpiresAt,
      appointment.visitTypeId,
    ),
    index('appointments_by_patient').on(appointment.patientId, appointment.startAt),
    index('appointments_by_start').on(appointment.startAt, appointment.id),
    // Who is there just now: few at any time.
    index('appointments_arrived')
      .on(appointment.startAt, appointment.id)
      .where(sql`${appointment.status} = 'arrived'`),
    index('appointments_by_expiry')
      .on(appointment.holdExpiresAt)
      .where(sql`${appointment.status} = 'pending'`),
    // Holds that nobody booked, to be forgotten after a while.
    index('appointments_let_go')
      .on(appointment.holdExpiresAt)
      .where(sql`${appointment.status} = 'cancelled' and ${appointment.holdExpiresAt} is not null`),
    index('appointments_by_stranger')
      .on(appointment.strangerId)
      .where(sql`${appointment.strangerId} is not null`),
    index('appointments_by_stranger_address')
      .on(appointment.strangerAddressHash, appointment.holdExpiresAt)
      .where(sql`${appointment.status} = 'pending' and ${appointment.strangerAddressHash} is not null`),
  ],
)
