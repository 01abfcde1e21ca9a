import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  customType,
  type ExtraConfigColumn,
  index,
  integer,
  pgTable,
  smallint,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { doctors } from './doctors.ts'
import { locations } from './locations.ts'
import { patients } from './patients.ts'
import { series } from './series.ts'
import { visitTypes } from './visit-types.ts'

const bytea = customType<{ data: string }>({ dataType: () => 'bytea' })
const tstzrange = customType<{ data: string }>({ dataType: () => 'tstzrange' })

/** The values of FHIR R4's Appointment.status that we use. */
export const appointmentStatuses = [
  'pending',
  'booked',
  'arrived',
  'fulfilled',
  'cancelled',
  'noshow',
] as const

const is = ({ status }: { status: AnyPgColumn }, value: 'arrived' | 'pending') =>
  sql`${status} = ${sql.raw(`'${value}'`)}`

type Columns = Record<
  | 'awaitsApproval'
  | 'capacity'
  | 'doctorId'
  | 'doctorOccupied'
  | 'holdExpiresAt'
  | 'id'
  | 'overrideReason'
  | 'patientId'
  | 'place'
  | 'reasonForVisit'
  | 'seriesId'
  | 'sessionId'
  | 'startAt'
  | 'status'
  | 'strangerAddressHash'
  | 'strangerId'
  | 'strangerWiderHash'
  | 'visitTypeId',
  ExtraConfigColumn
>

const indexesOf = (appointment: Columns) => [
  // Everything the number of appointments in a day is counted from, so that the table itself is not read.
  index('appointments_by_doctor').on(
    appointment.doctorId,
    appointment.startAt,
    appointment.doctorOccupied,
    appointment.holdExpiresAt,
    appointment.visitTypeId,
  ),
  index('appointments_by_patient').on(appointment.patientId, appointment.startAt),
  // The last place of a session goes to exactly one participant.
  uniqueIndex('appointments_place_once')
    .on(appointment.sessionId, appointment.place)
    .where(
      sql`${appointment.sessionId} is not null and ${appointment.status} not in ('cancelled', 'noshow')`,
    ),
  index('appointments_by_session').on(appointment.sessionId).where(sql`${appointment.sessionId} is not null`),
  index('appointments_sessions')
    .on(appointment.startAt, appointment.id)
    .where(sql`${appointment.capacity} is not null`),
  index('appointments_by_series')
    .on(appointment.seriesId, appointment.startAt)
    .where(sql`${appointment.seriesId} is not null`),
  // Whom a doctor has seen.
  index('appointments_by_doctor_and_patient')
    .on(appointment.doctorId, appointment.patientId)
    .where(sql`${appointment.holdExpiresAt} is null`),
  index('appointments_by_start').on(appointment.startAt, appointment.id),
  // Patients who are here now: few at any time.
  index('appointments_arrived').on(appointment.startAt, appointment.id).where(is(appointment, 'arrived')),
  index('appointments_by_expiry').on(appointment.holdExpiresAt).where(is(appointment, 'pending')),
  // Requests that the clinic has not decided yet.
  index('appointments_awaiting')
    .on(appointment.holdExpiresAt)
    .where(sql`${is(appointment, 'pending')} and ${appointment.awaitsApproval}`),
  // Released holds, which the nightly job deletes.
  index('appointments_let_go')
    .on(appointment.holdExpiresAt)
    .where(sql`${appointment.status} = 'cancelled' and ${appointment.holdExpiresAt} is not null`),
  // What people wrote, which the nightly job may empty.
  index('appointments_with_reasons')
    .on(appointment.startAt)
    .where(sql`${appointment.reasonForVisit} is not null or ${appointment.overrideReason} is not null`),
  index('appointments_by_stranger')
    .on(appointment.strangerId)
    .where(sql`${appointment.strangerId} is not null`),
  index('appointments_by_stranger_address')
    .on(appointment.strangerAddressHash, appointment.holdExpiresAt)
    .where(sql`${appointment.status} = 'pending' and ${appointment.strangerAddressHash} is not null`),
  index('appointments_by_wider_network')
    .on(appointment.strangerWiderHash, appointment.holdExpiresAt)
    .where(sql`${appointment.status} = 'pending' and ${appointment.strangerWiderHash} is not null`),
]

