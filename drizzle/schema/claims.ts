import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  customType,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'

const tstzrange = customType<{ data: string }>({ dataType: () => 'tstzrange' })

export const claimParts = ['doctor', 'patient', 'colleague', 'companion', 'room', 'device'] as const

/**
 * Everything that an appointment takes: one row for each doctor, patient, room and device, all in one ID space
 * (`resource_ids`; patients have the negative of their id). A trigger on `appointments` keeps the claims of the doctor and
 * the patient in step with the row, so no path writes an appointment that claims nothing.
 *
 * Drizzle cannot express two of its constraints, so a migration adds them: `claims_never_twice` rejects overlaps
 * (`resource_id with =, during with &&`) and includes what free time is computed from, so that the table is not read; the
 * reference to the appointment is checked at the end, because a new appointment takes its claims first.
 */
export const claims = pgTable(
  'claims',
  {
    appointmentId: bigint('appointment_id', { mode: 'number' }).notNull(),
    resourceId: bigint('resource_id', { mode: 'number' }).notNull(),
    /** `doctor` and `patient` are those of the appointment's row; `colleague` and `companion` come with them. */
    part: text('part', { enum: claimParts }).notNull(),
    /** Of a doctor or colleague. */
    doctorId: bigint('doctor_id', { mode: 'number' }),
    /** The need of the visit type that it meets; null when it was named. */
    needId: bigint('need_id', { mode: 'number' }),
    beforeMinutes: smallint('before_minutes').notNull().default(0),
    afterMinutes: smallint('after_minutes').notNull().default(0),
    /** Where a doctor or colleague is at that time, for the way to the next location. */
    locationId: bigint('location_id', { mode: 'number' }),
    /** The time that is taken, `[)`, with what comes before and after; null once it is released. */
    during: tstzrange('during'),
    /** From this instant on it blocks nothing: that of a hold. */
    expiresAt: timestamp('expires_at', { withTimezone: true }),
  },
  (claim) => [
    primaryKey({ name: 'claims_pkey', columns: [claim.appointmentId, claim.resourceId] }),
    check(
      'claims_part_is_known',
      sql`${claim.part} in ('doctor', 'patient', 'colleague', 'companion', 'room', 'device')`,
    ),
    check('claims_range_is_sane', sql`not isempty(${claim.during})`),
    // The appointments of people who are not in the appointment's row.
    index('claims_of_others')
      .on(claim.resourceId, claim.appointmentId)
      .where(sql`${claim.part} in ('colleague', 'companion')`),
  ],
)
