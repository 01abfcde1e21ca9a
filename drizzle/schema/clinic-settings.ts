import { sql } from 'drizzle-orm'
import { boolean, check, integer, pgTable, smallint } from 'drizzle-orm/pg-core'

/** What the clinic decides for itself. One row, made by a migration. */
export const clinicSettings = pgTable(
  'clinic_settings',
  {
    id: boolean('id').primaryKey().default(true),
    /** Counts the changes. */
    version: integer('version').notNull().default(0),
    /** How many open online appointments an account may have, all its patients together. */
    mostOpenAppointments: smallint('most_open_appointments').notNull().default(4),
    /** The same, once the account has attended an appointment. */
    mostOpenAppointmentsAfterVisit: smallint('most_open_appointments_after_visit').notNull().default(8),
    /** The same, within an hour of the account's first sign-in. */
    mostOpenAppointmentsInFirstHour: smallint('most_open_appointments_in_first_hour').notNull().default(2),
    mostDependants: smallint('most_dependants').notNull().default(8),
    mostDependantsInFirstHour: smallint('most_dependants_in_first_hour').notNull().default(3),
    /** How many slots an account may hold at a time. */
    mostHolds: smallint('most_holds').notNull().default(2),
    mostHoldsInFirstHour: smallint('most_holds_in_first_hour').notNull().default(1),
    /** Whether the clinic's own people need a passkey to sign in. */
    staffNeedPasskeys: boolean('staff_need_passkeys').notNull().default(false),
  },
  (settings) => [
    check('clinic_settings_are_one_row', sql`${settings.id}`),
    check(
      'clinic_settings_caps_are_sane',
      sql`least(${settings.mostOpenAppointments}, ${settings.mostOpenAppointmentsAfterVisit},
        ${settings.mostOpenAppointmentsInFirstHour}, ${settings.mostHolds}, ${settings.mostHoldsInFirstHour}) >= 1
        and least(${settings.mostDependants}, ${settings.mostDependantsInFirstHour}) >= 0
        and greatest(${settings.mostOpenAppointments}, ${settings.mostOpenAppointmentsAfterVisit},
        ${settings.mostOpenAppointmentsInFirstHour}, ${settings.mostHolds}, ${settings.mostHoldsInFirstHour},
        ${settings.mostDependants}, ${settings.mostDependantsInFirstHour}) <= 100`,
    ),
  ],
)
