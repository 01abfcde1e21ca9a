import { sql } from 'drizzle-orm'
import { bigint, check, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core'
import { doctors } from './doctors.ts'
import { locations } from './locations.ts'

export const timeOffKinds = ['away', 'block', 'reserve'] as const

/** A doctor is away during `[starts_at, ends_at)` on their location's wall clock. Existing appointments stay. */
export const timeOff = pgTable(
  'time_off',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    doctorId: bigint('doctor_id', { mode: 'number' })
      .notNull()
      .references(() => doctors.id),
    /** Where the doctor is away; null means everywhere. */
    locationId: bigint('location_id', { mode: 'number' }).references(() => locations.id),
    startsAt: timestamp('starts_at', { mode: 'string' }).notNull(),
    endsAt: timestamp('ends_at', { mode: 'string' }).notNull(),
    /** A block is time that they are busy in the clinic. In a reserve the front desk may still book, without a reason. */
    kind: text('kind', { enum: timeOffKinds }).notNull().default('away'),
    /** Of a block or a reserve: its name. */
    reason: text('reason'),
  },
  (off) => [
    // The end first, because queries look from today on.
    unique('time_off_once').on(off.doctorId, off.endsAt, off.startsAt),
    check('time_off_kind_is_known', sql`${off.kind} in ('away', 'block', 'reserve')`),
    check('time_off_end_after_start', sql`${off.endsAt} > ${off.startsAt}`),
  ],
)