/** What an appointment takes is in `claims`, whose exclusion constraint rejects overlaps. */
export const appointments = pgTable(
  'appointments',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    doctorId: bigint('doctor_id', { mode: 'number' })
      .notNull()
      .references(() => doctors.id),
    /** Where it takes place: without one, a trigger fills in its doctor's first. Never null, but checked in steps. */
    locationId: bigint('location_id', { mode: 'number' }).references(() => locations.id),
    /** Null for a hold made before signing in, and for a session, whose participants have appointments of their own. */
    patientId: bigint('patient_id', { mode: 'number' }).references(() => patients.id),
    status: text('status', { enum: appointmentStatuses }).notNull().default('booked'),
    startAt: timestamp('start_at', { withTimezone: true }).notNull(),
    endAt: timestamp('end_at', { withTimezone: true }).notNull(),
    visitTypeId: bigint('visit_type_id', { mode: 'number' }).references(() => visitTypes.id),
    /** Copied from the visit type when the appointment is booked. */
    bufferBeforeMinutes: smallint('buffer_before_minutes').notNull().default(0),
    bufferAfterMinutes: smallint('buffer_after_minutes').notNull().default(0),
    /** From this instant on a hold (`pending`) blocks nothing. A released hold (`cancelled`) keeps it. */
    holdExpiresAt: timestamp('hold_expires_at', { withTimezone: true }),
    /** Of a hold without a patient: the browser that made it, from its cookie. */
    strangerId: text('stranger_id'),
    /** Of a hold made in a browser: a keyed hash of its network address. */
    strangerAddressHash: text('stranger_address_hash'),
    /** The same for the wider IPv6 network around it. */
    strangerWiderHash: text('stranger_wider_hash'),
    /** The number and hash of its last event: the end of its chain in `events`. */
    eventCount: integer('event_count').notNull().default(0),
    lastEventHash: bytea('last_event_hash'),
    /** Why the front desk booked it outside the doctor's hours. */
    overrideReason: text('override_reason'),
    reasonForVisit: text('reason_for_visit'),
    /** When the patient came, and when the doctor began: the appointment is then "with the doctor". */
    arrivedAt: timestamp('arrived_at', { withTimezone: true }),
    startedAt: timestamp('started_at', { withTimezone: true }),
    /** From the doctor or the front desk, for the clinic's own people; patients never see it. */
    note: text('note'),
    /** Of a hold that waits for the clinic's approval: `hold_expires_at` is the deadline. */
    awaitsApproval: boolean('awaits_approval').notNull().default(false),
    /** Of a session: how many participants it has room for. It claims the doctor and the room for all of them. */
    capacity: smallint('capacity'),
    /** Of a participant: the session, and their place in it, from 1 to its capacity. */
    sessionId: bigint('session_id', { mode: 'number' }).references((): AnyPgColumn => appointments.id),
    place: smallint('place'),
    seriesId: bigint('series_id', { mode: 'number' }).references(() => series.id),
    /** To be dropped after the next release, like `doctor_occupied`: claims took their place. `[start_at, end_at)` while the status occupies time, else null. */
    patientOccupied: tstzrange('patient_occupied').generatedAlwaysAs(
      sql`case when status in ('pending', 'booked', 'arrived', 'fulfilled') then tstzrange(start_at, end_at, '[)') end`,
    ),
    /** The same with buffers. */
    doctorOccupied: tstzrange('doctor_occupied').generatedAlwaysAs(
      // Through UTC, because PostgreSQL considers timestamptz ± interval dependent on the session's zone.
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
    check('appointments_are_somewhere', sql`${appointment.locationId} is not null`),
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
      sql`${appointment.patientId} is not null or ${appointment.holdExpiresAt} is not null or ${appointment.capacity} is not null`,
    ),
    check('appointments_capacity_is_sane', sql`${appointment.capacity} between 1 and 500`),
    check(
      'appointments_participants_have_a_place',
      sql`(${appointment.sessionId} is null) = (${appointment.place} is null) and ${appointment.place} >= 1
        and (${appointment.capacity} is null or ${appointment.sessionId} is null)`,
    ),
    check(
      'appointments_reason_for_visit_is_sane',
      sql`${appointment.reasonForVisit} ~ '\\S' and length(${appointment.reasonForVisit}) <= 500`,
    ),
    check(
      'appointments_start_after_arrival',
      sql`${appointment.startedAt} is null or ${appointment.arrivedAt} is not null`,
    ),
    check(
      'appointments_note_is_sane',
      sql`${appointment.note} ~ '\\S' and length(${appointment.note}) <= 500`,
    ),
    ...indexesOf(appointment),
  ],
)
